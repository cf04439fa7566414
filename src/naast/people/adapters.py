"""Our side of django-allauth: what its adapters may do here.

Switched off: opening accounts oneself, mails, ready-made messages, addresses and user agents. Replaced: the network
address by our keyed hash of the day, plain TOTP secrets by encrypted ones. Recipe and pitfalls: trials of sign-in.
"""

import base64
import time
from math import ceil
from typing import Any

import segno
from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from naast.core import crypto
from naast.core.limits import prefix_hash
from naast.core.sharing import outside
from naast.people import attempts, bursts
from naast.people.oidc import queries as oidc
from naast.people.oidc.rules import SIGN_IN_VIA

# What the encryption of sign-in secrets is bound to: rows of another kind cannot be opened as one of these.
BOUND = {"model": "mfa.Authenticator", "record_id": "secret", "field": "data"}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in with an address and a password, for staff that a place added."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and password do not belong together."),
        "incorrect_password": _("This password is not right."),
        "enter_current_password": _("Type your present password."),
        "password_same": _("Type the same new password twice."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account alone: `naast staff add` and place administrators do."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the ready-made messages hold addresses, and our pages say what happened."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: mail leaves through the outbox only."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the keyed hash of the day in place of the address, so that limits work and nothing is kept."""
        return prefix_hash(request)

    def get_http_user_agent(self, request: HttpRequest) -> str:
        """Return nothing: no user agent is ever kept."""
        return ""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check address and password; a closed account reads like a wrong password."""
        found = super().authenticate(request, **credentials)
        return found if found is not None and found.is_active else None

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Lead who has to come in by their municipality to that door, whatever they proved here."""
        refused = super().pre_login(request, user, **kwargs)
        if refused:
            return refused
        demanded = oidc.demanded_of(user)
        if demanded is None or getattr(request, "sign_in_via", "") == demanded.slug:
            return None
        clear_login(request)
        return HttpResponseRedirect(f"{outside('account_login')}?alleen={demanded.slug}")

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Lead back to sign-in an account that was closed between its two steps."""
        return HttpResponseRedirect(outside("account_login"))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the first page of the person's role."""
        from naast.people.start import first_page

        return first_page(request.user)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to sign-in, which says that the session is over, and that a municipality's own may still be open."""
        via = request.session.get(SIGN_IN_VIA)
        return f"{outside('account_login')}?uit=1" + (f"&bij={via}" if via else "")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead to one's own page."""
        return f"{outside('people:account')}?wachtwoord=1"

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Name our one page: it takes whatever this person can prove themselves with."""
        if not user.is_authenticated:
            return []
        return [{"id": "reauthenticate", "description": "", "url": outside("account_reauthenticate")}]

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Check the password of who is signed in; addresses stand in our own table, not in allauth's."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again only when signing in is longer ago than the time-out."""
        records = get_authentication_records(context.request, context.request.user)
        if records and time.time() - records[-1]["at"] < account_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a try while it has to wait, before the password is looked at; says how long."""
        if left := attempts.seconds_to_wait(request, credentials.get("email") or ""):
            minutes = ceil(left / 60)
            words = ngettext(
                "Too many tries. Try again in %(minutes)s minute.",
                "Too many tries. Try again in %(minutes)s minutes.",
                minutes,
            )
            raise ValidationError(words % {"minutes": minutes}, code="too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the failure, for the pause and for noticing a burst."""
        email = credentials.get("email") or ""
        attempts.failed(request, email)
        bursts.noticed(email)

    def _rollback_login_failed_rl_usage(self) -> None:
        """Do nothing: we count failures only."""

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Forget what failed from here, and know this browser again."""
        response = super().post_login(request, user, **kwargs)
        attempts.succeeded(request, user.email)
        if any(record.get("method") == "mfa" for record in get_authentication_records(request, user)):
            attempts.remember_browser(request, response, user)
        return response


class MFAAdapter(DefaultMFAAdapter):
    """The second factor: secrets encrypted, the code drawn by us."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Type the newest code from your app."),
        "cannot_delete_authenticator": _("You cannot switch off the second step."),
    }

    def get_totp_label(self, user: Any) -> str:
        """Return what the app on the phone shows beside the name of the house."""
        return str(user.email)

    def get_totp_issuer(self) -> str:
        """Return the name that the app on the phone shows."""
        return "Naast"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return for whom a passkey is made: this host, under the name of the house."""
        return {"id": context.request.get_host().partition(":")[0], "name": "Naast"}

    def build_totp_svg(self, url: str) -> SafeString:
        """Return the QR code as inline SVG: no picture from elsewhere, nothing the content policy refuses."""
        drawn = segno.make(url, error="m", micro=False).svg_inline(
            scale=6, border=3, dark="#14292e", light="#ffffff", svgclass="naast-qr", lineclass=None, omitsize=False
        )
        return mark_safe(drawn)  # Drawn by us from modules, holds no text

    def encrypt(self, text: str) -> str:
        """Encrypt a TOTP secret or the seed of recovery codes with the key ring."""
        return base64.b64encode(crypto.encrypt(text, **BOUND)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed; raises crypto.Unreadable when it was changed."""
        return crypto.decrypt(base64.b64decode(encrypted_text), **BOUND)
