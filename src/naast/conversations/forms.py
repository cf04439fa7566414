"""The form with which a resident writes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from naast.conversations import bsn, rules

LOOK_AROUND = 24  # characters shown before and after a marked number


class WriteBackForm(forms.Form):
    """One text. No `maxlength`: browsers cut a pasted text without a word; the limit is said and checked here."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Write back"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "data-count": rules.MAX_TEXT}),
        help_text=_("Use no surname and no address. We need not know them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spans: list[bsn.Span] = []

    def clean_text(self) -> str:
        """Return the text as it is kept. Refuses an empty one, one over the limit, and one with a citizen service number."""
        try:
            text = rules.keepable(self.cleaned_data.get("text") or "")
        except rules.Refused as refused:
            raise forms.ValidationError(_refusal(refused), code=refused.code) from refused
        self.spans = bsn.find(text)
        if self.spans:
            raise forms.ValidationError(
                _(
                    "Your text holds a number that looks like a citizen service number (BSN). We do not want to keep it."
                ),
                code="bsn",
            )
        return text

    def marked(self) -> list[tuple[str, str, str]]:
        """Return (words before, number, words after) for each number that may not be kept."""
        text = rules.clean_text(str(self["text"].value() or ""))
        return [
            (
                ("…" if span.start > LOOK_AROUND else "") + text[max(0, span.start - LOOK_AROUND) : span.start],
                text[span.start : span.end],
                text[span.end : span.end + LOOK_AROUND] + ("…" if span.end + LOOK_AROUND < len(text) else ""),
            )
            for span in self.spans
        ]


def _refusal(refused: rules.Refused) -> Any:
    if refused.code == "empty":
        return _("Write your message here. One sentence is enough.")
    return ngettext_lazy(
        "Your message is %(over)d character too long. You have room for 4,000. Everything you wrote still stands here.",
        "Your message is %(over)d characters too long. You have room for 4,000. Everything you wrote still stands here.",
        refused.over,
    ) % {"over": refused.over}
