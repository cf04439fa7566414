"""`/loket/gegevens/<place>/register/` and `/dpia/`: to read, to fill in, to decide on, on paper and as a sheet."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from naast.core import audit, clock
from naast.people.again import fresh_sign_in
from naast.people.policy import StaffRequest, needs, signed_in
from naast.places.rules import PlaceInfo
from naast.upkeep.keeping.queries import READ
from naast.upkeep.keeping.views import frame, place_or_403
from naast.upkeep.register import actions, paper, queries, words
from naast.upkeep.register.forms import FORMS, AccountForm
from naast.upkeep.register.models import Account
from naast.upkeep.register.queries import WRITE
from naast.upkeep.register.rules import Kind


def _frame(request: StaffRequest, place: PlaceInfo, kind: Kind) -> dict[str, Any]:
    if kind not in FORMS:
        raise Http404
    name = words.NAMES[kind]
    return {**frame(request, place, f"register:{kind}"), "kind": kind, "name": name, "about": words.ABOUT[kind]}


@require_safe
@needs(READ)
def page(request: StaffRequest, place: str, kind: Kind) -> HttpResponse:
    """Show the whole paper as it would be today, how it stands, and its versions."""
    info = place_or_403(request, place)
    context = _frame(request, info, kind)
    stands = queries.standing(info, kind)
    return render(request, "upkeep/register/page.html", {**context, "stands": stands, "document": stands.document})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(WRITE)
def fill(request: StaffRequest, place: str, kind: Kind) -> HttpResponse:
    """Fill in what only the place knows: keep it as a draft, or decide on it."""
    info = place_or_403(request, place)
    context = _frame(request, info, kind)
    stands = queries.standing(info, kind)
    context["draft"] = stands.draft
    if request.method != "POST":
        return _form(request, context, FORMS[kind](initial=FORMS[kind].initial_of(stands.filled)))
    user, do = signed_in(request), request.POST.get("do", "save")
    if do == "drop":
        actions.drop_draft(user=user, place=info, kind=kind)
        messages.success(request, _("Your draft is gone. Versions that were decided on stay."))
        return _to(info, kind)
    form = FORMS[kind](request.POST)
    if not form.is_valid():
        return _form(request, context, form, status=422)
    if do == "more":
        return _form(request, context, form)
    if do != "decide":
        actions.save_draft(user=user, place=info, kind=kind, filled=form.filled())
        messages.success(request, _("Kept as a draft."))
        return _to(info, kind)
    try:
        actions.decide(user=user, place=info, kind=kind, filled=form.filled())
    except actions.NotComplete as refused:
        form.tell(refused.gaps)
        return _form(request, context, form, status=422)
    messages.success(request, _("Decided. This version stays as it is, whatever changes later."))
    return _to(info, kind)


def _form(request: StaffRequest, context: dict[str, Any], form: AccountForm, status: int = 200) -> HttpResponse:
    return render(request, f"upkeep/register/form_{context['kind']}.html", {**context, "form": form}, status=status)


def _to(place: PlaceInfo, kind: Kind) -> HttpResponse:
    return HttpResponseRedirect(reverse("register:page", args=[place.slug, kind]), status=303)


@require_safe
@needs(READ)
def version(request: StaffRequest, place: str, kind: Kind, version_id: UUID) -> HttpResponse:
    """Show a version as it was decided on."""
    info = place_or_403(request, place)
    context = _frame(request, info, kind)
    row = _version(info, kind, version_id)
    return render(request, "upkeep/register/page.html", {**context, "version": row, "document": row.document})


def _version(place: PlaceInfo, kind: str, version_id: UUID) -> Account:
    row = queries.version(place, kind, version_id)
    if row is None:
        raise Http404
    return row


@require_safe
@needs(READ)
def on_paper(request: StaffRequest, place: str, kind: Kind) -> HttpResponse:
    """Give the paper as it would be today as a tagged PDF. Nobody's data stand in it."""
    info = place_or_403(request, place)
    _frame(request, info, kind)
    return _pdf(queries.standing(info, kind).document, f"{kind}-{info.slug}-{clock.today().isoformat()}")


@require_safe
@needs(READ)
def version_on_paper(request: StaffRequest, place: str, kind: Kind, version_id: UUID) -> HttpResponse:
    """Give a version as a tagged PDF."""
    info = place_or_403(request, place)
    row = _version(info, kind, version_id)
    return _pdf(row.document or {}, f"{kind}-{info.slug}-{row.decided_on}")


def _pdf(document: dict[str, Any], name: str) -> HttpResponse:
    response = HttpResponse(paper.pdf(document), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


@require_safe
@needs(READ)
@fresh_sign_in()
def sheet(request: StaffRequest, place: str) -> HttpResponse:
    """Give the register as a sheet. The export is logged."""
    info = place_or_403(request, place)
    user = signed_in(request)
    found = queries.standing(info, "register").document
    audit.record(actor=f"staff:{user.pk}", act="export", kind="upkeep.Account", record_id=info.id, place=info.slug)
    response = HttpResponse(paper.sheet(found), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="register-{info.slug}.csv"'
    return response
