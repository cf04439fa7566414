"""The guides' editor in the editors' admin: the list, one guide, each of its parts in a form, publishing.

A guide is shared by all places, so its right is asked without a place (docs/guides.md). Every button keeps what was typed.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from naast.flows import loading, telling, writing
from naast.flows import queries as flows
from naast.flows.models import Flow as FlowRow
from naast.flows.parts import Flow
from naast.flows.problems import LoadError
from naast.flows.writing import Tree, listed
from naast.guide import checking, drafts, editing, forms
from naast.people.policy import needs, signed_in

PARTS = ("questions", "steps", "rules", "help", "outcomes", "sources")


def part_words() -> dict[str, tuple[str, str, str]]:
    """Return part → (its name, one of it, what it is for)."""
    return {
        "questions": (_("Questions"), _("question"), _("Readers see one a page, in this order unless a route leads on.")),
        "steps": (_("Steps"), _("step"), _("What can stand in a plan. A rule says when.")),
        "rules": (_("Rules"), _("rule"), _("Under which answers a step joins the plan.")),
        "help": (_("Help in danger"), _("help"), _("What an answer that points at danger leads to, at once.")),
        "outcomes": (_("Words above the plan"), _("text"), _("The first that fits the answers is used.")),
        "sources": (_("Sources"), _("source"), _("Where the facts come from, and when somebody looked.")),
    }  # fmt: skip


def guide_or_404(slug: str) -> FlowRow:
    """Return a guide. Raises Http404."""
    row = FlowRow.objects.select_related("current").filter(pk=slug).first()
    if row is None:
        raise Http404
    return row


def tree_of(slug: str) -> tuple[str, Tree]:
    """Return the draft's text and the same as a mapping; a text that is no YAML gives an empty one."""
    text = drafts.text_of(slug)
    try:
        return text, writing.read(text)
    except LoadError:
        return text, {}


def sketch_of(text: str) -> Flow | None:
    """Return as much of a draft as can be read, or None."""
    try:
        return loading.sketch(text)
    except LoadError:
        return None


def frame(slug: str, tab: str, text: str) -> dict[str, Any]:
    """Return what every screen of one guide shows: its name, tabs, the draft, and what the check says."""
    draft = drafts.draft_of(slug)
    version = flows.current(slug)
    sketch = sketch_of(text)
    return {
        "slug": slug,
        "tab": tab,
        "title": (sketch.title if sketch else "") or slug,
        "draft": draft,
        "version": version,
        "report": checking.report(text),
        "outdated": bool(draft and version and draft.based_on_id and draft.based_on_id != version.digest),
    }


def to(name: str, *args: object, anchor: str = "") -> HttpResponseRedirect:
    """Lead on by GET after a change."""
    response = HttpResponseRedirect(reverse(f"guides:{name}", args=args) + (f"#{anchor}" if anchor else ""))
    response.status_code = 303
    return response


@needs("flows.edit")
def index(request: HttpRequest) -> HttpResponse:
    """Show all guides: which version readers see since when, and what is in the works."""
    rows = []
    for row in FlowRow.objects.select_related("current", "draft", "draft__changed_by").order_by("order", "slug"):
        found = drafts.versions_of(row.pk)
        draft = getattr(row, "draft", None)
        text = draft.yaml if draft else row.current.yaml if row.current else ""
        sketch = sketch_of(text)
        live = next(((version, name) for version, name in found if version.pk == row.current_id), None)
        rows.append(
            {
                "slug": row.pk,
                "title": sketch.title if sketch else row.pk,
                "flow": sketch,
                "live": live,
                "draft": draft,
                "errors": len(checking.report(text).errors) if draft else 0,
            }
        )
    return render(request, "guide/admin/index.html", {"rows": rows})


