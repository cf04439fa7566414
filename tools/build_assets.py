"""Build what pages and papers need from node_modules: the design system's CSS, htmx, the fonts.

Usage: python tools/build_assets.py [--force]      (after `npm ci`; needs fonttools and brotli)

Writes src/naast/core/static/naast/built/ (for the browser) and src/naast/core/data/built/fonts/ (for typst); git keeps
neither. Does nothing when neither the packages nor this file changed since the last time.
Exit status 0 done, 1 packages missing.
"""

import hashlib
import io
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
WEB = ROOT / "src/naast/core/static/naast/built"
PAPER = ROOT / "src/naast/core/data/built/fonts"
STAMP = WEB / "stamp.txt"

ATKINSON = "@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-{}-wght-normal.woff2"
PROZA = "@fontsource/proza-libre/files/proza-libre-{}-600-normal.woff2"
PACKAGES = (
    "@fontsource-variable/atkinson-hyperlegible-next",
    "@fontsource/noto-emoji",
    "@fontsource/proza-libre",
    "@utrecht/component-library-css",
    "htmx.org",
)

# What Dutch and English pages print; names with other letters fall back to the device's own font.
LETTERS = (
    "U+0020-007E,U+00A0-00A7,U+00A9-00AC,U+00AE-00B4,U+00B7,U+00BB-00BF,U+00C0-00FF,U+0132-0133,U+0152-0153,U+0178,"
    "U+2010-2015,U+2018-201A,U+201C-201E,U+2020,U+2022,U+2026,U+202F,U+2032-2033,U+2039-203A,U+20AC,U+2190-2193,U+2212"
)

# The components that our templates use; a class outside this list has no style, which the page gate reports.
COMPONENTS = [
    "alert",
    "blockquote",
    "button",
    "button-group",
    "checkbox",
    "data-list",
    "document",
    "form-field",
    "form-field-description",
    "form-field-error-message",
    "form-fieldset",
    "form-label",
    "heading-1",
    "heading-2",
    "heading-3",
    "heading-4",
    "link",
    "ordered-list",
    "page-footer",
    "page-header",
    "paragraph",
    "radio-button",
    "select",
    "separator",
    "skip-link",
    "surface",
    "table",
    "table-container",
    "textarea",
    "textbox",
    "unordered-list",
]


def main() -> int:
    """Build everything, or nothing when nothing changed."""
    missing = [name for name in PACKAGES if not (MODULES / name / "package.json").exists()]
    if missing:
        print(f"Missing packages: {', '.join(missing)}. Run `npm ci` first.", file=sys.stderr)
        return 1
    print_of_inputs = fingerprint()
    if "--force" not in sys.argv[1:] and STAMP.exists() and STAMP.read_text() == print_of_inputs:
        return 0
    for folder in (WEB, PAPER):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    source = (MODULES / "@utrecht/component-library-css/dist/index.css").read_text()
    (WEB / "nlds.css").write_text(cut_css(source))
    shutil.copy(MODULES / "htmx.org/dist/htmx.min.js", WEB / "htmx.min.js")
    build_fonts()
    STAMP.write_text(print_of_inputs)
    return 0


def fingerprint() -> str:
    """Return a hash of this file and of the packages' versions."""
    told = hashlib.sha256(Path(__file__).read_bytes())
    for name in PACKAGES:
        told.update(f"{name} {json.loads((MODULES / name / 'package.json').read_text())['version']}\n".encode())
    return told.hexdigest()


# ---------- the design system's CSS, only what we use ----------


def cut_css(source: str) -> str:
    """Return the rules of COMPONENTS, unchanged in order and content, without comments and spare white space."""
    source = re.sub(r"/\*.*?\*/", "", source, flags=re.S)
    source = re.sub(r"@charset[^;]*;", "", source)
    head = "/* NL Design System components (EUPL-1.2, Gemeente Utrecht and Frameless B.V.), the ones Naast uses. */\n"
    return head + "".join(cut_rules(source))


