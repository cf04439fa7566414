"""The privacy officer's window on the access log, and the pages of breaking the glass."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from naast.core import clock, sheets
from naast.people.access import actions, queries, records, rules, shown
from naast.people.access.forms import GlassForm, JudgeForm, LogForm
from naast.people.access.models import BrokenGlass
from naast.people.access.queries import Asked, Line
from naast.people.again import fresh_sign_in
from naast.people.policy import StaffRequest, needs, scopes_for, signed_in
from naast.people.start import first_page

GLASS_ON_A_PAGE = 100


def frame(request: StaffRequest, current: str) -> dict[str, Any]:
    """Return what every page here needs: the way between what this person may open."""
    user = signed_in(request)
    links = []
    if mine := scopes_for(user, actions.READ_LOG):
        links += [("access:log", _("Who saw what")), ("access:glass-list", _("Emergency access"))]
        links.append(("keeping:home", _("What is kept")))
        if scopes_for(user, "people.read"):
            links.append(("people:home", _("People")))
    elif scopes_for(user, actions.BREAK):
        links += [("desk:list", _("Work list")), ("access:glass", _("Emergency access"))]
    found = queries.places_of(mine or frozenset(scopes_for(user, actions.BREAK)))
    return {
        "desk_name": found[0].name if found else "",
        "desk_href": first_page(user),
        "desk_nav": [{"url": reverse(name), "label": label, "current": name == current} for name, label in links],
    }


# --- Who saw what -----------------------------------------------------------------------------------------------------


def _asked(request: StaffRequest) -> tuple[LogForm, Asked]:
    scopes = request.scopes
    form = LogForm(
        request.GET if set(request.GET) & set(LogForm.base_fields) else {},
        people=queries.colleagues(scopes),
        places=queries.places_of(scopes),
    )
    return form, form.asked(request.GET)


@require_safe
@needs(actions.READ_LOG)
def log(request: StaffRequest) -> HttpResponse:
    """Show who did what with the records of one's places. Looking is a line of the log itself, written first."""
    scopes = request.scopes
    form, asked = _asked(request)
    actions.look_into_log(by=signed_in(request), scopes=scopes, asked=asked)
    lines, more = queries.page_of(asked, scopes) if form.is_valid() else ([], False)
    here = reverse("access:log")
    check = queries.last_check()
    context = {
        **frame(request, "access:log"),
        "form": form,
        "asked": asked,
        "narrowed": bool(asked.query(page=1, oldest_first=False)),
        "here": here,
        "days": _by_day(lines),
        "unknown_number": bool(asked.number) and records.find(asked.number) is None,
        "earlier": here + asked.query(page=asked.page - 1) if asked.page > 1 else "",
        "later": here + asked.query(page=asked.page + 1) if more else "",
        "turned": here + asked.query(page=1, oldest_first=not asked.oldest_first),
        "sheet": reverse("access:sheet") + asked.query(page=1),
        "check": check,
        "fault": shown.FAULTS.get(check.fault["what"], "") if check and check.fault else "",
        "places": queries.places_of(scopes),
    }
    return render(request, "people/access/log.html", context)


def _by_day(lines: list[Line]) -> list[dict[str, Any]]:
    """Return the lines under their days, in the order in which they come."""
    days = groupby(lines, key=lambda line: line.at.astimezone(clock.AMSTERDAM).date())
    return [
        {
            "day": day,
            "lines": [{"line": line, "who": shown.who(line), "did": shown.did(line)} for line in group],
        }
        for day, group in days
    ]


@require_GET
@needs(actions.READ_LOG)
@fresh_sign_in()
def sheet(request: StaffRequest) -> HttpResponse:
    """Give the lines that were asked for as a file; that is a line of the log itself, written first."""
    scopes = request.scopes
    form, asked = _asked(request)
    if not form.is_valid():
        return HttpResponseRedirect(f"{reverse('access:log')}?{request.GET.urlencode()}")
    actions.look_into_log(by=signed_in(request), scopes=scopes, asked=asked, export=True)
    rows = list(queries.found(asked, scopes)[: queries.LONGEST_SHEET])
    body = sheets.csv_of(*shown.sheet(queries.told(rows)))
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="inzagelog-{clock.today().isoformat()}.csv"'
    return response


