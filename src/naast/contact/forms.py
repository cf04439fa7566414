"""The form of a question: one page, three fields, and words that say how to mend what is wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from naast.contact import rules
from naast.contact.models import Audience
from naast.conversations import bsn


class QuestionForm(forms.Form):
    """What someone asks, who they are, and where a signal may go. Nothing else is asked.

    The text field has no `maxlength`: browsers cut a pasted text without a word. The limit is said beside the field and
    checked here. After validation `bsn_spans` holds (start, end) of citizen service numbers found in the text.
    """

    use_required_attribute = False  # our own words beside the field instead of the browser's bubble

    audience = forms.ChoiceField(
        label=_("Who are you?"),
        choices=Audience.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who you are. Then the right person reads your question."),
            "invalid_choice": _("Choose who you are. Then the right person reads your question."),
        },
    )
    text = forms.CharField(
        label=_("Your question"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "data-count": rules.MAX_TEXT}),
        help_text=_("You need not write names or addresses. You have room for 4,000 characters: a page and a half."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address (you may leave this empty)"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
        help_text=_("We then send a signal when there is an answer. It only says: ‘There is a new message for you.’"),
        error_messages={"invalid": _("This e-mail address is not complete. An example: name@example.nl.")},
    )

    def __init__(self, *args: Any, ask_email: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bsn_spans: list[tuple[int, int]] = []
        self._speak_to(str(self["audience"].value() or ""))
        if not ask_email:
            del self.fields["email"]

    def _speak_to(self, audience: str) -> None:
        """Say the hints as this asker needs them: a child's shared mailbox and a pupil's name must stay out."""
        if audience == Audience.CHILDREN:
            self.fields["text"].help_text = _("You need not write names. Short is fine, long is fine too.")
            self.fields["email"].label = _("Your own e-mail address (you may leave this empty)")
            self.fields["email"].help_text = _(
                "Do others read your mail? Then leave this empty. We only write: ‘There is a new message for you.’"
            )
        elif audience == Audience.PROFESSIONALS:
            self.fields["text"].help_text = _(
                "Leave out names and what a family can be recognised by. You have room for a page and a half."
            )

    def clean_text(self) -> str:
        """Return the text as it is kept. Refuses an empty one, one that is too long, and one with a service number."""
        text = rules.clean_text(self.cleaned_data.get("text") or "")
        if not text:
            raise forms.ValidationError(_("Write your question here. One sentence is enough."), code="empty")
        over = len(text) - rules.MAX_TEXT
        if over > 0:
            raise forms.ValidationError(
                ngettext_lazy(
                    "Your question is %(over)d character too long. You have room for 4,000. Nothing is lost.",
                    "Your question is %(over)d characters too long. You have room for 4,000. Nothing is lost.",
                    over,
                ),
                code="too_long",
                params={"over": over},
            )
        self.bsn_spans = [(span.start, span.end) for span in bsn.find(text)]
        if self.bsn_spans:
            raise forms.ValidationError(
                _("Your text holds a number that looks like a citizen service number (BSN). We do not keep those."),
                code="bsn",
            )
        return text
