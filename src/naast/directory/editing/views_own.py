"""The provider's own screens, and the contact for professionals: outside the editors' admin, calm, also on a phone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from naast.core import audit, clock
from naast.directory.editing import actions, offers, queries, rules, shown
from naast.directory.editing.forms import ContactForm, ProposalForm, RuleForm
from naast.directory.editing.models import Change, ChangeState, PlaceRule
from naast.directory.editing.views_editor import EDIT, by, offer_or_404, scopes_of
from naast.directory.keeping import actions as keeping
from naast.directory.models import Offer, Organisation, State
from naast.directory.rules import COUNTRY, RecordError
from naast.directory.waiting import rules as waiting_rules
from naast.directory.waiting import shown as waiting_shown
from naast.people.policy import StaffRequest, needs, scopes_for, signed_in
from naast.people.queries import places_at
from naast.places import queries as places

OWN, CONTACTS, RULES = "directory.own", "directory.contacts", "directory.rules"


def _frame(request: StaffRequest) -> dict[str, Any]:
    names = Organisation.objects.filter(pk__in=[scope.id for scope in scopes_of(request)]).values_list(
        "name", flat=True
    )
    return {
        "desk_name": ", ".join(names),
        "desk_href": reverse("own:home"),
        "desk_nav": [{"url": reverse("own:home"), "label": _("Our help"), "current": True}],
    }


def _own_or_404(request: StaffRequest, offer_id: UUID) -> Offer:
    """Return an offer of the provider's own organisation. Raises Http404 for another's, known or not."""
    found = queries.whole(queries.own(scopes_of(request)).filter(pk=offer_id)).first()
    if found is None:
        raise Http404
    return found


def _to(offer: Offer) -> HttpResponse:
    response = HttpResponseRedirect(reverse("own:offer", args=[offer.pk]))
    response.status_code = 303
    return response


@needs(OWN)
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """Show a provider their own offers: what readers see, when to look again, what waits for the editors."""
    rows = list(queries.whole(queries.own(scopes_of(request))))
    open_ones = set(Change.objects.filter(offer__in=rows, state=ChangeState.OPEN).values_list("offer_id", flat=True))
    lines = [{**shown.offer_line(row), "waits": row.pk in open_ones} for row in rows]
    lines.sort(key=lambda line: (line["offer"].state != State.OPEN, not line["due"], line["offer"].name))
    return render(request, "directory/editing/own/home.html", {**_frame(request), "lines": lines})


@needs(OWN)
@require_safe
def offer(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    """Show a provider one of their offers: still true, waiting time, changes and what became of them."""
    row = _own_or_404(request, offer_id)
    changes = queries.proposals_by_others(row)[:20]
    place = queries.keeper_of(row) or next(
        (info for area in row.areas.all() if (info := places.by_id(area.place_id)) and info.takes_part), None
    )
    context = {
        **_frame(request),
        "offer": row,
        "line": shown.offer_line(row),
        "editors": place.name if place else "",
        "address": f"/{place.slug}/hulp/{row.slug}/" if place and row.state == State.OPEN else "",
        "changes": [shown.change_words(change) for change in changes],
        "waiting": waiting_shown.choices(row),
        "waiting_words": waiting_shown.words(row),
        "history": waiting_shown.history(row),
        "crumbs": [{"url": reverse("own:home"), "label": _("Our help")}],
        "running": row.state in (State.OPEN, State.HIDDEN),
        "mine_by": by(request),
    }
    return render(request, "directory/editing/own/offer.html", context)


@needs(OWN)
@require_POST
def still_true(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    """Say that an offer is still true, or how long people wait now."""
    row = _own_or_404(request, offer_id)
    weeks = waiting_rules.weeks_of(request.POST.get("wachttijd", ""))
    if weeks is not None:
        if keeping.by_provider(offer=row, weeks=weeks, by=by(request)):
            messages.success(request, _("Noted. Readers see this waiting time with today’s date."))
        else:
            messages.success(request, _("Sent. The editors look at it; until then readers see what stood there."))
    elif row.state in (State.OPEN, State.HIDDEN):
        offers.confirm(offer=row, by=by(request))
        messages.success(request, _("Thank you. Readers see that this was true today."))
    if request.POST.get("lijst"):  # said in the list: the next one stands there
        response = HttpResponseRedirect(reverse("own:home"))
        response.status_code = 303
        return response
    return _to(row)


@needs(OWN)
def propose(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    """Change an offer: what is typed goes to the editors as a proposal."""
    row = _own_or_404(request, offer_id)
    facts = queries.facts_of(row)
    mine = Change.objects.filter(offer=row, by=by(request), state=ChangeState.OPEN).first()
    proposed = {name: field["new"] for name, field in mine.fields.items()} if mine else {}
    form = ProposalForm(
        request.POST or None,
        areas=_areas(row, facts),
        facts={**facts, **{name: value for name, value in proposed.items() if name != rules.STATE}},
        initial={"note": mine.note, "ended": rules.STATE in proposed} if mine else {},
    )
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.facts().items() if name in rules.PROPOSABLE}
        # a waiting time that still waits for the editors is said elsewhere and stays in the same proposal
        values |= {name: value for name, value in proposed.items() if name in rules.WAITING}
        try:
            change = actions.propose(
                offer=row,
                values=values,
                by=by(request),
                ended=form.cleaned_data["ended"] and row.state in (State.OPEN, State.HIDDEN),
                note=form.cleaned_data["note"],
            )
        except RecordError as error:
            form.add_problems(error.problems)
        else:
            messages.success(request, _said(change))
            return _to(row)
    context = {
        **_frame(request),
        "offer": row,
        "form": form,
        "mine": mine,
        "crumbs": [
            {"url": reverse("own:home"), "label": _("Our help")},
            {"url": reverse("own:offer", args=[row.pk]), "label": row.name},
        ],
    }
    return render(request, "directory/editing/own/propose.html", context, status=422 if form.errors else 200)


def _said(change: Change | None) -> str:
    if change is None:
        return str(_("Nothing differs from what readers see. There is nothing to send."))
    if change.live and set(change.live) == set(change.fields):
        return str(_("Readers see it at once. The editors look at it afterwards."))
    return str(_("Sent. The editors look at it; until then readers see what stood there."))


def _areas(row: Offer, facts: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the places to choose from: what it serves now, and the municipalities of the same regions."""
    now = [info for area in row.areas.all() if (info := places.by_id(area.place_id))]
    regions = {region.slug: region for info in now if (region := info if info.is_region else places.region_of(info))}
    found = {info.slug: info.name for info in now}
    for region in regions.values():
        found |= {region.slug: region.name} | {info.slug: info.name for info in places.members(region)}
    return list(found.items())


