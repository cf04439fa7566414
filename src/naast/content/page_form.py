"""What an editor's form refuses before readers get a text: an endless sentence, an address that others link by.

A draft is always kept: only publishing and handing in for review ask for more.
"""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.blocks import StreamValue
from wagtail.blocks.stream_block import StreamBlockValidationError

from naast.content.level.prose import pieces, sentences, words
from naast.content.level.readability import measures_for

# Nobody reads on in one breath beyond this many words over the measure; the level beside the text asks for less.
BREATH = 10
DUTCH = "nl"  # the only language that can be measured
TEXT_BLOCKS = ("text", "quote")


def endless(texts: Iterable[str], audiences: list[str]) -> list[tuple[int, str]]:
    """Return the sentences of text or HTML that nobody can read in one breath, each with its number of words."""
    most = measures_for(audiences).longest + BREATH
    found = [one for text in texts for piece in pieces(text) for one in sentences(piece)]
    return [(count, one) for one in found if (count := len(words(one))) > most]


def too_long(found: list[tuple[int, str]]) -> ValidationError:
    """Say which sentences are endless, and that a draft may hold them."""
    say = _(
        "This sentence has %(count)s words: ‘%(start)s…’. Cut it into pieces before readers get it. You can always save"
        " it as a draft."
    )
    return ValidationError([say % {"count": count, "start": " ".join(one.split()[:8])} for count, one in found])


class ReadableForm(WagtailAdminModelForm):
    """A text for readers: its sentences can be read in one breath. A draft is kept as it is."""

    lines: ClassVar[tuple[str, ...]] = ("summary", "intro", "short", "question", "answer", "fallback", "text", "simple")

    def clean(self) -> dict[str, Any]:
        """Hold the texts to the measure, unless a draft is saved; only Dutch can be measured."""
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation and self._in_dutch():
            for name, error in self._faults(cleaned):
                self.add_error(name, error)
        return cleaned

    def _in_dutch(self) -> bool:
        locale = getattr(self.instance, "locale", None)
        return locale is None or locale.language_code == DUTCH

    def _faults(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, ValidationError]]:
        audiences = list(cleaned.get("audiences") or getattr(self.instance, "audiences", None) or [])
        for name in self.lines:
            if name in self.fields and (found := endless(str(cleaned.get(name) or "").splitlines(), audiences)):
                yield name, too_long(found)
        body = cleaned.get("body")
        if isinstance(body, StreamValue):
            faults = {
                at: too_long(found)
                for at, block in enumerate(body)
                if block.block_type in TEXT_BLOCKS
                and (found := endless([str(getattr(block.value, "source", block.value))], audiences))
            }
            if faults:
                yield "body", StreamBlockValidationError(block_errors=faults)


class PageForm(ReadableForm, WagtailAdminPageForm):
    """A shared page."""

    def clean(self) -> dict[str, Any]:
        """Refuse another address while texts or guides name the present one: they would lose the page."""
        from naast.content import uses  # reads the models that carry this form

        cleaned = super().clean()
        old, new = self.initial.get("slug"), cleaned.get("slug")
        if self.instance.pk and self.instance.live and new and old and new != old:
            named = uses.by_slug({old: self.instance.title})
            if named:
                say = _("Other texts name this page by ‘%(slug)s’: %(where)s. Change it there first.")
                where = ", ".join(dict.fromkeys(use.where for use in named))
                self.add_error("slug", ValidationError(say, params={"slug": old, "where": where}))
        return cleaned