# --- Breaking the glass -----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@needs(actions.BREAK)
@fresh_sign_in()
def glass(request: StaffRequest) -> HttpResponse:
    """Ask which question and why, and open it for an hour. Who hears of it stands on the page, before the button."""
    user = signed_in(request)
    near = queries.reach(request.scopes)
    form = GlassForm(request.POST or None, places=near)
    if request.method == "POST" and form.is_valid():
        place = next(one for one in near if one.slug == form.cleaned_data["place"])
        try:
            row = actions.break_glass(
                by=user, place=place, number=form.cleaned_data["number"], reason=form.cleaned_data["reason"]
            )
            return HttpResponseRedirect(records.glass_url(row.kind, row.pk))
        except actions.NotThere:
            form.add_error(
                "number", _("No question with this number at %(place)s. Check both.") % {"place": place.name}
            )
        except actions.AlreadyYours:
            form.add_error("number", _("This question lies at your own desk. You can open it in your work list."))
    context = {
        **frame(request, "access:glass"),
        "form": form,
        "open": [{"row": row, "url": records.glass_url(row.kind, row.pk)} for row in queries.open_glass(user)],
        "minutes": int(rules.OPEN_FOR.total_seconds() // 60),
    }
    return render(request, "people/access/glass.html", context)


@require_POST
@needs("people.own")
def end_glass(request: StaffRequest, glass_id: UUID) -> HttpResponse:
    """End one's own emergency access before its time."""
    try:
        actions.end_glass(by=signed_in(request), glass_id=glass_id)
    except BrokenGlass.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("Emergency access is ended."))
    return HttpResponseRedirect(reverse("access:glass"))


@require_safe
@needs(actions.READ_LOG)
def glass_list(request: StaffRequest) -> HttpResponse:
    """Show who broke the glass at one's places, why, and what is still to be judged."""
    return _glass_page(request)


def _glass_page(request: StaffRequest, wrong: JudgeForm | None = None, wrong_id: UUID | None = None) -> HttpResponse:
    user = signed_in(request)
    rows = list(queries.glass_within(request.scopes)[:GLASS_ON_A_PAGE])
    shown_rows: list[dict[str, Any]] = [
        {
            "row": row,
            "form": wrong if wrong and row.pk == wrong_id else JudgeForm(auto_id=f"id_{row.pk.hex[:8]}_%s"),
            "own": row.user_id == user.pk,
            "lines": f"{reverse('access:log')}{Asked(number=row.number).query()}",
        }
        for row in rows
    ]
    context = {
        **frame(request, "access:glass-list"),
        "waiting": [one for one in shown_rows if not one["row"].judgement],
        "judged": [one for one in shown_rows if one["row"].judgement],
        "form": wrong,
    }
    return render(request, "people/access/glass_list.html", context)


@require_POST
@needs(actions.READ_LOG)
def judge(request: StaffRequest, glass_id: UUID) -> HttpResponse:
    """Take what a privacy officer thought of it."""
    row = queries.glass_within(request.scopes).filter(pk=glass_id).first()
    if row is None:
        raise PermissionDenied(actions.READ_LOG)
    form = JudgeForm(request.POST, auto_id=f"id_{row.pk.hex[:8]}_%s")
    if not form.is_valid():
        return _glass_page(request, form, glass_id)
    actions.judge(
        by=signed_in(request),
        glass_id=glass_id,
        judgement=form.cleaned_data["judgement"],
        note=form.cleaned_data["note"],
    )
    messages.success(request, _("Noted."))
    return HttpResponseRedirect(reverse("access:glass-list"))