def cut_rules(source: str) -> Iterator[str]:
    """Yield each kept rule of a style sheet or of the inside of an at-rule, one a line."""
    for prelude, body in blocks(source):
        if prelude.startswith(("@media", "@supports", "@container")):
            inner = "".join(cut_rules(body))
            if inner:
                yield f"{prelude}{{\n{inner}}}\n"
        elif not prelude.startswith("@"):
            kept = [selector for selector in split_selectors(prelude) if is_ours(selector)]
            if kept:
                yield f"{','.join(kept)}{{{squeeze(body)}}}\n"


def blocks(source: str) -> Iterator[tuple[str, str]]:
    """Yield (what stands before the brace, what stands inside) for each top-level block."""
    depth = start = opened = 0
    for place, sign in enumerate(source):
        if sign == "{":
            if depth == 0:
                opened = place
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield " ".join(source[start:opened].split()), source[opened + 1 : place]
                start = place + 1


def split_selectors(prelude: str) -> list[str]:
    """Split a list of selectors at its outer commas."""
    parts, depth, last = [], 0, 0
    for place, sign in enumerate(prelude):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append(prelude[last:place].strip())
            last = place + 1
    return [*parts, prelude[last:].strip()]


def is_ours(selector: str) -> bool:
    """Say whether all design-system classes in a selector belong to COMPONENTS."""
    names = re.findall(r"\.utrecht-([a-z0-9-]+(?:__[a-z0-9-]+)?)", selector)
    return bool(names) and all(re.split(r"--|__", name)[0] in COMPONENTS for name in names)


def squeeze(body: str) -> str:
    """Take the white space out of declarations that CSS does not need."""
    return re.sub(r"\s*([;:,])\s+", r"\1", " ".join(body.split())).strip("; ")


# ---------- fonts ----------


def build_fonts() -> None:
    """Make two web fonts (32 kB together) and four TrueType files for papers."""
    variable = instantiateVariableFont(load(ATKINSON.format("latin")), {"wght": (400, 400, 700)})
    open_zero(variable, instantiateVariableFont(load(ATKINSON.format("latin")), {"wght": 700}))
    cut_font(variable).save(WEB / "atkinson-next-400-700.woff2")
    cut_font(load(PROZA.format("latin"))).save(WEB / "proza-libre-600.woff2")
    for weight, style in ((400, "Regular"), (700, "Bold")):
        parts = []
        for letters in ("latin", "latin-ext"):
            font = instantiateVariableFont(load(ATKINSON.format(letters)), {"wght": weight})
            if letters == "latin":
                open_zero(font)
            parts.append(font)
        save_paper(join(parts), "Atkinson Hyperlegible Next", style, weight)
    save_paper(
        join([load(PROZA.format(letters)) for letters in ("latin", "latin-ext")]), "Proza Libre", "SemiBold", 600
    )
    emoji = sorted((MODULES / "@fontsource/noto-emoji/files").glob("noto-emoji-[0-9]-400-normal.woff2"))
    save_paper(join([TTFont(path) for path in emoji]), "Noto Emoji", "Regular", 400)


def load(name: str) -> TTFont:
    """Open one font file of the packages."""
    return TTFont(MODULES / name)


def open_zero(font: TTFont, heavy: TTFont | None = None) -> None:
    """Draw Atkinson's zero without its slash, which in a phone number or a time reads as a foreign letter.

    The slashed counter becomes one oval, in the light and, for a variable font, in the heavy end as well.
    """
    for name in ("zero", "zero.tf"):
        if name not in font["glyf"].glyphs or font["glyf"][name].isComposite():
            continue
        ends = [open_counter(source, name) for source in ((font, heavy) if heavy else (font,))]
        glyph = font["glyf"][name]
        flags = glyph.flags[: glyph.endPtsOfContours[0] + 1]
        half = len(flags)
        glyph.coordinates = GlyphCoordinates(ends[0][0])
        glyph.flags = flags + flags[::-1]
        glyph.endPtsOfContours = [half - 1, 2 * half - 1]
        glyph.numberOfContours = 2
        glyph.program = Program()
        glyph.program.fromBytecode(b"")
        glyph.recalcBounds(font["glyf"])
        if heavy:
            moves = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(ends[0][0], ends[1][0], strict=True)]
            moves += [(0, 0), (ends[1][1] - ends[0][1], 0), (0, 0), (0, 0)]
            font["gvar"].variations[name] = [TupleVariation({"wght": (0.0, 1.0, 1.0)}, moves)]


