"""Days away: one's own, and of colleagues for who looks after them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from naast.people.models import Absence, User
from naast.people.policy import StaffRequest, held, needs, scopes_for, signed_in
from naast.people.staffing import actions, queries
from naast.people.staffing.forms import AbsenceForm
from naast.people.staffing.frame import frame


def _colleagues(user: User) -> list[User]:
    """Return whose absence this person may note: themselves first, then the people at the scopes they look after."""
    others = queries.colleagues_at(scopes_for(user, queries.ABSENCE))
    return [user, *(one for one in others if one.pk != user.pk)]


@require_http_methods(["GET", "HEAD", "POST"])
@needs("people.own")
def absence(request: StaffRequest) -> HttpResponse:
    """Show who is away and will be, and note days away with who stands in."""
    user = signed_in(request)
    people = _colleagues(user)
    near = queries.colleagues_at({one.scope for one in held(user)} | scopes_for(user, queries.ABSENCE))
    form = AbsenceForm(
        request.POST or None, people=people, deputies=near if len(people) > 1 else _others(near, user), own=user
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.note_absence(
                by=user,
                user=form.people[data["who"]],
                starts=data["starts"],
                ends=data["ends"],
                deputy=form.deputies.get(data["deputy"]),
            )
        except actions.AbsenceRefused as refused:
            form.refuse(refused.faults)
        else:
            messages.success(request, _("Noted. New questions go to who is there."))
            return _back()
    context = {
        **frame(request, None, "people:absence"),
        "form": form,
        "absences": queries.absences_of([one.pk for one in people]),
        "for_others": len(people) > 1,
        "own": user,
        "stands_in": queries.standing_in_for(user),
    }
    return render(request, "people/staffing/absence.html", context)


def _others(people: list[User], user: User) -> list[User]:
    return [one for one in people if one.pk != user.pk]


@require_POST
@needs("people.own")
def end(request: StaffRequest, absence_id: UUID) -> HttpResponse:
    """Say that one is back, or that the days are of no use: one's own."""
    user = signed_in(request)
    return _end(request, Absence.objects.filter(pk=absence_id, user=user).first())


@require_POST
@needs(queries.ABSENCE)
def end_of_colleague(request: StaffRequest, absence_id: UUID) -> HttpResponse:
    """Say that a colleague is back, as who notes their absence."""
    row = Absence.objects.select_related("user").filter(pk=absence_id).first()
    return _end(request, row if row and actions.may_note_absence(signed_in(request), row.user) else None)


def _end(request: StaffRequest, row: Absence | None) -> HttpResponse:
    if row is None:
        raise Http404
    actions.end_absence(by=signed_in(request), absence=row)
    messages.success(request, _("Taken out."))
    return _back()


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("people:absence"), status=303)