@needs("flows.edit")
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one guide with all its parts; buttons add, move and remove."""
    guide_or_404(slug)
    text, tree = tree_of(slug)
    if request.method == "POST":
        return _arrange(request, slug, tree)
    sketch = sketch_of(text)
    context = {**frame(slug, "parts", text), "parts": _parts(sketch, tree) if sketch else [], "unreadable": not sketch}
    return render(request, "guide/admin/overview.html", context)


def _parts(flow: Flow, tree: Tree) -> list[dict[str, Any]]:
    """Return every part with its lines: what it is, and in a few words what it does."""
    lines: dict[str, list[tuple[str, str]]] = {
        "questions": [(row.title, " · ".join(row.answers)) for row in telling.told(flow)],
        "steps": [(step.title, _step_words(flow, step.id)) for step in flow.steps],
        "rules": [
            (telling.condition_words(flow, rule.when), " · ".join(_title(flow, name) for name in rule.add))
            for rule in flow.rules
        ],
        "help": [(item.title, " ".join(item.text)) for item in flow.helps],
        "outcomes": [(telling.condition_words(flow, item.when), f"{item.title}: {item.text}") for item in flow.outcomes],
        "sources": [(source.name, source.url) for source in flow.sources],
    }  # fmt: skip
    words = part_words()
    found = []
    for part in PARTS:
        raw = listed(tree, part)
        danger = [
            isinstance(item, dict) and any(isinstance(o, dict) and o.get("danger") for o in listed(item, "options"))
            for item in raw
        ]
        rows = [
            {"number": number, "title": title or _("(no words yet)"), "text": told, "danger": danger[number - 1]}
            for number, (title, told) in enumerate(lines[part], 1)
        ]
        found.append({"key": part, "name": words[part][0], "one": words[part][1], "help": words[part][2], "rows": rows})
    return found


def _title(flow: Flow, step_id: str) -> str:
    return next((step.title for step in flow.steps if step.id == step_id), step_id)


def _step_words(flow: Flow, step_id: str) -> str:
    when = [telling.condition_words(flow, rule.when) for rule in flow.rules if step_id in rule.add]
    return " / ".join(when) if when else _("in no plan: no rule names it")


def _arrange(request: HttpRequest, slug: str, tree: Tree) -> HttpResponse:
    """Add, move or remove one thing; `do` is `<what>:<part>:<number>`."""
    user = signed_in(request)
    what, part, number = [*request.POST.get("do", "").split(":"), "", "", ""][:3]
    if what == "undo":
        drafts.undo(user=user, slug=slug)
        messages.success(request, _("Taken back. Press once more and it is there again."))
        return to("overview", slug)
    if what == "drop":
        drafts.drop(user=user, slug=slug)
        messages.success(request, _("The draft is gone. Readers see what they saw."))
        return to("overview", slug)
    if part not in PARTS:
        return to("overview", slug)
    if what == "add":
        changed, place = editing.add(tree, part, request.POST.get(f"title-{part}", ""))
        _keep(request, slug, changed)
        return to("item", slug, part, place)
    place = int(number) if number.isdigit() else 0
    if what in ("up", "down"):
        changed = editing.move(tree, part, place, -1 if what == "up" else 1)
    elif what == "remove":
        changed = editing.remove(tree, part, place)
        messages.success(request, _("Removed from the draft. You can take this back at the top of the page."))
    else:
        return to("overview", slug)
    _keep(request, slug, changed)
    return to("overview", slug, anchor=part)


def _keep(request: HttpRequest, slug: str, tree: Tree) -> None:
    """Keep the draft; what was translated and no longer fits goes, and the editor is told."""
    tree, dropped = editing.without_misfits(tree)
    drafts.change(user=signed_in(request), slug=slug, text=writing.write(tree))
    if dropped:
        messages.warning(request, _("A translation no longer fitted and went. Readers see Dutch there."))


@needs("flows.edit")
def item(request: HttpRequest, slug: str, part: str, number: int) -> HttpResponse:
    """Show and change one part of a guide; what is typed is kept in the draft whatever the check says."""
    row = guide_or_404(slug)
    text, tree = tree_of(slug)
    thing = tree if part == "guide" else editing.thing_at(tree, part, number) if part in PARTS else None
    if thing is None:
        raise Http404
    clash = False
    if request.method == "POST":
        made = typed(tree, part, number, request)
        clash = request.POST.get("was") not in (None, _stamp(tree, part, number)) and made != thing
        if not clash:
            made, anchor = _buttons(made, request.POST.get("do", ""))
            after = made if part == "guide" else editing.put(tree, part, number, made)
            if after != tree:
                _keep(request, slug, after)
            if request.POST.get("do") == "back":
                return to("overview", slug, anchor=part)
            return to("item", slug, part, number, anchor=anchor or "formulier")
        thing = made
        text = writing.write(made if part == "guide" else editing.put(tree, part, number, made))
    context = {
        **frame(slug, "parts", text),
        **_form(tree, part, number, thing, _live(row, part, thing)),
        "was": _stamp(tree, part, number),
        "clash": clash,
    }
    return render(request, "guide/admin/item.html", context, status=409 if clash else 200)


def typed(tree: Tree, part: str, number: int, request: HttpRequest) -> Tree:
    """Return the thing of a form as it was typed."""
    if part == "guide":
        return editing.fill(editing.TEXT["guide"], tree, request.POST)
    return editing.thing_typed(tree, part, number, request.POST)


def _stamp(tree: Tree, part: str, number: int) -> str:
    if part == "guide":
        return editing.stamp({key: tree.get(key) for key in (field.name for field in editing.TEXT["guide"])})
    return editing.stamp(editing.thing_at(tree, part, number))


def _buttons(thing: Tree, do: str) -> tuple[Tree, str]:
    """Do what a button within a form asks: move an answer or a route; returns the thing and where to look."""
    what, part, number = ([*do.split(":"), "", "", ""])[:3]
    if what in ("up", "down") and part in ("options", "routes") and number.isdigit():
        rows = editing.shifted(listed(thing, part), int(number) + 1, -1 if what == "up" else 1)
        return {**thing, part: rows}, part
    return thing, part if part in ("options", "routes") else ""


def _live(row: FlowRow, part: str, thing: Tree) -> Tree | None:
    """Return the same thing as readers see it now, or None when it is new."""
    if row.current is None:
        return None
    live = writing.read(row.current.yaml)
    if part == "guide":
        return live
    name = thing.get("id")
    return next((x for x in listed(live, part) if isinstance(x, dict) and name and x.get("id") == name), None)


def _form(tree: Tree, part: str, number: int, thing: Tree, live: Tree | None) -> dict[str, Any]:
    """Return what the form of one thing prints."""
    lists = forms.choices_for(tree)
    questions = [question for question in listed(tree, "questions") if isinstance(question, dict)]
    context: dict[str, Any] = {
        "part": part,
        "number": number,
        "part_name": part_words()[part][1].capitalize() if part in PARTS else _("About the guide"),
        "part_help": part_words()[part][2] if part in PARTS else "",
        "thing_title": str(thing.get("title") or ""),
        "fields": forms.shown(editing.TEXT[part], thing, lists, live=live),
        "total": len(listed(tree, part)),
    }
    if part in editing.CONDITIONAL:
        context["condition"] = forms.condition_shown(thing.get("when", "always"), "when-", questions)
    if part == "questions":
        context["options"] = _rows(thing, "options", lists, questions)
        context["routes"] = _rows(thing, "routes", lists, questions)
    if part == "steps" and (sketch := sketch_of(writing.write(tree))):
        name = thing.get("id")
        context["brought_by"] = [
            (place, telling.condition_words(sketch, rule.when))
            for place, rule in enumerate(sketch.rules, 1)
            if name in rule.add
        ]
    return context


def _rows(thing: Tree, part: str, lists: dict[str, Any], questions: list[Tree]) -> list[dict[str, Any]]:
    """Return the answers or routes of a question, and one empty row to add."""
    things = [row if isinstance(row, dict) else {} for row in listed(thing, part)]
    found = []
    for place, row in enumerate([*things, {}]):
        prefix = f"{part}-{place}-"
        shown: dict[str, Any] = {
            "place": place,
            "number": place + 1,
            "fields": forms.shown(editing.TEXT[part], row, lists, prefix=prefix),
            "is_new": place == len(things),
            "prefix": prefix,
            "last": place == len(things) - 1,
        }
        if part == "routes":
            # A new route asks nothing yet: "always" would hide every way below it.
            raw = row.get("when", "always") if row else "always"
            shown["condition"] = forms.condition_shown(raw, f"{prefix}when-", questions)
        found.append(shown)
    return found


@needs("flows.edit")
@require_POST
def check(request: HttpRequest, slug: str, part: str, number: int) -> HttpResponse:
    """Check the draft with what stands in the form now, without keeping it (for the panel beside the form)."""
    guide_or_404(slug)
    _text, tree = tree_of(slug)
    if part != "guide" and (part not in PARTS or editing.thing_at(tree, part, number) is None):
        raise Http404
    made = typed(tree, part, number, request)
    after = made if part == "guide" else editing.put(tree, part, number, made)
    report = checking.report(writing.write(after))
    return render(request, "guide/admin/check.html", {"report": report, "slug": slug})
