"""The form with which a place fills a slot."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naast.content.level.prose import sentences, words
from naast.content.level.readability import ADULTS
from naast.core import clock

LONGEST_FILL = 900
# What a text looks like that was copied with its codes: a tag of HTML or Word, or a slot of a shipped text.
_CODE = re.compile(r"</?[a-z][^<>]*>|\{\{[^{}]*\}\}", re.IGNORECASE)


class FillForm(forms.Form):
    """A place's own words: plain text, with the day by which somebody looks at it again."""

    body = forms.CharField(
        label=_("Your own words"),
        required=False,
        max_length=LONGEST_FILL,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Short sentences, ‘je’, no names of residents. A blank line starts a paragraph, a hyphen a list."),
    )
    review_due = forms.DateField(
        label=_("Look at it again before"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("After this day it stands on top of your list, and readers see that it may be out of date."),
    )

    def clean_body(self) -> str:
        """Refuse codes that readers would see as they are, and a sentence that nobody can read in one breath."""
        body: str = self.cleaned_data["body"].strip()
        if code := _CODE.search(body):
            raise forms.ValidationError(
                _("There are codes in these words, such as ‘%(code)s’. Readers would see them. Take them out."),
                params={"code": code[0][:40]},
            )
        long = [one for part in body.splitlines() for one in sentences(part) if len(words(one)) > ADULTS.longest + 10]
        if long:
            raise forms.ValidationError(
                _("This sentence is very long. Cut it in two: ‘%(start)s…’"), params={"start": long[0][:60]}
            )
        return body

    def clean(self) -> dict[str, Any]:
        """A filled slot has a day on which somebody looks again, and that day lies ahead."""
        cleaned: dict[str, Any] = super().clean() or {}
        due: date | None = cleaned.get("review_due")
        if cleaned.get("body") and due is None and "review_due" not in self.errors:
            self.add_error("review_due", _("Choose a day on which somebody looks at these words again."))
        # Who takes the words away needs no day: nothing stands there to look at.
        if due is not None and due < clock.today() and (cleaned.get("body") or "body" in self.errors):
            self.add_error("review_due", _("Choose a day that still has to come."))
        return cleaned
