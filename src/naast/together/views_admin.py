"""The editors' screens: polls and evenings of their places, and who comes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from naast.core import audit
from naast.people.policy import StaffRequest, needs, signed_in
from naast.people.queries import places_at
from naast.places.rules import PlaceInfo

from . import actions, queries
from .forms import EveningForm, PollForm


def _chosen(request: StaffRequest, slug: str | None) -> tuple[PlaceInfo, list[PlaceInfo]]:
    mine = places_at(request.scopes)
    chosen = next((info for info in mine if slug in (None, info.slug)), None)
    if chosen is None:
        raise Http404
    return chosen, mine


@needs("together.edit")
def overview(request: StaffRequest, place: str | None = None) -> HttpResponse:
    """Polls and evenings of a place."""
    chosen, mine = _chosen(request, place)
    scopes = [scope for scope in request.scopes if scope.id == chosen.id]
    context = {
        "chosen": chosen,
        "mine": mine,
        "polls": queries.views_of(queries.polls_within(scopes)),
        "evenings": queries.evenings_within(scopes),
    }
    return render(request, "together/admin/overview.html", context)


@needs("together.edit")
def poll(request: StaffRequest, place: str, poll_id: str | None = None) -> HttpResponse:
    """Write a poll."""
    chosen, _mine = _chosen(request, place)
    scopes = [scope for scope in request.scopes if scope.id == chosen.id]
    row = queries.polls_within(scopes).filter(pk=poll_id).first() if poll_id else None
    if poll_id and row is None:
        raise Http404
    form = PollForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        actions.save_poll(
            user=signed_in(request),
            place=chosen,
            poll=row,
            options=fields.pop("answers"),
            opens_on=fields.pop("opens_on"),
            closes_on=fields.pop("closes_on"),
            fields=fields,
        )
        return _saved(request, chosen)
    return _form_page(request, chosen, form, (row and row.question) or _("New poll"))


@needs("together.edit")
def evening(request: StaffRequest, place: str, evening_id: str | None = None) -> HttpResponse:
    """Write an evening, and see who comes."""
    chosen, _mine = _chosen(request, place)
    scopes = [scope for scope in request.scopes if scope.id == chosen.id]
    row = queries.evenings_within(scopes).filter(pk=evening_id).first() if evening_id else None
    if evening_id and row is None:
        raise Http404
    form = EveningForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        actions.save_evening(
            user=signed_in(request),
            place=chosen,
            evening=row,
            starts_at=fields.pop("starts_at"),
            ends_at=fields.pop("ends_at"),
            fields=fields,
        )
        return _saved(request, chosen)
    comes = list(row.sign_ups.all()) if row else []
    if comes and row:
        audit.record_read(
            actor=f"staff:{signed_in(request).pk}",
            kind="together.Evening",
            record_id=row.pk,
            fields=["sign_ups"],
            place=chosen.slug,
        )
    title = row.title if row else _("New evening")
    return _form_page(
        request, chosen, form, title, comes=comes, evening_id=evening_id, expected=sum(one.together for one in comes)
    )


@needs("together.edit")
@require_POST
def strike(request: StaffRequest, place: str, evening_id: UUID, sign_up_id: UUID) -> HttpResponse:
    """Take somebody off an evening's list."""
    chosen, _mine = _chosen(request, place)
    scopes = [scope for scope in request.scopes if scope.id == chosen.id]
    row = queries.evenings_within(scopes).filter(pk=evening_id).first()
    if row is None:
        raise Http404
    actions.strike(user=signed_in(request), place=chosen, evening=row, sign_up_id=sign_up_id)
    messages.success(request, _("Taken off the list. The seat is free."))
    return HttpResponseRedirect(reverse("together_evening", args=[place, evening_id]))


def _saved(request: StaffRequest, place: PlaceInfo) -> HttpResponse:
    messages.success(request, _("Saved. Readers in %(place)s see it at once.") % {"place": place.name})
    return HttpResponseRedirect(reverse("together_of", args=[place.slug]))


def _form_page(request: StaffRequest, place: PlaceInfo, form: Any, title: str, **more: Any) -> HttpResponse:
    context = {"chosen": place, "form": form, "title": title, **more}
    return render(request, "together/admin/form.html", context, status=422 if form.errors else 200)
