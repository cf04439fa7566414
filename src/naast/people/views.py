"""Pages around sign-in: set a password once, the second factor, one's own account and sessions."""

from typing import Any
from uuid import UUID

from allauth.account import views as account
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from naast.core.limits import allow
from naast.core.sharing import outside
from naast.people import actions, again, queries
from naast.people.forms import FirstPasswordForm
from naast.people.policy import needs, signed_in
from naast.people.receivers import STAFF_SESSION
from naast.people.start import first_page, first_page_of_work

sign_in = account.login
sign_out = account.logout
prove_again = again.confirm
code = mfa.authenticate
new_recovery_codes = needs("people.own")(again.fresh_sign_in()(recovery.generate_recovery_codes))


class ChangePasswordView(account.PasswordChangeView):
    """Change the password; who signs in without one has nothing to change."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead an account without a password back to its own page."""
        if not signed_in(request).has_usable_password():
            return HttpResponseRedirect(outside("people:account"))
        return super().dispatch(request, *args, **kwargs)


class SetUpView(totp.ActivateTOTPView):
    """Set up the app on the phone. The code that proves it also proves this session."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the secret in groups of four, for who types it over."""
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        context["secret_groups"] = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the secret and count this session as proved with a second factor."""
        response = super().form_valid(form)
        proved = Authenticator.objects.get(user_id=self.request.user.pk, type=Authenticator.Type.TOTP)
        record_authentication(self.request, self.request.user, "mfa", id=proved.pk, type=proved.type)
        return response


class ReplacePhoneView(totp.DeactivateTOTPView):
    """Take the old phone off the account. The very next page sets up the new one."""

    success_url = reverse_lazy("mfa_activate_totp")

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove the secret; without it this session is half signed in again."""
        response = super().form_valid(form)
        records = self.request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        kept = [record for record in records if record.get("method") != "mfa"]
        self.request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept
        return response


class RecoveryCodesView(recovery.ViewRecoveryCodesView):
    """The recovery codes, shown once."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add where to go on."""
        return {**super().get_context_data(**kwargs), "next_href": first_page(self.request.user)}


set_up = again.fresh_sign_in()(SetUpView.as_view())
change_password = needs("people.own")(ChangePasswordView.as_view())
replace_phone = needs("people.own")(again.fresh_sign_in()(ReplacePhoneView.as_view()))
recovery_codes = needs("people.own")(RecoveryCodesView.as_view())


class SetPasswordView(PasswordResetConfirmView):
    """Set a first password by a link that works once, within three days."""

    form_class = FirstPasswordForm
    template_name = "people/set_password.html"
    success_url = reverse_lazy("account_login")
    post_reset_login = False

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Limit tries like any sign-in."""
        verdict = allow("signin", self.request)
        if not verdict.ok:
            return too_many(self.request, verdict.retry_after)
        return super().dispatch(*args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Set it, end every open session of this account, and go to sign-in, which says so."""
        super().form_valid(form)
        actions.end_other_sessions(user=form.user, keep=None)
        return HttpResponseRedirect(f"{outside('account_login')}?wachtwoord=1")


set_password = sensitive_post_parameters()(SetPasswordView.as_view())


@require_GET
@needs("people.own")
def own_account(request: HttpRequest) -> HttpResponse:
    """Show who I am, what I may see and why, my second step and my open sessions."""
    person = signed_in(request)
    factors = set(Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True))
    work = first_page_of_work(person)
    context = {
        "rights": queries.rights_of(person),
        "sessions": queries.open_sessions(person),
        "this_session": request.session.get(STAFF_SESSION),
        "has_password": person.has_usable_password(),
        "has_app": Authenticator.Type.TOTP in factors,
        "desk_nav": [{"url": work, "label": _("Your work"), "current": False}] if work else [],
        "password_changed": "wachtwoord" in request.GET,
        "session_ended": "beeindigd" in request.GET,
    }
    return render(request, "people/account.html", context)


@require_POST
@needs("people.own")
def end_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """End one of my own sessions, on a device I no longer use."""
    try:
        actions.end_session(user=signed_in(request), session_id=session_id)
    except actions.NotYours as error:
        raise PermissionDenied from error
    return HttpResponseRedirect(f"{outside('people:account')}?beeindigd=1")


@require_POST
@needs("people.own")
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all my sessions but this one."""
    this = request.session.get(STAFF_SESSION)
    actions.end_other_sessions(user=signed_in(request), keep=UUID(this) if this else None)
    return HttpResponseRedirect(f"{outside('people:account')}?beeindigd=1")


def too_many(request: HttpRequest, retry_after: int = 60) -> HttpResponse:
    """Say that it was tried too often, and when to try again."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(retry_after)
    return response
