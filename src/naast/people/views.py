"""Pages around sign-in: set a password once, the second factor, one's own account and sessions."""

from typing import Any
from uuid import UUID

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import Login
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from naast.core.limits import allow
from naast.core.sharing import outside
from naast.people import actions, again, bursts, queries
from naast.people.forms import FirstPasswordForm
from naast.people.middleware import has_second_factor
from naast.people.passkeys.forms import SignInWithPasskeyForm, as_json
from naast.people.passkeys.queries import factors_of, has_factor, options_to_use
from naast.people.passkeys.rules import passkeys_work_at
from naast.people.policy import needs, signed_in
from naast.people.receivers import STAFF_SESSION
from naast.people.recovery import HashedCodes, codes_left
from naast.people.staffing.actions import accept
from naast.people.start import first_page, first_page_of_work


class SignInView(account.LoginView):
    """Address and password, or a passkey for both steps at once."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the page; the button for a passkey asks here what the browser needs, so that a mere visit keeps nothing."""
        if "sleutel" in request.GET and passkeys_work_at(request.get_host()):
            return JsonResponse(options_to_use(None))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Sign in with what was sent."""
        if "credential" not in request.POST or request.POST.get("login") or request.POST.get("password"):
            return super().post(request, *args, **kwargs)
        form = SignInWithPasskeyForm(request.POST)
        if not form.is_valid():
            bursts.noticed("")  # whose passkey it was to be is not ours to know
            return self.render_to_response(
                self.get_context_data(form=self.form_class(request=request), passkey_form=form)
            )
        passkey = form.cleaned_data["credential"]
        login = Login(user=passkey.user, redirect_url=self.get_success_url())
        return perform_passwordless_login(request, passkey, login)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the button, where passkeys work."""
        context = super().get_context_data(**kwargs)
        if passkeys_work_at(self.request.get_host()):
            context["passkey"] = {"act": "use", "label": _("Sign in with a passkey"), "ask": "?sleutel=1"}
        return context


class CodeView(mfa.AuthenticateView):
    """The second step: a code of the app, a recovery code, or a passkey."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which ways this person has, and hand the browser what it needs for a passkey."""
        person = self.stage.login.user
        factors = factors_of(person)
        context: dict[str, Any] = {"form": self.auth_form, "webauthn_form": self.webauthn_form, "factors": factors}
        if factors.passkeys and passkeys_work_at(self.request.get_host()):
            options = as_json(options_to_use(person))
            context["passkey"] = {"act": "use", "label": _("Use your passkey"), "options": options, "main": True}
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        """Let them in, and say how many recovery codes are left after one was used."""
        response = super().form_valid(form)
        used = getattr(form, "authenticator", None)
        if used is not None and used.type == Authenticator.Type.RECOVERY_CODES:
            messages.warning(self.request, codes_left_words(codes_left(used.user) or 0))
        return response


def codes_left_words(left: int) -> str:
    """Say how many recovery codes are left."""
    if not left:
        return _("That was your last recovery code. Make new ones on the page of your account.")
    return ngettext(
        "You used a recovery code. You have %(left)s left.", "You used a recovery code. You have %(left)s left.", left
    ) % {"left": left}


sign_in = SignInView.as_view()
sign_out = account.logout
prove_again = again.confirm
code = CodeView.as_view()
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

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let nobody set up a way in beside the one that is there with a password alone."""
        if not request.user.is_authenticated:
            return HttpResponseRedirect(outside("account_login"))
        if not has_second_factor(request) and has_factor(signed_in(request)):
            logout(request)
            return HttpResponseRedirect(outside("account_login"))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the secret in groups of four, for who types it over."""
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        context["secret_groups"] = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        context["first"] = not has_second_factor(self.request)
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the secret, and count this session as proved with a second factor under a new key."""
        response = super().form_valid(form)
        proved = Authenticator.objects.get(user_id=self.request.user.pk, type=Authenticator.Type.TOTP)
        record_authentication(self.request, self.request.user, "mfa", id=proved.pk, type=proved.type)
        self.request.session.cycle_key()
        return response


class ReplacePhoneView(SetUpView):
    """Set up a new phone. The old one works until the new one has shown its first code: there is no moment without."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Skip allauth's own leading away of who has a phone."""
        return super(totp.ActivateTOTPView, self).dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say that it is a new one."""
        return {**super().get_context_data(**kwargs), "replacing": True}

    @method_decorator(transaction.atomic)
    def form_valid(self, form: Any) -> HttpResponse:
        """Take the old phone off and put the new one on, both or neither."""
        Authenticator.objects.filter(user_id=self.request.user.pk, type=Authenticator.Type.TOTP).delete()
        return super().form_valid(form)

    def get_success_url(self) -> str:
        """Lead back to one's own page, which says so."""
        return f"{outside('people:account')}?telefoon=1"


def recovery_codes_page(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes, the only time that they can be read; later how many are left."""
    person = signed_in(request)
    row = Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    if row is None:
        raise Http404("no recovery codes")
    codes = HashedCodes(row)
    shown = codes.show_once() if request.method == "GET" else []
    context = {"codes": [_in_fours(code) for code in shown], "left": codes.left, "next_href": first_page(person)}
    return render(request, "mfa/recovery_codes/index.html", context)


def _in_fours(code: str) -> str:
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


set_up = again.fresh_sign_in()(SetUpView.as_view())
change_password = needs("people.own")(ChangePasswordView.as_view())
replace_phone = needs("people.own")(again.fresh_sign_in()(ReplacePhoneView.as_view()))
recovery_codes = needs("people.own")(again.fresh_sign_in()(recovery_codes_page))


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
        accept(user=form.user, by_link=True)
        return HttpResponseRedirect(f"{outside('account_login')}?wachtwoord=1")


set_password = sensitive_post_parameters()(SetPasswordView.as_view())


@require_GET
@needs("people.own")
def own_account(request: HttpRequest) -> HttpResponse:
    """Show who I am, what I may see and why, my second step and my open sessions."""
    person = signed_in(request)
    work = first_page_of_work(person)
    context = {
        "rights": queries.rights_of(person),
        "sessions": queries.open_sessions(person),
        "this_session": request.session.get(STAFF_SESSION),
        "has_password": person.has_usable_password(),
        "factors": factors_of(person),
        "desk_nav": [{"url": work, "label": _("Your work"), "current": False}] if work else [],
        "password_changed": "wachtwoord" in request.GET,
        "session_ended": "beeindigd" in request.GET,
        "phone_replaced": "telefoon" in request.GET,
        "passkey_did": request.GET.get("sleutel", ""),
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
