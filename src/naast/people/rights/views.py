"""What is kept about a colleague, and about yourself: look, take home, forget."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naast.core.takeaway import shown
from naast.people.actions import LastAdministrator
from naast.people.again import fresh_sign_in
from naast.people.models import Grant, User
from naast.people.policy import StaffRequest, needs, signed_in
from naast.people.rights import actions, queries
from naast.people.staffing.actions import WorksElsewhere
from naast.people.staffing.frame import frame, place_or_403
from naast.places.rules import PlaceInfo

RIGHTS = actions.RIGHTS


def _zip(user: User, blob: bytes) -> HttpResponse:
    response = HttpResponse(blob, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="gegevens-{user.pk.hex[:8]}.zip"'
    return response


@require_safe
@needs("people.own")
@fresh_sign_in()
def own(request: StaffRequest) -> HttpResponse:
    """Give somebody all that is kept about themselves."""
    user = signed_in(request)
    return _zip(user, actions.take_home(user=user, by=user))


def _colleague(request: StaffRequest, place: str, user_id: UUID) -> tuple[PlaceInfo, User]:
    """Return the place and somebody who works or worked at it. Raises PermissionDenied, Http404."""
    info = place_or_403(request, place)
    if not Grant.objects.filter(user_id=user_id, scope_kind=info.kind, scope_id=info.id).exists():
        raise Http404
    return info, User.objects.get(pk=user_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHTS)
@fresh_sign_in()
def colleague(request: StaffRequest, place: str, user_id: UUID) -> HttpResponse:
    """Show all that is kept about a colleague; who left can be made nameless."""
    info, user = _colleague(request, place, user_id)
    elsewhere = queries.works_elsewhere(user, request.scopes)
    refused = ""
    if elsewhere:
        refused = _elsewhere()
    elif request.method == "POST" and request.POST.get("sure") != "yes":
        refused = _("Tick that you know that this cannot be undone.")
    elif request.method == "POST":
        try:
            actions.forget(user=user, by=signed_in(request), place=info.slug)
        except WorksElsewhere:
            refused = _("Somebody else gives roles to this person too. Let them close the account first.")
        except LastAdministrator:
            refused = _("This is the last administrator of the place. Give somebody else that role first.")
        else:
            messages.success(request, _("The account is nameless now."))
            return HttpResponseRedirect(reverse("people:place", args=[info.slug]), status=303)
    if not elsewhere:
        actions.look(user=user, by=signed_in(request), place=info)
    context = {
        **frame(request, info, "people:place"),
        "colleague": user,
        "elsewhere": elsewhere,
        "groups": [] if elsewhere else shown(queries.groups(user)),
        "forgotten": queries.is_forgotten(user.pk),
        "refused": refused,
    }
    return render(request, "people/rights/colleague.html", context, status=422 if refused and not elsewhere else 200)


def _elsewhere() -> str:
    return _(
        "This person works or worked for another place too. They take their own file at their account. "
        "Erasing goes by your region."
    )


@require_safe
@needs(RIGHTS)
@fresh_sign_in()
def colleague_file(request: StaffRequest, place: str, user_id: UUID) -> HttpResponse:
    """Give the same as a zip; that somebody took it is logged."""
    info, user = _colleague(request, place, user_id)
    by = signed_in(request)
    if queries.works_elsewhere(user, request.scopes):
        raise PermissionDenied(RIGHTS)
    blob = actions.take_home(user=user, by=by, place=info.slug, role=actions.role_at(by, info))
    return _zip(user, blob)
