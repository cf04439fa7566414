"""Help in the editors' admin: the list, one offer with its history, what providers propose. Thin: rules live elsewhere."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from naast.core import clock
from naast.directory.editing import actions, doubles, merging, offers, queries, shown
from naast.directory.editing.actions import Changed
from naast.directory.editing.forms import OfferForm
from naast.directory.editing.models import Change, ChangeState
from naast.directory.models import Offer, State
from naast.directory.rules import COUNTRY, RecordError
from naast.people.policy import StaffRequest, needs, signed_in
from naast.people.policy_table import REGION
from naast.people.queries import places_at
from naast.people.rules import Scope
from naast.places import queries as places

EDIT = "directory.edit"
PAGE = 50


def by(request: StaffRequest) -> str:
    """Return how the person at the screen stands in changes and in the log."""
    return f"staff:{signed_in(request).pk}"


def scopes_of(request: StaffRequest) -> frozenset[Scope]:
    """Return where this person may edit; `needs` put it on the request."""
    found: frozenset[Scope] = request.scopes
    return found


def offer_or_404(request: StaffRequest, offer_id: UUID) -> Offer:
    """Return an offer that this editor keeps. Raises Http404 for all others, known or not."""
    found = queries.whole(queries.editable(scopes_of(request)).filter(pk=offer_id)).first()
    if found is None:
        raise Http404
    return found


def to(name: str, *args: object) -> HttpResponseRedirect:
    """Lead on by GET after a change."""
    response = HttpResponseRedirect(reverse(f"help:{name}", args=args))
    response.status_code = 303
    return response


# ---------- the list


def tabs() -> dict[str, tuple[Any, Q]]:
    """Return key → its words and what it shows, in the order in which people see them."""
    late = Q(next_check__lte=clock.today())
    return {
        "open": (_("Open"), Q(state=State.OPEN)),
        "te-bevestigen": (_("To be confirmed"), Q(state__in=[State.OPEN, State.HIDDEN]) & late),
        "zonder-datum": (_("Never checked"), Q(state=State.OPEN, checked_on__isnull=True)),
        "verborgen": (_("Hidden"), Q(state=State.HIDDEN)),
        "gestopt": (_("Ended"), Q(state=State.ENDED)),
        "samengevoegd": (_("Merged"), Q(state=State.MERGED)),
    }


@needs(EDIT)
def overview(request: StaffRequest) -> HttpResponse:
    """Show the offers this editor keeps, by state, with a search in name and organisation."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found = tabs()
    tab = request.GET.get("staat", "open")
    tab = tab if tab in found else "open"
    ours = queries.editable(scopes_of(request))
    rows = ours.filter(found[tab][1])
    if typed:
        rows = rows.filter(Q(name__icontains=typed) | Q(organisation__name__icontains=typed))
    page = Paginator(queries.whole(rows).order_by("name", "pk"), PAGE).get_page(request.GET.get("pagina"))
    waiting = Counter(queries.waiting_changes(scopes_of(request)).values_list("offer_id", flat=True))
    context = {
        "typed": typed,
        "tab": tab,
        "tabs": [{"key": key, "label": label, "count": ours.filter(q).count()} for key, (label, q) in found.items()],
        "page": page,
        "lines": [shown.offer_line(offer, waiting) for offer in page],
        "waiting": sum(waiting.values()),
    }
    return render(request, "directory/editing/overview.html", context)


# ---------- one offer