def open_counter(font: TTFont, name: str) -> tuple[list[tuple[int, int]], int]:
    """Return the points of a zero with an oval counter, stem and bow as wide as they were, and its advance."""
    glyph = font["glyf"][name]
    points = [(round(x), round(y)) for x, y in glyph.coordinates]
    stop = glyph.endPtsOfContours[0] + 1
    outer, inner = points[:stop], points[stop:]
    x0, x1 = min(p[0] for p in outer), max(p[0] for p in outer)
    y0, y1 = min(p[1] for p in outer), max(p[1] for p in outer)
    stem = (min(p[0] for p in inner) - x0 + x1 - max(p[0] for p in inner)) / 2
    bow = (min(p[1] for p in inner) - y0 + y1 - max(p[1] for p in inner)) / 2
    cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    sx, sy = (x1 - x0 - 2 * stem) / (x1 - x0), (y1 - y0 - 2 * bow) / (y1 - y0)
    hole = [(round(cx + (x - cx) * sx), round(cy + (y - cy) * sy)) for x, y in reversed(outer)]
    return outer + hole, font["hmtx"][name][0]


def cut_font(font: TTFont) -> TTFont:
    """Cut a font to LETTERS and to the features that Dutch and English need, as woff2."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern", "liga", "calt", "ccmp", "locl", "mark", "tnum", "pnum", "lnum"]
    knife = subset.Subsetter(options)
    knife.populate(unicodes=subset.parse_unicodes(LETTERS))
    font = settle(font)
    knife.subset(font)
    font.flavor = "woff2"
    return font


def settle(font: TTFont) -> TTFont:
    """Write a font and read it again: after instancing, its tables do not agree on glyphs before that."""
    font.flavor = None
    held = io.BytesIO()
    font.save(held)
    held.seek(0)
    return TTFont(held)


def join(fonts: list[TTFont]) -> TTFont:
    """Put the package's parts of one font together again; the first part keeps its layout rules."""
    work = PAPER / "work"
    work.mkdir(exist_ok=True)
    names, seen = [], set()
    for number, unsettled in enumerate(fonts):
        font = settle(unsettled)
        # Each part brings only the letters that no earlier part has.
        own = set(font.getBestCmap()) - seen
        seen |= own
        options = subset.Options()
        options.hinting = False
        keeps_layout = number == 0 and len(fonts) == 2  # emoji need none
        options.layout_features = ["kern", "liga", "ccmp", "locl", "mark"] if keeps_layout else []
        options.drop_tables += ["DSIG", "STAT", "vhea", "vmtx", "GDEF", *([] if keeps_layout else ["GSUB", "GPOS"])]
        knife = subset.Subsetter(options)
        knife.populate(unicodes=own)
        knife.subset(font)
        font.flavor = None
        names.append(str(work / f"{number}.ttf"))
        font.save(names[-1])
    joined = Merger(MergeOptions(drop_tables=["GDEF"])).merge(names)
    shutil.rmtree(work)
    return joined


def save_paper(font: TTFont, family: str, style: str, weight: int) -> None:
    """Save a TrueType file under one plain family name, so that typst finds it by that name."""
    naming = font["name"]
    naming.names = [record for record in naming.names if record.nameID in (0, 13, 14)]
    full = f"{family} {style}"
    for number, text in ((1, family), (2, style), (3, full), (4, full), (6, full.replace(" ", ""))):
        naming.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = 0x20 if weight >= 700 else 0x40
    font["head"].macStyle = 1 if weight >= 700 else 0
    font.flavor = None
    font.save(PAPER / f"{full.replace(' ', '-').lower()}.ttf")


if __name__ == "__main__":
    sys.exit(main())
