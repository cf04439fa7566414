"""The shipped translations: read from data/<language>/, and loaded as real translations of the Dutch pages and snippets."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from wagtail.models import Locale, Page

from naast.content import loading
from naast.content.models import (
    ArticlePage,
    BasePage,
    DoorPage,
    FaqEntry,
    FaqPage,
    HomePage,
    PhasePage,
    RolePage,
    Slot,
    StatementPage,
)
from naast.content.rules import ContentError, Shipped, inline, read_shipped
from naast.core import languages

FOLDERS: tuple[tuple[str, type[BasePage]], ...] = (
    ("articles", ArticlePage),
    ("roles", RolePage),
    ("pages", StatementPage),
)


@dataclass(frozen=True)
class Translations:
    """Everything shipped in one language; pages by folder and Dutch slug, the rest by its code or key."""

    code: str
    pages: dict[str, dict[str, Shipped]]
    doors: dict[str, dict[str, str]]
    phases: dict[str, dict[str, str]]
    faq_page: dict[str, str]
    faq: dict[str, dict[str, str]]
    slots: dict[str, dict[str, str]]


def codes() -> list[str]:
    """Return the languages that Naast ships texts in, besides Dutch."""
    return [code for code in languages.known() if (loading.DATA / code).is_dir()]


@cache
def read(code: str) -> Translations:
    """Read the texts of a language. Raises ContentError where one translates nothing or does not follow its form."""
    folder = loading.DATA / code
    rest: dict[str, Any] = yaml.safe_load((folder / "words.yaml").read_text(encoding="utf-8"))
    return Translations(
        code=code,
        pages={name: _pages(folder / name, name) for name, _ in FOLDERS},
        doors=rest["doors"],
        phases=rest["phases"],
        faq_page=rest["faq_page"],
        faq=rest["faq"],
        slots=rest["slots"],
    )


def _pages(folder: Path, name: str) -> dict[str, Shipped]:
    dutch = {page.slug: page for page in loading.pages(name)}
    found = {}
    for path in sorted(folder.glob("*.md")):
        where = f"{folder.parent.name}/{name}/{path.name}"
        opening, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        if opening:
            raise ContentError(f"{where}: the front matter comes first")
        meta = yaml.safe_load(front)
        original = dutch.get(meta.get("translates", ""))
        if original is None:
            raise ContentError(f"{where}: translates no Dutch page ({meta.get('translates')})")
        found[original.slug] = read_shipped(where, {**_inherited(original), **meta}, body)
    return found


def _inherited(original: Shipped) -> dict[str, Any]:
    """Return what a translation has in common with its Dutch page."""
    return {
        "audiences": original.audiences,
        "phases": original.phases,
        "subjects": original.subjects,
        "related": original.related,
        "sources": original.sources,
        "owner": original.owner,
        "drawing": original.drawing,
        "kind": original.kind,
        "checked": original.checked,
    }


def load_translations(ids: dict[str, int], *, overwrite: bool) -> list[str]:
    """Load every shipped language, inside the transaction of `actions.load_shipped`; returns made, changed or kept each.

    `ids` are the Dutch pages by slug, for links in texts. What an editor changed or translated first stays.
    """
    return [outcome for code in codes() for outcome in _Loader(read(code), ids, overwrite).load()]


class _Loader:
    def __init__(self, words: Translations, ids: dict[str, int], overwrite: bool) -> None:
        self.words, self.ids, self.overwrite = words, ids, overwrite
        self.dutch = Locale.objects.get(language_code=languages.DUTCH)
        self.locale, _ = Locale.objects.get_or_create(language_code=words.code)

    def load(self) -> list[str]:
        from naast.content.actions import _text_values

        self._home()
        for door in DoorPage.objects.filter(locale=self.dutch).exclude(shipped_slug=""):
            if own := self.words.doors.get(door.audience):
                self._wanted(door, {**own, "audience": door.audience, "drawing": door.drawing})
        for phase in PhasePage.objects.filter(locale=self.dutch).exclude(shipped_slug=""):
            if own := self.words.phases.get(phase.phase):
                self._wanted(phase, {**own, "phase": phase.phase, "drawing": phase.drawing})
        for page in FaqPage.objects.filter(locale=self.dutch).exclude(shipped_slug=""):
            self._wanted(page, self.words.faq_page)
        for folder, model in FOLDERS:
            for slug, shipped in self.words.pages[folder].items():
                original = model.objects.filter(locale=self.dutch, shipped_slug=slug).first()
                if original is not None:
                    self._wanted(original, _text_values(shipped, model), shipped.slug)
        self._snippets()
        return self._write()

    def _home(self) -> None:
        self._todo: list[tuple[BasePage, bool, dict[str, Any]]] = []
        home = HomePage.objects.filter(locale=self.dutch).order_by("path")[0]
        if HomePage.objects.filter(locale=self.locale).exists():
            return
        root = Page.get_first_root_node()
        made = HomePage(
            title="Naast", slug=f"naast-{self.words.code}", locale=self.locale, translation_key=home.translation_key
        )
        root.add_child(instance=made)

    def _wanted(self, original: BasePage, values: dict[str, Any], slug: str = "") -> None:
        model = type(original)
        known = model.objects.filter(translation_key=original.translation_key, locale=self.locale).first()
        if known is not None:
            self._todo.append((known, False, values))
            return
        above = original.get_parent()
        parent = Page.objects.filter(translation_key=above.translation_key, locale=self.locale).first()
        if parent is None:
            return
        page = model(
            slug=slug or original.slug,
            shipped_slug=f"{self.words.code}/{original.shipped_slug}",
            locale=self.locale,
            translation_key=original.translation_key,
            live=False,
            **{**values, **({"body": "[]"} if "body" in values else {})},
        )
        parent.add_child(instance=page)
        self._todo.append((page, True, values))

    def _write(self) -> list[str]:
        from naast.content.actions import _write

        return [_write(page, made, values, self.ids, self.overwrite) for page, made, values in self._todo]

    def _snippets(self) -> None:
        from naast.content.actions import _with_ids

        for slot in Slot.objects.filter(locale=self.dutch, key__in=self.words.slots):
            own = self.words.slots[slot.key]
            Slot.objects.get_or_create(
                translation_key=slot.translation_key,
                locale=self.locale,
                defaults={
                    "key": f"{slot.key}-{self.words.code}",
                    "title": slot.title,
                    "help": slot.help,
                    "example": slot.example,
                    "required": slot.required,
                    "heading": own.get("heading", ""),
                    "fallback": own["fallback"],
                },
            )
        for entry in FaqEntry.objects.filter(locale=self.dutch, key__in=self.words.faq):
            own = self.words.faq[entry.key]
            answer = "".join(f"<p>{inline(part)}</p>" for part in own["answer"].strip().split("\n\n"))
            FaqEntry.objects.get_or_create(
                translation_key=entry.translation_key,
                locale=self.locale,
                defaults={
                    "key": f"{entry.key}-{self.words.code}",
                    "question": own["question"],
                    "answer": _with_ids(answer, self.ids),
                    "audiences": entry.audiences,
                    "owner_name": entry.owner_name,
                    "checked_on": entry.checked_on,
                    "review_due": entry.review_due,
                    "sources": entry.sources,
                    "order": entry.order,
                    "live": True,
                },
            )
