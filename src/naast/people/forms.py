"""Forms of sign-in in our own words; what they check is allauth's."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from naast.core import crypto

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


class PasswordAgainForm(ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, "password", _("Your password"))


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


class SetUpForm(OnceOnlyCode, ActivateTOTPForm):
    """The first code, which proves that the app and the house know the same secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, "code", _("The six digits in your app"), inputmode="numeric", autocapitalize="off")


LONG_ENOUGH = _("At least 15 characters. A sentence that only you know works well. Pasting is fine.")
CODE_HINT = _("Six digits from your app, or one of your recovery codes.")
