"""Forms of sign-in in our own words; what they check is allauth's."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core.internal import ratelimit
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from naast.core import crypto
from naast.people.models import User
from naast.people.passkeys.forms import AgainWithPasskeyForm, CredentialField
from naast.people.passkeys.rules import passkeys_work_at

# A code is good for its own half minute and one on either side; it must not work twice in that time.
CODE_LIFE = 120


def _words(form: forms.BaseForm, name: str, label: Any, hint: Any = "", **attrs: str) -> None:
    """Put our label and hint on a field and take allauth's placeholder off: a placeholder is no label."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class SignInForm(LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, "login", _("Your e-mail address at work"), autocomplete="username")
        _words(self, "password", _("Your password"))

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Go on to the second step, and leave no address in the session on the way."""
        self._login.email = None
        return super().login(request, redirect_url=redirect_url)


class NewPasswordForm(ChangePasswordForm):
    """A new password for who knows the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, "oldpassword", _("Your present password"))
        _words(self, "password1", _("Your new password"), LONG_ENOUGH)
        _words(self, "password2", _("The new password once more"))

    def add_error(self, field: str | None, error: Any) -> None:
        """Say in our words that the two differ; it is the only thing that can be wrong with the second."""
        super().add_error(field, _("Type the same new password twice.") if field == "password2" else error)


class FirstPasswordForm(SetPasswordForm):
    """The first password, by the link that a place's administrator gives."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, "new_password1", _("Your new password"), LONG_ENOUGH)
        _words(self, "new_password2", _("The new password once more"))
        self.error_messages = {**self.error_messages, "password_mismatch": _("Type the same new password twice.")}
        self.fields["new_password1"].error_messages["required"] = _("Type your new password.")
        self.fields["new_password2"].error_messages["required"] = _("Type the new password once more.")

    def validate_password_for_user(self, user: Any, *args: Any) -> None:
        """Say what is wrong with a password where it is typed first."""
        super().validate_password_for_user(user, "new_password1")


class OnceOnlyCode:
    """A code of the app works once, also at the edge of its half minute. Mixed into allauth's forms."""

    def clean_code(self) -> str:
        """Check the code, then refuse one that was used a moment ago."""
        code: str = super().clean_code()  # type: ignore[misc]
        used = crypto.blind_index(f"{self.user.pk}:{code}", purpose="totp-used")  # type: ignore[attr-defined]
        if not caches["shared"].add(f"naast.totp.{used}", 1, timeout=CODE_LIFE):
            raise forms.ValidationError(_("This code was used a moment ago. Wait for the next one."))
        return code


class CodeForm(OnceOnlyCode, AuthenticateForm):
    """The second step of signing in: a code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, "code", _("Your code"), CODE_HINT, inputmode="numeric", autocapitalize="off")


class ConfirmCodeForm(OnceOnlyCode, CodeAgainForm):
    """A code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, "code", _("Your code"), CODE_HINT, inputmode="numeric", autocapitalize="off")


class AgainForm(forms.Form):
    """Prove once more who you are, by what this person has: password, code or passkey. One of them is enough.

    The names begin with `again_`, so that the form can stand around fields of any other form.
    """

    again_password = forms.CharField(
        required=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), strip=False
    )
    again_code = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))
    again_passkey = CredentialField(required=False)

    def __init__(self, data: Any = None, *, request: HttpRequest, person: User) -> None:
        super().__init__(data)
        self.request, self.person = request, person
        self.proof: ConfirmCodeForm | AgainWithPasskeyForm | None = None
        kinds = set(Authenticator.objects.filter(user_id=self.person.pk).values_list("type", flat=True))
        has_code = bool(kinds & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES})
        _words(self, "again_password", _("Your password"))
        hint = CODE_INSTEAD if self.person.has_usable_password() else CODE_HINT
        _words(self, "again_code", _("Your code"), hint, inputmode="numeric", autocapitalize="off")
        if not self.person.has_usable_password():
            del self.fields["again_password"]
        if not has_code:
            del self.fields["again_code"]
        self.by_passkey = Authenticator.Type.WEBAUTHN in kinds and passkeys_work_at(request.get_host())
        if not self.by_passkey:
            del self.fields["again_passkey"]

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of all its fields."""
        return tuple(cls.base_fields)

    @classmethod
    def was_sent(cls, sent: Any) -> bool:
        """Tell whether a proof came along with what somebody sent."""
        return any(name in sent for name in cls.base_fields)

    def clean(self) -> dict[str, Any]:
        """Check what was filled in; a wrong one is counted like a wrong sign-in."""
        found = super().clean() or {}
        if self.errors:
            return found
        password, code, passkey = (found.get(name) for name in AgainForm.names())
        if not (password or code or passkey):
            raise forms.ValidationError(_("Type your password or a code."))
        if not ratelimit.consume(self.request, app="allauth.account", action="reauthenticate", user=self.person):
            raise get_adapter().validation_error("too_many_login_attempts")
        if passkey:
            self.proof = AgainWithPasskeyForm({"credential": passkey}, user=self.person)
            self._take_over("credential", "again_passkey")
        elif code:
            self.proof = ConfirmCodeForm({"code": code}, user=self.person)
            self._take_over("code", "again_code")
        elif not get_adapter().reauthenticate(self.person, password):
            self.add_error("again_password", get_adapter().error_messages["incorrect_password"])
        return found

    def _take_over(self, theirs: str, ours: str) -> None:
        """Show what the form of one way found wrong beside our own field."""
        assert self.proof is not None  # noqa: S101 - set just before
        for wrong in self.proof.errors.get(theirs, []):
            self.add_error(ours, wrong)

    def save(self) -> None:
        """Note in this session that it was proved just now, under a new session key."""
        if self.proof:
            self.proof.save()
        else:
            reauthenticate_by_password(self.request)
        self.request.session.cycle_key()


class SetUpForm(OnceOnlyCode, ActivateTOTPForm):
    """The first code, which proves that the app and the house know the same secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, "code", _("The six digits in your app"), inputmode="numeric", autocapitalize="off")


LONG_ENOUGH = _("At least 15 characters. A sentence that only you know works well. Pasting is fine.")
CODE_HINT = _("Six digits from your app, or one of your recovery codes.")
CODE_INSTEAD = _("Or, instead of your password: six digits from your app, or a recovery code.")
