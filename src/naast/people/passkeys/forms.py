"""Forms that carry what the browser's passkey says. Whatever else somebody sends reads as one clear sentence."""

import json
import struct
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.utils.translation import gettext_lazy as _

from naast.people.models import User
from naast.people.passkeys.queries import factors_of
from naast.people.passkeys.rules import NAME_LENGTH

# What the library raises on bytes that no passkey made.
NO_KEY = (
    forms.ValidationError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    OverflowError,
    struct.error,
)
UNREADABLE = _("Your browser sent no passkey that we can use here. Try again, or take another way.")
UNKNOWN = _("We do not know this passkey. Try again, or take another way.")
TOO_LARGE = 20_000  # characters; a passkey says about 1,500


class CredentialField(forms.JSONField):
    """What a passkey says, as JSON: an object with an object in it, of a size that a passkey has."""

    default_error_messages = {"invalid": UNREADABLE, "required": UNREADABLE}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.HiddenInput, **kwargs)

    def bound_data(self, data: Any, initial: Any) -> str:
        """Show nothing of it again: it serves once."""
        return ""

    def prepare_value(self, value: Any) -> str:
        """Begin empty: the script fills it."""
        return ""

    def to_python(self, value: Any) -> Any:
        """Read it; raises ValidationError on anything else."""
        if isinstance(value, str) and len(value) > TOO_LARGE:
            raise forms.ValidationError(UNREADABLE)
        try:
            found = super().to_python(value)
        except RecursionError as error:
            raise forms.ValidationError(UNREADABLE) from error
        if found is not None and not (isinstance(found, dict) and isinstance(found.get("response"), dict)):
            raise forms.ValidationError(UNREADABLE)
        return found


class _Known:
    """The credential of a passkey that was added before. Mixed into allauth's forms."""

    def clean_credential(self) -> Authenticator:
        """Check it against the challenge and the keys of this person; one sentence for whatever is wrong."""
        try:
            found: Authenticator = super().clean_credential()  # type: ignore[misc]
        except NO_KEY as error:
            raise forms.ValidationError(_too_often(error) or UNKNOWN) from error
        if not found.user.is_active:
            raise forms.ValidationError(UNKNOWN)
        return found


def _too_often(error: Exception) -> Any:
    """Return allauth's words when the limit is what was wrong."""
    if isinstance(error, forms.ValidationError) and error.code == "too_many_login_attempts":
        return error.message
    return None


class SecondStepForm(_Known, AuthenticateWebAuthnForm):
    """A passkey as the second step of signing in."""

    credential = CredentialField()


class AgainWithPasskeyForm(_Known, ReauthenticateWebAuthnForm):
    """A passkey before something that matters."""

    credential = CredentialField()


class SignInWithPasskeyForm(_Known, LoginWebAuthnForm):
    """A passkey as both steps at once."""

    credential = CredentialField()


class NameForm(forms.Form):
    """What somebody calls a passkey."""

    name = forms.CharField(
        label=_("What do you call this passkey?"),
        help_text=_("For instance: my laptop, or the key on my key ring."),
        max_length=NAME_LENGTH,
        error_messages={
            "required": _("Give this passkey a name, so that you know later which one it is."),
            "max_length": _("Keep the name shorter than 60 letters."),
        },
    )


class AddForm(NameForm):
    """A new passkey: its name, and what the browser made. No name loses a passkey that stands on the device already."""

    credential = CredentialField(error_messages={"required": _("Press the button and follow what your browser asks.")})

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["name"] = forms.CharField(
            label=NameForm.base_fields["name"].label,
            help_text=NameForm.base_fields["name"].help_text,
            required=False,
            widget=forms.TextInput(attrs={"maxlength": NAME_LENGTH, "autocomplete": "off"}),
        )

    def clean_name(self) -> str:
        """Shorten a long name, and number a passkey without one."""
        name: str = self.cleaned_data["name"][:NAME_LENGTH]
        return name or str(_("Passkey %(number)s")) % {"number": len(factors_of(self.person).passkeys) + 1}

    def clean_credential(self) -> dict[str, Any]:
        """Check what was made against the challenge; it has to have asked for its owner."""
        credential: dict[str, Any] = self.cleaned_data["credential"]
        try:
            auth.parse_registration_response(credential)
            made = auth.complete_registration(credential)
        except NO_KEY as error:
            raise forms.ValidationError(UNREADABLE) from error
        if not made.is_user_verified():
            raise forms.ValidationError(UNREADABLE)
        return credential


def as_json(options: dict[str, Any]) -> str:
    """Write options for a browser into one attribute of a button."""
    return json.dumps(options)
