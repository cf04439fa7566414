"""Forms of the locker: its code, and the address for a signal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from naast.lockers import rules


class CodeForm(forms.Form):
    """The five words, in one field, however they are typed. What is wrong is said so that it can be mended."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Your code"),
        max_length=rules.LONGEST_CODE,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "enterkeyhint": "go"}
        ),
        help_text=_("Five words, in the right order, with a space between them. Capitals make no difference."),
        error_messages={
            "required": _("Type the five words of your code here."),
            "max_length": _("Type only the five words of your code."),
        },
    )

    def clean_code(self) -> str:
        """Return what was typed, or say which word is not known or how many are missing."""
        typed = rules.read_code(self.cleaned_data["code"])
        if typed.unknown:
            raise forms.ValidationError([_unknown(word, near) for word, near in typed.unknown[:3]])
        if len(typed.words) != rules.WORDS_IN_CODE:
            raise forms.ValidationError(
                ngettext(
                    "You typed %(number)d word. The code has five.",
                    "You typed %(number)d words. The code has five.",
                    len(typed.words),
                )
                % {"number": len(typed.words)}
            )
        return rules.canonical(typed.words)


def _unknown(word: str, near: str) -> forms.ValidationError:
    if near:
        return forms.ValidationError(
            _("We do not know the word ‘%(word)s’. Do you mean ‘%(near)s’?"),
            code="unknown",
            params={"word": word, "near": near},
        )
    return forms.ValidationError(
        _("The word ‘%(word)s’ is in no code. Look at it once more."), code="unknown", params={"word": word}
    )


class EmailForm(forms.Form):
    """The address to which a signal without content goes."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
        help_text=_("The message only says: ‘There is a new message for you.’"),
        error_messages={
            "required": _("Type your e-mail address here, or go back without one."),
            "invalid": _("This e-mail address is not complete. An example: name@example.nl."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
