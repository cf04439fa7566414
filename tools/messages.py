"""Catalogues of interface strings: English ids, complete Dutch and English (docs/experience.md, "Voice").

Usage: messages.py update [room] · messages.py compile · messages.py check
Each room has its own catalogues in `src/naast/<room>/locale/{nl,en}/LC_MESSAGES/django.po`. No gettext is needed:
Python is read by its syntax tree, templates by Django's own lexer.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.template.base import Lexer, TokenType

SOURCE = Path(__file__).resolve().parent.parent / "src" / "naast"
LANGUAGES = ("nl", "en")
PLURAL = {"nl": "nplurals=2; plural=(n != 1);", "en": "nplurals=2; plural=(n != 1);"}
SINGLE = {"gettext", "gettext_lazy", "_", "gettext_noop"}
DOUBLE = {"ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}

Message = tuple[str, str, str]  # (context, id, plural id)
_QUOTED = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_TRANS = re.compile(rf"^(?:translate|trans)\s+{_QUOTED}(?:.*\bcontext\s+{_QUOTED})?")
_UNDERSCORE = re.compile(rf"\b_\({_QUOTED}\)")
_CONTEXT = re.compile(rf"\bcontext\s+{_QUOTED}")


def in_python(text: str) -> Iterator[Message]:
    """Find messages in Python source."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name in SINGLE and words:
            yield "", words[0], ""
        elif name in DOUBLE and len(words) >= 2:
            yield "", words[0], words[1]
        elif name in WITH_CONTEXT and len(words) >= 2:
            yield words[0], words[1], ""


def _placeholder(contents: str) -> str:
    name = contents.split("|")[0].strip()
    return f"%({name})s"


def in_template(text: str) -> Iterator[Message]:
    """Find messages in a Django template."""
    block: dict[str, object] | None = None
    for token in Lexer(text).tokenize():
        contents = token.contents
        if block is not None:
            if token.token_type == TokenType.BLOCK and contents.split()[0] == "plural":
                block["into"] = "plural"
            elif token.token_type == TokenType.BLOCK and contents.startswith(("endblocktrans",)):
                parts = [
                    _trimmed(str(block[key])) if block["trimmed"] else str(block[key]) for key in ("one", "plural")
                ]
                yield str(block["context"]), parts[0], parts[1]
                block = None
            else:
                into = str(block["into"])
                piece = _placeholder(contents) if token.token_type == TokenType.VAR else contents.replace("%", "%%")
                block[into] = str(block[into]) + piece
            continue
        if token.token_type == TokenType.BLOCK:
            if contents.startswith(("blocktranslate", "blocktrans")):
                for quoted in _UNDERSCORE.findall(contents):
                    yield "", ast.literal_eval(quoted), ""
                found = _CONTEXT.search(contents)
                block = {
                    "trimmed": " trimmed" in contents,
                    "context": ast.literal_eval(found.group(1)) if found else "",
                    "one": "",
                    "plural": "",
                    "into": "one",
                }
                continue
            match = _TRANS.match(contents)
            if match:
                yield (
                    ast.literal_eval(match.group(2)) if match.group(2) else "",
                    ast.literal_eval(match.group(1)).replace("%", "%%"),
                    "",
                )
        if token.token_type in (TokenType.BLOCK, TokenType.VAR):
            for quoted in _UNDERSCORE.findall(contents):
                yield "", ast.literal_eval(quoted), ""


def _trimmed(text: str) -> str:
    return " ".join(line.strip() for line in text.splitlines() if line.strip())


def rooms() -> list[str]:
    """Return the rooms that have messages or catalogues."""
    return sorted(
        path.name for path in SOURCE.iterdir() if path.is_dir() and path.name not in ("settings", "__pycache__")
    )


def used(room: str, source: Path = SOURCE) -> set[Message]:
    """Return every message a room's sources use."""
    found: set[Message] = set()
    for path in (source / room).rglob("*.py"):
        if "/tests/" not in str(path) and "/migrations/" not in str(path):
            found.update(in_python(path.read_text(encoding="utf-8")))
    for pattern in ("*.html", "*.txt"):
        for path in (source / room / "templates").rglob(pattern):
            found.update(in_template(path.read_text(encoding="utf-8")))
    found.discard(("", "", ""))
    return found


