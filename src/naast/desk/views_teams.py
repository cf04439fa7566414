"""Teams of a place and who knows what: so that a question comes to people who know its subject."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naast.contact import expertise
from naast.contact import queries as contact
from naast.desk.forms import ExpertiseForm, TeamForm
from naast.people.policy import StaffRequest, needs, signed_in
from naast.people.queries import places_at
from naast.people.staffing import actions, queries
from naast.people.staffing.frame import frame, place_or_403
from naast.people.staffing.models import Team
from naast.places.rules import PlaceInfo

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
@needs(queries.TEAMS)
def home(request: StaffRequest) -> HttpResponse:
    """Begin at the first place; its page leads to the others."""
    mine = places_at(request.scopes)
    if not mine:
        raise Http404
    return HttpResponseRedirect(reverse("desk:teams", args=[mine[0].slug]))


@require_safe
@needs(queries.TEAMS)
def teams(request: StaffRequest, place: str) -> HttpResponse:
    """Show the teams of a place with what they know, and what each colleague knows well."""
    info = place_or_403(request, place)
    people = contact.colleagues([info.id])
    known = expertise.known_by(one.pk for one in people)
    labels = contact.subject_labels()
    context = {
        **frame(request, info, "desk:teams"),
        "teams": [
            {"team": team, "knows": [labels[key] for key in team.knows if key in labels]}
            for team in queries.teams_of(info)
        ],
        "people": [
            {"user": one, "kinds": [expertise.NAMES[kind] for kind in known.get(one.pk, ()) if kind in expertise.NAMES]}
            for one in people
        ],
    }
    return render(request, "desk/teams.html", context)


@require_http_methods(GET_OR_POST)
@needs(queries.TEAMS)
def new(request: StaffRequest, place: str) -> HttpResponse:
    """Make a team."""
    return _edit(request, place_or_403(request, place), None)


@require_http_methods(GET_OR_POST)
@needs(queries.TEAMS)
def team(request: StaffRequest, place: str, team_id: UUID) -> HttpResponse:
    """Change a team, or remove it."""
    info = place_or_403(request, place)
    row = Team.objects.within([queries.scope_of(info)]).filter(pk=team_id).first()
    if row is None:
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "remove":
        actions.remove_team(by=signed_in(request), team=row)
        messages.success(request, _("The team is removed. Its people keep their roles."))
        return _back(info)
    return _edit(request, info, row)


def _edit(request: StaffRequest, info: PlaceInfo, row: Team | None) -> HttpResponse:
    initial = {}
    if row:
        members = [str(key) for key in row.members.values_list("pk", flat=True)]
        initial = {"name": row.name, "members": members, "knows": row.knows}
    form = TeamForm(
        request.POST or None,
        initial=initial,
        people=contact.colleagues([info.id]),
        subjects=contact.subject_labels(),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.save_team(
                by=signed_in(request),
                place=info,
                team=row,
                name=data["name"],
                members=[form.people[key] for key in data["members"]],
                knows=data["knows"],
            )
        except ValueError:
            form.add_error("name", _("Another team here has this name. Choose another."))
        else:
            messages.success(request, _("Saved. New questions about these subjects come to this team first."))
            return _back(info)
    title = _("Change a team") if row else _("Make a team")
    context = {**frame(request, info, "desk:teams"), "form": form, "title": title, "team": row}
    return render(request, "desk/team.html", context)


@require_http_methods(GET_OR_POST)
@needs(queries.TEAMS)
def knows(request: StaffRequest, place: str, user_id: UUID) -> HttpResponse:
    """Note what a colleague knows well."""
    info = place_or_403(request, place)
    person = next((one for one in contact.colleagues([info.id]) if one.pk == user_id), None)
    if person is None:
        raise Http404
    kinds = expertise.known_by([person.pk]).get(person.pk, [])
    form = ExpertiseForm(request.POST or None, initial={"kinds": kinds})
    if request.method == "POST" and form.is_valid():
        expertise.note(by=signed_in(request), place=info, user=person, kinds=form.cleaned_data["kinds"])
        messages.success(request, _("Saved."))
        return _back(info)
    title = _("What %(name)s knows well") % {"name": person.display_name}
    context = {**frame(request, info, "desk:teams"), "form": form, "title": title}
    return render(request, "desk/team.html", context)


def _back(info: PlaceInfo) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:teams", args=[info.slug]), status=303)
