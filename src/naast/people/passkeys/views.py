"""Pages about passkeys on somebody's own account: add, rename, remove."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from naast.core.sharing import outside
from naast.people.actions import NotYours
from naast.people.again import fresh_sign_in
from naast.people.middleware import has_second_factor
from naast.people.models import User
from naast.people.passkeys import actions, queries
from naast.people.passkeys.forms import AddForm, NameForm, as_json
from naast.people.passkeys.rules import passkeys_work_at
from naast.people.policy import needs, signed_in


@fresh_sign_in()
def add(request: HttpRequest) -> HttpResponse:
    """Add a passkey; for who has no second step yet it also proves this session, as setting up the app does."""
    person = request.user
    if not isinstance(person, User):
        return HttpResponseRedirect(outside("account_login"))
    proved = has_second_factor(request)
    if not proved and queries.has_factor(person):
        logout(request)  # a password alone never adds a way in beside the one that is there
        return HttpResponseRedirect(outside("account_login"))
    works = passkeys_work_at(request.get_host())
    form = AddForm(request.POST if request.method == "POST" else None, person=person)
    if works and form.is_bound and form.is_valid():
        made, codes_wait = actions.add_passkey(
            user=person, name=form.cleaned_data["name"], credential=form.cleaned_data["credential"]
        )
        if not proved:
            record_authentication(request, person, "mfa", id=made.pk, type=made.type)
            request.session.cycle_key()
        if codes_wait:
            return HttpResponseRedirect(outside("mfa_view_recovery_codes"))
        return HttpResponseRedirect(f"{outside('people:account')}?sleutel=erbij")
    context = {
        "form": form,
        "works": works,
        "first": not proved,
        "host": request.get_host(),
        "passkey": {
            "act": "make",
            "label": _("Make the passkey"),
            "options": as_json(queries.options_to_add(person)) if works else "",
            "main": True,
        },
    }
    return render(request, "people/passkeys/add.html", context)


@needs("people.own")
def rename(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Give one of my passkeys another name."""
    person = signed_in(request)
    passkey = _mine(person, passkey_id)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": passkey.name})
    if form.is_bound and form.is_valid():
        actions.rename_passkey(user=person, passkey_id=passkey_id, name=form.cleaned_data["name"])
        return HttpResponseRedirect(f"{outside('people:account')}?sleutel=naam")
    return render(request, "people/passkeys/rename.html", {"form": form, "key": passkey})


@needs("people.own")
@fresh_sign_in()
def remove(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Take one of my passkeys away, unless it is the last second step."""
    person = signed_in(request)
    passkey = _mine(person, passkey_id)
    last = not queries.factors_of(person).may_remove
    if request.method == "POST":
        try:
            actions.remove_passkey(user=person, passkey_id=passkey_id)
        except actions.LastFactor:
            last = True
        except NotYours as error:  # gone since the page was shown
            raise PermissionDenied from error
        else:
            return HttpResponseRedirect(f"{outside('people:account')}?sleutel=weg")
    return render(request, "people/passkeys/remove.html", {"key": passkey, "last": last})


def _mine(person: User, passkey_id: int) -> queries.Passkey:
    """Return one's own passkey. Raises Http404 for any other."""
    for passkey in queries.factors_of(person).passkeys:
        if passkey.id == passkey_id:
            return passkey
    raise Http404("no passkey of yours")