@needs(OWN)
@require_POST
def withdraw(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    """Take one's own open proposal back."""
    row = _own_or_404(request, offer_id)
    mine = Change.objects.filter(offer=row, by=by(request), state=ChangeState.OPEN).first()
    if mine:
        actions.withdraw(change=mine, by=by(request))
        messages.success(request, _("Taken back."))
    return _to(row)


# ---------- the contact for professionals, and how a place treats small facts


@needs(CONTACTS)
@require_safe
def contact(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    """Show whom professionals ask about an offer that serves their place; reading is logged."""
    row = queries.whole(_served(request).filter(pk=offer_id)).first()
    if row is None:
        raise Http404
    may_edit = queries.editable(scopes_for(signed_in(request), EDIT)).filter(pk=row.pk).exists()
    return _contact_page(request, row, None, may_edit=may_edit)


@needs(EDIT)
@require_POST
def save_contact(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    """Write whom professionals ask about an offer that this editor keeps."""
    row = offer_or_404(request, offer_id)
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _contact_page(request, row, form, may_edit=True)
    actions.save_contact(offer=row, text=form.cleaned_data["text"], by=by(request))
    messages.success(request, _("Saved. Only professionals who signed in read it."))
    response = HttpResponseRedirect(reverse("own:contact", args=[row.pk]))
    response.status_code = 303
    return response


def _contact_page(request: StaffRequest, row: Offer, form: ContactForm | None, *, may_edit: bool) -> HttpResponse:
    found = actions.contact_of(row)
    if found is not None:
        audit.record_read(actor=by(request), kind="directory.ProfessionalContact", record_id=found.pk)
    if may_edit and form is None:
        form = ContactForm(initial={"text": found.text if found else ""})
    context = {
        "offer": row,
        "contact": found,
        "form": form,
        "may_edit": may_edit,
        "desk_name": _("For professionals"),
        "old": found is not None and found.checked_on < clock.today() - actions.KEEP_CONTACT / 2,
    }
    return render(request, "directory/editing/contact.html", context, status=422 if form and form.errors else 200)


def _served(request: StaffRequest) -> Any:
    """Return the offers that serve the places of this person: of the place itself, of its region, of the country."""
    ids = {scope.id for scope in scopes_of(request)}
    for scope in scopes_of(request):
        place = places.by_id(scope.id)
        region = places.region_of(place) if place else None
        if region:
            ids.add(region.id)
    country = places.by_slug(COUNTRY)
    wanted = ids | ({country.id} if country else set())
    return Offer.objects.filter(areas__place_id__in=wanted).exclude(state=State.MERGED).distinct()


@needs(RULES)
def small_facts(request: StaffRequest, place: str) -> HttpResponse:
    """Choose how a place treats small facts that providers change."""
    chosen = next((info for info in places_at(scopes_of(request)) if info.slug == place), None)
    if chosen is None:
        raise Http404
    row = PlaceRule.objects.filter(place_id=chosen.id).first()
    form = RuleForm(request.POST or None, initial={"small_facts_live": bool(row and row.small_facts_live)})
    if request.method == "POST" and form.is_valid():
        actions.set_rule(place_id=chosen.id, small_facts_live=form.cleaned_data["small_facts_live"], by=by(request))
        messages.success(request, _("Saved. It holds from now on."))
        response = HttpResponseRedirect(request.path)
        response.status_code = 303
        return response
    return render(request, "directory/editing/rule.html", {"chosen": chosen, "form": form, "desk_name": chosen.name})