def _choices(request: StaffRequest, offer: Offer | None) -> dict[str, Any]:
    """Return the places an editor chooses from: those of their own rights, and what stands in the offer already."""
    scopes = scopes_of(request)
    shared = any(scope.kind == REGION for scope in scopes)
    area = [place for scope in scopes if (place := places.by_id(scope.id))]
    area.sort(key=lambda place: (not place.is_region, place.name))
    choices = [(place.slug, place.name) for place in area]
    country = places.by_slug(COUNTRY)
    if shared and country:
        choices.insert(0, (country.slug, str(_("the whole of the Netherlands"))))
    keepers = [(place.slug, place.name) for place in places_at(scopes)]
    if shared or (offer is not None and offer.keeper is None):
        keepers.append(("", str(_("No place in particular: every regional editor"))))
    if offer is not None:
        known = dict(choices)
        choices += [(row.place.slug, row.place.name) for row in offer.areas.all() if row.place.slug not in known]
        if offer.keeper and offer.keeper.slug not in dict(keepers):
            keepers.append((offer.keeper.slug, offer.keeper.name))
    return {"areas": choices, "keepers": keepers, "shared": shared}


@needs(EDIT)
def new(request: StaffRequest) -> HttpResponse:
    """Write a new offer; what it looks like is shown before it is saved."""
    choices = _choices(request, None)
    keeper = choices["keepers"][0][0] if choices["keepers"] else ""
    form = OfferForm(request.POST or None, facts=None, initial={"keeper": keeper, "area": [keeper]}, **choices)
    alike: list[Any] = []
    if request.method == "POST" and form.is_valid():
        alike = [] if request.POST.get("anders") else _alike(form)
        saved = None if alike else _save(request, None, form)
        if saved:
            messages.success(request, _("Saved. Readers find it at once."))
            return to("edit", saved.pk)
    return _form_page(request, form, None, alike=alike)


def _alike(form: OfferForm) -> list[Any]:
    values = form.cleaned_data
    made = form.organisation_to_make()
    from naast.directory.models import Organisation

    chosen = Organisation.objects.filter(slug=values.get("organisation") or "").first() if made is None else None
    wanted = doubles.Sketch(
        id=UUID(int=0),
        name=values["name"],
        organisation=str(chosen.pk) if chosen else "",
        phone=values["phone"] or (made.phone if made else ""),
        website=values["website"] or (made.website if made else ""),
        addresses=frozenset(
            doubles.address_key(row["street"], row["postcode"], row["town"]) for row in values["locations"]
        ),
        area=frozenset(values["area"]),
    )
    return merging.like(wanted)


@needs(EDIT)
def edit(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    """Show and change one offer. What a colleague saved meanwhile is not lost: the form says so and keeps what was typed."""
    row = offer_or_404(request, offer_id)
    if row.state == State.MERGED:
        return to("history", row.pk)
    facts = {**queries.facts_of(row), "keeper": row.keeper.slug if row.keeper else ""}
    form = OfferForm(request.POST or None, facts=facts, **_choices(request, row))
    clash = False
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, row, form, seen=request.POST.get("gezien", ""))
        except Changed:
            clash, saved = True, None
        if saved:
            messages.success(request, _("Saved. Readers find it at once."))
            return to("edit", saved.pk)
    last = queries.history(row).filter(state=ChangeState.ACCEPTED).order_by("-decided_on").first() if clash else None
    return _form_page(request, form, row, clash=clash, meanwhile=shown.change_words(last) if last else None)


def _save(request: StaffRequest, row: Offer | None, form: OfferForm, seen: str = "") -> Offer | None:
    try:
        return offers.save(
            offer=row,
            facts=form.facts(),
            keeper=form.cleaned_data["keeper"],
            by=by(request),
            seen=seen,
            organisation=form.organisation_to_make(),
        )
    except RecordError as error:
        form.add_problems(error.problems)
        return None


def _form_page(request: StaffRequest, form: OfferForm, row: Offer | None, **more: Any) -> HttpResponse:
    status = 409 if more.get("clash") or more.get("alike") else 422 if form.errors else 200
    waiting = Change.objects.filter(offer=row, state=ChangeState.OPEN) if row else []
    context = {
        "form": form,
        "offer": row,
        "tab": "form",
        "may_organisation": bool(row and queries.editable_organisation(row.organisation, scopes_of(request))),
        "waiting": [shown.change_words(change) for change in waiting],
        "seen": offers.stamp(row) if row else "",
        **more,
    }
    return render(request, "directory/editing/form.html", context, status=status)


