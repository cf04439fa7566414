"""Likely doubles, making two one, and organisations, in the editors' admin."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from naast.directory.editing import merging, offers, queries, rules, shown
from naast.directory.editing.forms import LABELS, OrganisationForm
from naast.directory.editing.views_editor import EDIT, by, offer_or_404, scopes_of, to
from naast.directory.models import Offer, Organisation, State
from naast.directory.rules import RecordError
from naast.people.policy import StaffRequest, needs

SHOWN_LIKE = 5


@needs(EDIT)
def doubles_list(request: StaffRequest) -> HttpResponse:
    """Show pairs that look alike, most alike first; say of a pair that it is two."""
    ours = set(queries.editable(scopes_of(request)).values_list("pk", flat=True))
    if request.method == "POST":
        one, other = _uuid(request.POST.get("een", "")), _uuid(request.POST.get("ander", ""))
        if one is None or other is None:
            return to("doubles")
        if not {one, other} & ours:
            raise Http404
        merging.call_different(one=one, other=other, by=by(request))
        messages.success(request, _("Noted: these are two. You are not asked again."))
        return to("doubles")
    found = merging.likely_pairs(ours)
    rows = [
        {"one": one, "other": other, "why": reasons(how.reasons), "both": one.pk in ours and other.pk in ours}
        for one, other, how in found
    ]
    return render(request, "directory/editing/doubles.html", {"rows": rows})


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def reasons(codes: tuple[str, ...]) -> str:
    """Return in words why two look alike."""
    words = {
        "name": _("the name"),
        "phone": _("the phone number"),
        "website": _("the website"),
        "address": _("the address"),
        "organisation": _("the organisation"),
    }
    return ", ".join(words[code] for code in codes)


@needs(EDIT)
def merge(request: StaffRequest, keep_id: UUID, gone_id: UUID) -> HttpResponse:
    """Choose per fact which stays, and make two offers one. Both must be this editor's."""
    keep, gone = offer_or_404(request, keep_id), offer_or_404(request, gone_id)
    wrong: list[str] = []
    if request.method == "POST":
        chosen = [name for name in merging.CHOSEN if request.POST.get(f"veld-{name}") == "weg"]
        try:
            merged = merging.merge(keep=keep, gone=gone, from_gone=chosen, by=by(request))
        except RecordError as error:
            wrong = [problem.split(": ", 1)[-1] for problem in error.problems]
        else:
            messages.success(request, _("They are one now. The old address leads to this offer."))
            return to("history", merged.pk)
    context = {
        "keep": keep,
        "gone": gone,
        "rows": _facts_beside(request, keep, gone),
        "united": ", ".join(str(LABELS[name]).lower() for name in sorted(merging.UNITED)),
        "wrong": wrong,
        "possible": State.MERGED not in (keep.state, gone.state) and keep.pk != gone.pk,
    }
    return render(request, "directory/editing/merge.html", context, status=422 if wrong else 200)


def _facts_beside(request: StaffRequest, keep: Offer, gone: Offer) -> list[dict[str, Any]]:
    here, there = queries.facts_of(keep), queries.facts_of(gone)
    rows = []
    for name in merging.CHOSEN:
        if rules.same(name, here.get(name), there.get(name)):
            continue
        left, right = shown.value_words(name, here.get(name)), shown.value_words(name, there.get(name))
        chosen = request.POST.get(f"veld-{name}") or ("weg" if not left else "blijft")
        rows.append({"name": name, "label": LABELS.get(name, name), "left": left, "right": right, "chosen": chosen})
    return rows


# ---------- organisations


def _organisation_or_404(request: StaffRequest, organisation_id: UUID) -> Organisation:
    found = Organisation.objects.filter(pk=organisation_id).first()
    if found is None or not queries.editable_organisation(found, scopes_of(request)):
        raise Http404
    return found


@needs(EDIT)
def organisation(request: StaffRequest, organisation_id: UUID) -> HttpResponse:
    """Change an organisation, end it with its offers, or make it one with another."""
    row = _organisation_or_404(request, organisation_id)
    form = OrganisationForm(instance=row)
    if request.method == "POST":
        do = request.POST.get("do", "save")
        if do == "save":
            form = OrganisationForm(request.POST, instance=row)
            if form.is_valid():
                try:
                    offers.save_organisation(form.instance, by(request))
                except RecordError as error:
                    form.add_error(None, [problem.split(": ", 1)[-1] for problem in error.problems])
                else:
                    messages.success(request, _("Saved. The offers show it at once."))
                    return to("organisation", row.pk)
            row = Organisation.objects.get(pk=row.pk)
        elif (answer := _fate(request, row, do)) is not None:
            return answer
    alike = [
        (other, reasons(how.reasons))
        for other, how in merging.like_organisations(merging.organisation_sketch(row))
        if queries.editable_organisation(other, scopes_of(request))
    ]
    context = {
        "organisation": row,
        "form": form,
        "offers": row.offers.exclude(state=State.MERGED).order_by("name"),
        "running": row.offers.filter(state__in=[State.OPEN, State.HIDDEN]).count(),
        "alike": alike[:SHOWN_LIKE],
    }
    return render(request, "directory/editing/organisation.html", context, status=422 if form.errors else 200)


def _fate(request: StaffRequest, row: Organisation, do: str) -> HttpResponse | None:
    """End, open again or merge an organisation; None where a confirmation is missing."""
    if do == "stop":
        if not request.POST.get("zeker"):
            messages.error(request, _("Tick that you are sure: the offers end as well."))
            return None
        number = offers.end_organisation(organisation=row, by=by(request))
        messages.success(request, _("The organisation ended, with %(number)s of its offers.") % {"number": number})
    elif do == "open":
        try:
            offers.reopen_organisation(organisation=row, by=by(request))
        except RecordError as error:
            messages.error(request, error.problems[0].split(": ", 1)[-1])
            return None
        messages.success(request, _("It is there again. Its offers stay ended until you open them."))
    elif do == "merge":
        key = _uuid(request.POST.get("weg", ""))
        gone = _organisation_or_404(request, key) if key else None
        if gone is None:
            raise Http404
        try:
            merging.merge_organisations(keep=row, gone=gone, from_gone=[], by=by(request))
        except RecordError as error:
            messages.error(request, error.problems[0].split(": ", 1)[-1])
            return None
        messages.success(request, _("They are one now. All offers stand under this organisation."))
    return to("organisation", row.pk)
