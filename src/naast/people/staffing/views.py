"""The administrator's screens: the people of a place, who can see what, inviting, roles, who leaves."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from naast.core import audit
from naast.core.sheets import csv_of
from naast.people import actions as people
from naast.people.administrators import LastAdministrator
from naast.people.again import fresh_sign_in
from naast.people.models import User
from naast.people.policy import StaffRequest, needs, signed_in, why
from naast.people.policy_table import TABLE
from naast.people.queries import places_at
from naast.people.staffing import actions, queries, shown, work
from naast.people.staffing.forms import InviteForm, RoleForm, UntilForm
from naast.people.staffing.frame import frame, place_or_403
from naast.people.staffing.models import Invitation
from naast.places.rules import PlaceInfo

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
@needs(queries.READ)
def home(request: StaffRequest) -> HttpResponse:
    """Begin at the first place; its page leads to the others."""
    mine = places_at(request.scopes)
    if not mine:
        raise Http404
    return HttpResponseRedirect(reverse("people:place", args=[mine[0].slug]))


@require_safe
@needs(queries.READ)
def table(request: StaffRequest, place: str) -> HttpResponse:
    """Show everybody whose role counts at a place, in one table."""
    info = place_or_403(request, place)
    user = signed_in(request)
    lines = queries.people_of(info, user)
    context = {
        **frame(request, info, "people:place"),
        "lines": [shown.line_of(line, info) for line in lines],
        "may_grant": queries.may_grant(user, queries.scope_of(info)),
        "without_factor": sum(1 for line in lines if line.user.is_active and not line.second_factor),
    }
    return render(request, "people/staffing/table.html", context)


@require_safe
@needs(queries.READ)
def matrix(request: StaffRequest, place: str) -> HttpResponse:
    """Show who can see and do what at a place, in plain words; "wat" narrows to who can do one thing."""
    info = place_or_403(request, place)
    lines = queries.people_of(info, signed_in(request))
    wanted = request.GET.get("wat", "")
    chosen = wanted if wanted in TABLE else ""
    if chosen:
        lines = [line for line in lines if chosen in line.can]
    context = {
        **frame(request, info, "people:matrix"),
        "rows": [shown.matrix_row(line, info) for line in lines],
        "groups": shown.group_names(),
        "options": shown.options(),
        "what": chosen,
        "what_phrase": queries.phrase(chosen) if chosen else "",
    }
    return render(request, "people/staffing/matrix.html", context)


@require_safe
@needs(queries.READ)
@fresh_sign_in()
def matrix_sheet(request: StaffRequest, place: str) -> HttpResponse:
    """Give the same as a sheet: a line a person, a column for each thing that can be done. The export is logged."""
    info = place_or_403(request, place)
    user = signed_in(request)
    columns, rows = shown.sheet(queries.people_of(info, user))
    held = why(user, queries.READ, queries.scope_of(info))
    audit.record(
        actor=people.actor_of(user),
        act="export",
        kind="people.Grant",
        record_id=info.id,
        place=info.slug,
        role=held.role if held else "",
    )
    response = HttpResponse(csv_of(columns, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="wie-ziet-wat-{info.slug}.csv"'
    return response


@require_http_methods(GET_OR_POST)
@needs(queries.GRANT)
@fresh_sign_in()
def invite(request: StaffRequest, place: str) -> HttpResponse:
    """Invite somebody: name, address, role, until when."""
    info = place_or_403(request, place)
    form = InviteForm(request.POST or None, place=info)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user, invitation = actions.invite(
                by=signed_in(request),
                place=info,
                email=data["email"],
                display_name=data["display_name"],
                role=data["role"],
                scope=form.scope,
                ends=data["ends"],
            )
        except actions.NotToYourself:
            form.add_error("email", _not_to_yourself())
        else:
            said = _("The invitation for %(name)s goes out.") if invitation else _("%(name)s has the role now.")
            messages.success(request, said % {"name": user.display_name})
            return _to("people:place", info.slug)
    return _form(
        request,
        info,
        form=form,
        title=_("Invite somebody"),
        intro=_(
            "They get a mail with a link that works once, for three days. They choose a password and set up a second step."
        ),
        send=_("Send the invitation"),
        mandate=queries.mandate_for("grant-roles", info),
        ask_mandate=True,
    )


@require_POST
@needs(queries.GRANT)
@fresh_sign_in()
def invitation(request: StaffRequest, place: str, invitation_id: UUID) -> HttpResponse:
    """Send an invitation again, or take it back."""
    info = place_or_403(request, place)
    row = Invitation.objects.within([queries.scope_of(info)]).select_related("user").filter(pk=invitation_id).first()
    act = {"again": actions.send_again, "withdraw": actions.withdraw}.get(request.POST.get("do", ""))
    if row is None or act is None:
        raise Http404
    said = {
        "again": _("A new link for %(name)s goes out. The one before stops working."),
        "withdraw": _("The invitation for %(name)s is taken back. The link opens nothing any more."),
    }[request.POST["do"]]
    try:
        act(by=signed_in(request), invitation=row)
    except actions.AlreadyOver:
        said = _("The invitation for %(name)s was used or taken back already.")
    messages.success(request, said % {"name": row.user.display_name})
    return _to("people:place", info.slug)


def _person(request: StaffRequest, place: str, user_id: UUID) -> tuple[PlaceInfo, queries.PersonLine]:
    info = place_or_403(request, place)
    line = queries.person_at(info, user_id, signed_in(request))
    if line is None:
        raise Http404
    return info, line


@require_safe
@needs(queries.READ)
def person(request: StaffRequest, place: str, user_id: UUID) -> HttpResponse:
    """Show one person: roles, what they can do here, and what an administrator may change."""
    info, line = _person(request, place, user_id)
    by = signed_in(request)
    grants = queries.may_grant(by, queries.scope_of(info))
    context = {
        **frame(request, info, "people:place"),
        "line": shown.line_of(line, info),
        "can": shown.can_of(line),
        "may_grant": grants and not line.from_region,
        "may_give": grants and line.user.pk != by.pk,
        "is_self": line.user.pk == by.pk,
    }
    return render(request, "people/staffing/person.html", context)


@require_http_methods(GET_OR_POST)
@needs(queries.GRANT)
@fresh_sign_in()
def give_role(request: StaffRequest, place: str, user_id: UUID) -> HttpResponse:
    """Give one more role to somebody of the place."""
    info, line = _person(request, place, user_id)
    form = RoleForm(request.POST or None, place=info)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.give_role(
                by=signed_in(request), user=line.user, role=data["role"], scope=form.scope, ends=data["ends"]
            )
        except actions.NotToYourself:
            form.add_error("role", _not_to_yourself())
        else:
            messages.success(request, _("%(name)s has the role now.") % {"name": line.user.display_name})
            return _to("people:person", info.slug, line.user.pk)
    return _form(
        request,
        info,
        form=form,
        title=_("Give a role to %(name)s") % {"name": line.user.display_name},
        send=_("Give the role"),
        back=reverse("people:person", args=[info.slug, line.user.pk]),
        mandate=queries.mandate_for("grant-roles", info),
        ask_mandate=True,
    )


@require_http_methods(GET_OR_POST)
@needs(queries.GRANT)
@fresh_sign_in()
def role(request: StaffRequest, place: str, user_id: UUID, grant_id: UUID) -> HttpResponse:
    """Change the last day of a role, or end it now."""
    info, line = _person(request, place, user_id)
    found = next((one for one in line.roles if one.grant.pk == grant_id and one.changeable), None)
    if found is None:
        raise Http404
    by, ending = signed_in(request), request.POST.get("do") == "end"
    form = UntilForm(None if ending else request.POST or None, initial={"ends": found.grant.ends})
    refused = ""
    if request.method == "POST":
        try:
            if ending:
                went = actions.end_role(by=by, grant=found.grant)
                messages.success(request, _("The role ended.") + _went_back(went))
                return _after(info, line, by)
            if form.is_valid():
                actions.change_until(by=by, grant=found.grant, ends=form.cleaned_data["ends"])
                messages.success(request, _("The last day is changed."))
                return _to("people:person", info.slug, line.user.pk)
        except actions.NotToYourself:
            form.add_error("ends", _not_to_yourself())
        except LastAdministrator:
            refused = _last_administrator()
        except ValueError:
            form.add_error("ends", _("The last day is before the first."))
    return _form(
        request,
        info,
        form=form,
        refused=refused,
        title=_("%(name)s: %(role)s at %(where)s")
        % {"name": line.user.display_name, "role": found.role_name, "where": found.where},
        send=_("Change the last day"),
        end=_("End this role now"),
        held=work.open_work(line.user),
        back=reverse("people:person", args=[info.slug, line.user.pk]),
    )


@require_http_methods(GET_OR_POST)
@needs(queries.GRANT)
@fresh_sign_in()
def leaves(request: StaffRequest, place: str, user_id: UUID) -> HttpResponse:
    """Close the account of somebody who no longer works here: first what happens, then the button."""
    info, line = _person(request, place, user_id)
    refused = ""
    if request.method == "POST":
        try:
            went = actions.leaves_service(by=signed_in(request), user=line.user)
        except actions.WorksElsewhere:
            refused = _("%(name)s also works for another place. End the roles at your place instead.") % {
                "name": line.user.display_name
            }
        except LastAdministrator:
            refused = _last_administrator()
        else:
            said = _("The account of %(name)s is closed.") % {"name": line.user.display_name}
            messages.success(request, said + _went_back(went))
            return _to("people:place", info.slug)
    context = {
        **frame(request, info, "people:place"),
        "line": shown.line_of(line, info),
        "held": work.open_work(line.user),
        "refused": refused,
    }
    return render(request, "people/staffing/leaves.html", context)


# ---------- words and ways


def _not_to_yourself() -> str:
    return _("Nobody gives themselves a role. Ask another administrator, or the region's.")


def _last_administrator() -> str:
    return _("This is the last administrator of the place. Give somebody else that role first.")


def _went_back(number: int) -> str:
    if not number:
        return ""
    words = ngettext(
        "%(number)d open question went to who stands in, or back to the list.",
        "%(number)d open questions went to who stands in, or back to the list.",
        number,
    )
    return " " + words % {"number": number}


def _after(info: PlaceInfo, line: queries.PersonLine, by: User) -> HttpResponse:
    """Go on to the person when they still stand in the table, else to the table; who ended their own role, to themselves."""
    if line.user.pk == by.pk:
        return _to("people:account")
    if queries.person_at(info, line.user.pk, by):
        return _to("people:person", info.slug, line.user.pk)
    return _to("people:place", info.slug)


def _to(name: str, *args: Any) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=args), status=303)


def _form(request: StaffRequest, info: PlaceInfo, **context: Any) -> HttpResponse:
    """Show a form of these screens; where the answer is a refusal the status stays 200: the page says what to do."""
    full = {**frame(request, info, "people:place"), "back": reverse("people:place", args=[info.slug]), **context}
    return render(request, "people/staffing/form.html", full)
