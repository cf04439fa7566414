"""
The drawing of a flow as SVG: questions in layers from top to bottom, ways with what opens them, danger marked.

Pure, without a library and without Graphviz. A flow that is not sound is drawn all the same: a way back is red, what
does not exist and what is never asked are dashed. Every word is escaped; there is no script, style element or link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from textwrap import wrap

from naast.flows import telling
from naast.flows.parts import PLAN, Flow

BOX, DANGER_BOX, SPACE = 310, 210, 44
MARGIN, LANE, TRACK = 28, 20, 24
TITLE_CHARS, TEXT_CHARS, DANGER_CHARS = 30, 41, 28
INK, SOFT, LINE, PAPER = "#14292e", "#47605f", "#0a5560", "#ffffff"
FILL, PLAN_FILL, RED, RED_FILL = "#eef5f4", "#fdf0cc", "#a3201d", "#fdeceb"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(slots=True)
class _Node:
    """A box: its lines, its danger boxes, and where it stands."""

    id: str
    title: list[str]
    text: list[str]
    dangers: list[tuple[list[str], list[str]]]
    kind: str = "question"
    layer: int = 0
    x: float = 0  # left of the box itself; danger boxes stand left of it
    y: float = 0
    arrivals: int = 0

    @property
    def inner(self) -> int:
        return 20 + 18 * len(self.title) + (4 + 15 * len(self.text) if self.text else 0)

    @property
    def danger_height(self) -> int:
        return sum(_danger_height(box) + 8 for box in self.dangers)

    @property
    def height(self) -> int:
        return max(self.inner, self.danger_height)

    @property
    def width(self) -> int:
        return BOX + (DANGER_BOX + SPACE if self.dangers else 0)

    @property
    def middle(self) -> float:
        return self.x + BOX / 2


@dataclass(slots=True)
class _Edge:
    """A way from box to box."""

    source: str
    target: str
    label: str
    back: bool = False
    exit: float = 0
    leave_track: int = -1
    arrive_track: int = -1
    lane: int = -1
    points: list[tuple[float, float]] = field(default_factory=list)


def _danger_height(box: tuple[list[str], list[str]]) -> int:
    return 14 + 15 * (len(box[0]) + len(box[1]))


def _clean(text: str) -> str:
    return escape(NOT_XML.sub("", text), quote=True)


def _cut(text: str, width: int, lines: int) -> list[str]:
    """Break a text into at most so many lines; the last one ends in "…" where something is left."""
    found = wrap(text, width, break_long_words=True) or [""]
    if len(found) > lines:
        found = [*found[: lines - 1], found[lines - 1][: width - 1].rstrip() + "…"]
    return found


def svg(flow: Flow, language: str = "nl") -> str:
    """Return the flow as one SVG document; its `desc` holds the same as text, line by line."""
    nodes, edges = _nodes(flow, language), _edges(flow, language)
    for edge in edges:
        if edge.target not in nodes:
            words = telling.word("missing", language).format(edge.target)
            nodes[edge.target] = _Node(edge.target, _cut(words, TITLE_CHARS, 3), [], [], "missing")
    _mark_back(nodes, edges)
    _layers(nodes, edges)
    rows = _rows(nodes, edges)
    width, height = _place(nodes, edges, rows)
    never = _unreached(nodes, edges)
    parts = [_edge(edge) for edge in edges]
    parts += [_box(node, never=node.id in never) for node in nodes.values()]
    about = {"nl": "Tekening van de wegwijzer", "en": "Drawing of the guide"}["nl" if language == "nl" else "en"]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" '
        'font-family="Atkinson Hyperlegible Next, Verdana, DejaVu Sans, sans-serif">'
        f"<title>{_clean(about)}: {_clean(flow.title)}</title>"
        f"<desc>{_clean(chr(10).join(telling.as_lines(flow, language)))}</desc>"
        '<defs><marker id="punt" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 1 L9 5 L0 9 z" fill="{LINE}"/></marker>'
        '<marker id="rood" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 1 L9 5 L0 9 z" fill="{RED}"/></marker></defs>'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join(parts)}</svg>\n'
    )


def _nodes(flow: Flow, language: str) -> dict[str, _Node]:
    found: dict[str, _Node] = {}
    for row in telling.told(flow, language):
        dangers = [
            (_cut(f"‘{way.when}’", DANGER_CHARS, 3), _cut(f"→ {way.to}", DANGER_CHARS, 2))
            for way in row.ways
            if way.danger
        ]
        title = _cut(f"{row.number}. {row.title or row.id}", TITLE_CHARS, 4)
        found[row.id] = _Node(row.id, title, _cut("\u00a0· ".join(row.answers), TEXT_CHARS, 4), dangers)
    found[PLAN] = _Node(PLAN, [telling.word("plan", language)], [], [], "plan")
    return found


def _edges(flow: Flow, language: str) -> list[_Edge]:
    found = []
    for question in flow.questions:
        rest = telling.word("else", language) if question.routes else ""
        found.append(_Edge(question.id, question.next, rest))
        for route in question.routes:
            found.append(_Edge(question.id, route.to, telling.condition_words(flow, route.when, language, question.id)))
    return found


def _mark_back(nodes: dict[str, _Node], edges: list[_Edge]) -> None:
    """Mark the ways that close a circle."""
    state: dict[str, int] = {}
    out: dict[str, list[_Edge]] = {}
    for edge in edges:
        out.setdefault(edge.source, []).append(edge)
    for start in nodes:
        stack: list[tuple[str, int]] = [(start, 0)] if start not in state else []
        if stack:
            state[start] = 1
        while stack:
            here, place = stack.pop()
            ways = out.get(here, [])
            if place == len(ways):
                state[here] = 2
                continue
            stack.append((here, place + 1))
            edge = ways[place]
            if state.get(edge.target) == 1:
                edge.back = True
            elif edge.target not in state:
                state[edge.target] = 1
                stack.append((edge.target, 0))


def _layers(nodes: dict[str, _Node], edges: list[_Edge]) -> None:
    """Put each box below all that lead to it (the longest way counts)."""
    for _ in nodes:
        moved = False
        for edge in edges:
            if not edge.back and nodes[edge.target].layer <= nodes[edge.source].layer:
                nodes[edge.target].layer = nodes[edge.source].layer + 1
                moved = True
        if not moved:
            break
    nodes[PLAN].layer = max((node.layer for node in nodes.values() if node.id != PLAN), default=-1) + 1


def _unreached(nodes: dict[str, _Node], edges: list[_Edge]) -> set[str]:
    """Return the boxes that no way from the first question reaches."""
    seen: set[str] = set()
    todo = [next(iter(nodes))]
    while todo:
        here = todo.pop()
        if here not in seen:
            seen.add(here)
            todo += [edge.target for edge in edges if edge.source == here]
    return set(nodes) - seen


def _rows(nodes: dict[str, _Node], edges: list[_Edge]) -> list[list[_Node]]:
    """Return the boxes by layer, within one in the order of what leads to them."""
    rows: list[list[_Node]] = [[] for _ in range(max(node.layer for node in nodes.values()) + 1)]
    for node in nodes.values():
        rows[node.layer].append(node)
    rank: dict[str, float] = {}
    for row in rows:
        for node in row:
            before = [rank[edge.source] for edge in edges if edge.target == node.id and edge.source in rank]
            rank[node.id] = sum(before) / len(before) if before else 0.0
        row.sort(key=lambda node: rank[node.id])
        for place, node in enumerate(row):
            rank[node.id] = rank[node.id] * 0.5 + place
    return [row for row in rows if row]


def _place(nodes: dict[str, _Node], edges: list[_Edge], rows: list[list[_Node]]) -> tuple[float, float]:
    """Give every box and way its place; returns the size of the whole."""
    at = {node.id: place for place, row in enumerate(rows) for node in row}
    tracks = [0] * (len(rows) + 1)  # tracks[i] = horizontal lines in the gap above row i
    straight = _straight(edges, at, rows)
    out: dict[str, int] = {}
    for edge in edges:
        if id(edge) in straight:
            continue
        out[edge.source] = out.get(edge.source, 0) + 1
        edge.exit = min(out[edge.source] * 30, BOX / 2 - 12)
        edge.leave_track = tracks[at[edge.source] + 1]
        tracks[at[edge.source] + 1] += 1
        if at[edge.target] != at[edge.source] + 1:
            edge.arrive_track = tracks[at[edge.target]]
            tracks[at[edge.target]] += 1
    body = max(sum(node.width for node in row) + SPACE * (len(row) - 1) for row in rows)
    y = float(MARGIN)
    tops = []
    for place, row in enumerate(rows):
        y += (16 if place == 0 and not tracks[0] else 34) + TRACK * tracks[place]
        tops.append(y)
        x = MARGIN + (body - sum(node.width for node in row) - SPACE * (len(row) - 1)) / 2
        # The only box of a row keeps the column of questions straight: danger boxes stand left of it.
        if len(row) == 1:
            x = MARGIN + max((node.width for other in rows for node in other), default=BOX) - row[0].width
        for node in row:
            node.x, node.y = x + node.width - BOX, y
            x += node.width + SPACE
        y += max(node.height for node in row)
    right = max(node.x + BOX for node in nodes.values())
    lanes = _lanes(edges, at)
    for edge in edges:
        _route(edge, nodes, at, tops, right, straight)
    labels = [edge.points[0][0] + 8 + 7.2 * len(_label(edge)) for edge in edges if edge.label and len(edge.points) > 2]
    wide = max([right + 24 + LANE * lanes, *labels]) + MARGIN
    return wide, y + MARGIN + TRACK


def _straight(edges: list[_Edge], at: dict[str, int], rows: list[list[_Node]]) -> set[int]:
    """Return the ways that run straight down, one a box: to the only box of the next row, from the only one of its."""
    found: dict[str, int] = {}
    for edge in edges:
        alone = len(rows[at[edge.source]]) == 1 and len(rows[at[edge.target]]) == 1
        if alone and at[edge.target] == at[edge.source] + 1:
            found.setdefault(edge.source, id(edge))
    return set(found.values())


def _lanes(edges: list[_Edge], at: dict[str, int]) -> int:
    """Give the long ways vertical lanes at the right, as few as fit; returns how many."""
    taken: list[list[tuple[int, int]]] = []
    long = [edge for edge in edges if edge.arrive_track >= 0]
    for edge in sorted(long, key=lambda edge: abs(at[edge.target] - at[edge.source])):
        low, high = sorted((at[edge.source] + 1, at[edge.target]))
        for lane, spans in enumerate(taken):
            if all(high < begin or low > end for begin, end in spans):
                edge.lane = lane
                break
        else:
            edge.lane = len(taken)
            taken.append([])
        taken[edge.lane].append((low, high))
    return len(taken)


def _route(
    edge: _Edge, nodes: dict[str, _Node], at: dict[str, int], tops: list[float], right: float, straight: set[int]
) -> None:
    """Lay one way: down, along its track, through its lane, along the track above its target, down."""
    source, target = nodes[edge.source], nodes[edge.target]
    x, bottom = source.middle + edge.exit, source.y + source.inner
    if id(edge) in straight:
        edge.points = [(x, bottom), (x, target.y)]
        return
    goal = target.middle + 34 + min(target.arrivals * 22, BOX / 2 - 46)
    target.arrivals += 1
    leave = _track(at[edge.source] + 1, edge.leave_track, tops, nodes, at)
    if edge.lane < 0:
        edge.points = [(x, bottom), (x, leave), (goal, leave), (goal, target.y)]
        return
    lane = right + 24 + LANE * edge.lane
    arrive = _track(at[edge.target], edge.arrive_track, tops, nodes, at)
    edge.points = [(x, bottom), (x, leave), (lane, leave), (lane, arrive), (goal, arrive), (goal, target.y)]


def _track(row: int, track: int, tops: list[float], nodes: dict[str, _Node], at: dict[str, int]) -> float:
    """Return the height of a horizontal line in the gap above a row (below the last row for the one after it)."""
    if row < len(tops):
        above = max(
            (node.y + node.height for node in nodes.values() if at[node.id] == row - 1), default=tops[0] - TRACK
        )
        return above + 22 + TRACK * track if row else tops[0] - 14 - TRACK * track
    return max(node.y + node.height for node in nodes.values()) + 12 + TRACK * track


def _label(edge: _Edge) -> str:
    return edge.label if len(edge.label) <= 60 else edge.label[:59].rstrip() + "…"


def _edge(edge: _Edge) -> str:
    """Write one way with its words; they stand above the line where it leaves."""
    colour, mark = (RED, "rood") if edge.back else (LINE, "punt")
    path = "M" + " L".join(f"{x:.0f} {y:.0f}" for x, y in edge.points)
    dashed = ' stroke-dasharray="7 5"' if edge.back else ""
    drawn = (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.8" stroke-linejoin="round"{dashed} '
        f'marker-end="url(#{mark})"/>'
    )
    if not edge.label:
        return drawn
    words, x, y, anchor = _label(edge), edge.points[0][0] + 8, edge.points[1][1] - 5, ""
    if len(edge.points) == 2:  # straight down: the words stand left of the line, away from the ways that turn right
        words, x, y, anchor = _cut(words, int(x / 7.8), 1)[0], x - 16, edge.points[0][1] + 20, ' text-anchor="end"'
    return (
        f'<g><title>{_clean(edge.label)}</title>{drawn}<text x="{x:.0f}" y="{y:.0f}" font-size="12.5" fill="{colour}" '
        f'stroke="{PAPER}" stroke-width="4" paint-order="stroke"{anchor}>{_clean(words)}</text></g>'
    )


def _box(node: _Node, *, never: bool) -> str:
    """Write one box and its danger boxes."""
    fill = {"plan": PLAN_FILL, "missing": RED_FILL}.get(node.kind, FILL)
    stroke = RED if node.kind == "missing" or never else LINE
    dashed = ' stroke-dasharray="7 5"' if node.kind == "missing" or never else ""
    found = [
        f'<rect x="{node.x:.0f}" y="{node.y:.0f}" width="{BOX}" height="{node.inner}" '
        f'rx="{22 if node.kind == "plan" else 8}" fill="{fill}" stroke="{stroke}" stroke-width="1.8"{dashed}/>'
    ]
    found.append(_text(node.x + 14, node.y + 23, node.title, 15, 18, INK, bold=True))
    found.append(_text(node.x + 14, node.y + 25 + 18 * len(node.title), node.text, 12.5, 15, SOFT))
    top = node.y
    for box in node.dangers:
        left, high = node.x - SPACE - DANGER_BOX, _danger_height(box)
        at = top + high / 2
        found.append(
            f'<path d="M{node.x:.0f} {at:.0f} L{left + DANGER_BOX:.0f} {at:.0f}" stroke="{RED}" stroke-width="1.8" '
            f'stroke-dasharray="4 4" marker-end="url(#rood)"/>'
            f'<rect x="{left:.0f}" y="{top:.0f}" width="{DANGER_BOX}" height="{high}" rx="4" fill="{RED_FILL}" '
            f'stroke="{RED}" stroke-width="2.4"/>'
        )
        found.append(_text(left + 10, top + 20, box[0], 12, 15, INK))
        found.append(_text(left + 10, top + 20 + 15 * len(box[0]), box[1], 12, 15, RED, bold=True))
        top += high + 8
    return f"<g>{''.join(found)}</g>"


def _text(x: float, y: float, lines: list[str], size: float, step: int, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return "".join(
        f'<text x="{x:.0f}" y="{y + step * place:.0f}" font-size="{size}" fill="{colour}"{weight}>{_clean(line)}</text>'
        for place, line in enumerate(lines)
        if line
    )
