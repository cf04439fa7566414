"""The form for an entry of the thesaurus."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naast.directory.search.checking import Problem

MOST_LINES, LONGEST_LINE = 40, 80
WHY = {
    "general": _("“%(text)s” has little words only. It would match far too many questions. Add a word that tells."),
    "nowhere": _("No offer and no subject has “%(text)s”. Use a word that stands in the offer itself."),
    "known": _("We know “%(text)s” already, and it leads there."),
}


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(" ".join(line.split()) for line in text.replace(",", "\n").splitlines() if line.strip()))


class WordingForm(forms.Form):
    """What people type and what offers call it: one a line."""

    use_required_attribute = False

    say = forms.CharField(
        label=_("What people type"),
        help_text=_("One a line, in their own words. A word or a short sentence."),
        error_messages={"required": _("Write at least one word that people type.")},
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    find = forms.CharField(
        label=_("What offers call it"),
        help_text=_("One a line, the best word first."),
        error_messages={"required": _("Write at least one word that offers use.")},
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def clean_say(self) -> list[str]:
        """The lines."""
        return self._clean("say")

    def clean_find(self) -> list[str]:
        """The lines."""
        return self._clean("find")

    def _clean(self, name: str) -> list[str]:
        lines = _lines(self.cleaned_data[name])
        if not lines:
            raise forms.ValidationError(self.fields[name].error_messages["required"])
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("These are many lines. Use at most %(most)s.") % {"most": MOST_LINES})
        long = next((line for line in lines if len(line) > LONGEST_LINE), None)
        if long:
            raise forms.ValidationError(_("“%(text)s…” is long. Use at most 80 letters a line.") % {"text": long[:30]})
        return lines

    def add_problems(self, problems: list[Problem]) -> None:
        """Put what is against the entry beside the field it is about."""
        say: Any = self.cleaned_data.get("say", ())
        for problem in problems:
            self.add_error("say" if problem.text in say else "find", WHY[problem.what] % {"text": problem.text})