def catalogue_path(room: str, language: str, source: Path = SOURCE) -> Path:
    """Return where a room's catalogue stands."""
    return source / room / "locale" / language / "LC_MESSAGES" / "django.po"


def load(path: Path) -> polib.POFile:
    """Read a catalogue, or start one."""
    if path.exists():
        return polib.pofile(str(path), wrapwidth=0)
    catalogue = polib.POFile(wrapwidth=0)
    language = path.parent.parent.name
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": language,
        "Plural-Forms": PLURAL.get(language, PLURAL["en"]),
    }
    return catalogue


def update(room: str) -> int:
    """Add missing messages (English gets the id itself) and drop unused ones; returns how many lack Dutch."""
    wanted = used(room)
    lacking = 0
    for language in LANGUAGES:
        path = catalogue_path(room, language)
        if not wanted and not path.exists():
            continue
        catalogue = load(path)
        known = {(entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""): entry for entry in catalogue}
        for message in sorted(set(known) - wanted):
            catalogue.remove(known[message])
        for context, text, plural in sorted(wanted - set(known)):
            entry = polib.POEntry(msgid=text, msgctxt=context or None)
            if plural:
                entry.msgid_plural = plural
                entry.msgstr_plural = {0: text, 1: plural} if language == "en" else {0: "", 1: ""}
            elif language == "en":
                entry.msgstr = text
            catalogue.append(entry)
        catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        lacking += sum(not entry.translated() for entry in catalogue) if language == "nl" else 0
    return lacking


def problems(source: Path = SOURCE, names: list[str] | None = None) -> list[str]:
    """Return every message without a Dutch or English text, and every placeholder that was lost."""
    found = []
    for room in names or rooms():
        wanted = used(room, source)
        for language in LANGUAGES:
            path = catalogue_path(room, language, source)
            entries = {(e.msgctxt or "", e.msgid, e.msgid_plural or ""): e for e in load(path)} if path.exists() else {}
            for message in sorted(wanted):
                entry = entries.get(message)
                if entry is None or not entry.translated():
                    found.append(f"{room}/{language}: no text for “{message[1][:70]}”")
                    continue
                texts = list(entry.msgstr_plural.values()) if message[2] else [entry.msgstr]
                names_in = set(re.findall(r"%\((\w+)\)", message[1] + message[2]))
                for text in texts:
                    if set(re.findall(r"%\((\w+)\)", text)) - names_in:
                        found.append(f"{room}/{language}: unknown placeholder in “{text[:70]}”")
                if names_in - set(re.findall(r"%\((\w+)\)", "".join(texts))):
                    found.append(f"{room}/{language}: placeholder lost in “{message[1][:70]}”")
    return [*found, *two_texts(source, names or rooms())]


def two_texts(source: Path, names: list[str]) -> list[str]:
    """Find messages that say different things in two rooms: which one readers see would hang on the order of the rooms."""
    found = []
    for language in LANGUAGES:
        said: dict[tuple[str, str], tuple[str, str]] = {}
        for room in names:
            path = catalogue_path(room, language, source)
            for entry in load(path) if path.exists() else ():
                text = entry.msgstr or entry.msgstr_plural.get(0, "")
                key = (entry.msgctxt or "", entry.msgid)
                other, known = said.setdefault(key, (room, text))
                if text and known and text != known:
                    found.append(
                        f"{room}/{language}: “{entry.msgid}” says “{text}”, in {other} “{known}”; give one a context"
                    )
    return found


def compile_all() -> None:
    """Write the machine form of every catalogue that changed."""
    for path in SOURCE.glob("*/locale/*/LC_MESSAGES/django.po"):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            polib.pofile(str(path)).save_as_mofile(str(target))


def main(arguments: list[str]) -> int:
    """Run one command."""
    what = arguments[0] if arguments else "check"
    if what == "update":
        for room in arguments[1:] or rooms():
            lacking = update(room)
            if lacking:
                print(f"{room}: {lacking} messages lack Dutch")
        compile_all()
        return 0
    if what == "compile":
        compile_all()
        return 0
    found = problems()
    print("\n".join(found) or "Every message has its Dutch and English text.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