@needs(EDIT)
@require_POST
def state(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    """End an offer, open it again, give it another address, or say that it is still true."""
    row = offer_or_404(request, offer_id)
    do = request.POST.get("do", "")
    try:
        if do == "stop":
            offers.set_state(offer=row, state=State.ENDED, by=by(request))
            messages.success(request, _("Ended. Readers do not find it any more; its address says that it ended."))
        elif do == "open":
            offers.set_state(offer=row, state=State.OPEN, by=by(request))
            messages.success(request, _("Open again. Readers find it at once."))
        elif do == "apart":
            merging.take_apart(offer=row, by=by(request))
            messages.success(request, _("Taken apart. It is hidden until you open it."))
        elif do == "true":
            offers.confirm(offer=row, by=by(request), editor=True)
            messages.success(request, _("Noted: it is still true today."))
        elif do == "rename":
            offers.rename(offer=row, slug=request.POST.get("slug", ""), by=by(request))
            messages.success(request, _("It has its new address. The old one leads there."))
    except RecordError as error:
        said = error.problems[0].split(": ", 1)[-1]
        messages.error(request, f"{said[:1].upper()}{said[1:]}.")
    return to("history", row.pk)


@needs(EDIT)
def history(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    """Show what was changed of an offer, by whom, and what an editor can do with it."""
    row = offer_or_404(request, offer_id)
    context = {
        "offer": row,
        "tab": "history",
        "may_organisation": queries.editable_organisation(row.organisation, scopes_of(request)),
        "changes": [shown.change_words(change) for change in queries.history(row)[:100]],
        "old_slugs": list(row.old_slugs.values_list("slug", flat=True)),
        "line": shown.offer_line(row),
    }
    return render(request, "directory/editing/history.html", context)


# ---------- proposals


@needs(EDIT)
def proposals(request: StaffRequest) -> HttpResponse:
    """Show what waits for this editor, oldest first."""
    rows: QuerySet[Change] = queries.waiting_changes(scopes_of(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("pagina"))
    context = {"page": page, "changes": [shown.change_words(change) for change in page]}
    return render(request, "directory/editing/proposals.html", context)


@needs(EDIT)
def proposal(request: StaffRequest, change_id: UUID) -> HttpResponse:
    """Show one proposal field by field; each is taken over or refused."""
    ours = queries.editable(scopes_of(request))
    change = Change.objects.filter(pk=change_id, offer__in=ours).first()
    if change is None:
        raise Http404
    row = queries.whole(Offer.objects.filter(pk=change.offer_id)).get()
    typed = {name: request.POST.get(f"veld-{name}", "") for name in change.fields}
    wrong, clash, missing = [], False, False
    if request.method == "POST" and change.state == ChangeState.OPEN:
        missing = not all(answer in ("ja", "nee") for answer in typed.values())
        if not missing:
            try:
                verdicts = {name: answer == "ja" for name, answer in typed.items()}
                reason, seen = request.POST.get("reden", "")[:600], request.POST.get("gezien", "")
                actions.decide(change=change, verdicts=verdicts, by=by(request), reason=reason, seen=seen)
            except Changed:
                clash = True
                change.refresh_from_db()
                row = queries.whole(Offer.objects.filter(pk=row.pk)).get()
            except RecordError as error:
                wrong = [problem.split(": ", 1)[-1] for problem in error.problems]
            else:
                messages.success(request, _("Decided. Who proposed it sees what you took over."))
                return to("proposals")
    context = {
        "offer": row,
        "words": shown.change_words(change, queries.facts_of(row) if change.state == ChangeState.OPEN else None),
        "typed": typed,
        "reason": request.POST.get("reden", ""),
        "wrong": wrong,
        "clash": clash,
        "missing": missing,
        "seen": actions.stamp(change, row),
    }
    status = 409 if clash else 422 if wrong or missing else 200
    return render(request, "directory/editing/proposal.html", context, status=status)
