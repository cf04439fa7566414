"""Reading for the guide's pages: a plan with its words, local offers, whom to call at what hour; kept and shared plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from naast.core import clock, generations, languages
from naast.core.templatetags.naast import nl_date, nl_time
from naast.directory import queries as directory
from naast.directory.models import Offer
from naast.directory.search import index
from naast.flows import queries as flows
from naast.flows.models import Flow as FlowRow
from naast.flows.parts import Flow, Order, Who
from naast.flows.queries import Version
from naast.guide import rules, runs
from naast.guide.links import LinkView, links_of
from naast.guide.local import LocalVersion, at_place
from naast.guide.models import KeptPlan, SharedPlan
from naast.places import queries as places
from naast.places.context import AT_ONCE
from naast.places.rules import DeskInfo, HelplineInfo, Hours, PlaceInfo, hours_in_words, split_path
from naast.places.standing import At

DESK = "loket"
YOUNG_FIRST = "kindertelefoon"
OFFERS_A_STEP = 2
YOUNG = ("kinderen", "jongeren")
PROFESSIONALS = "professionals"
# In these phases the two who do a step together are a couple.
PARTNERS = ("verwachting", "jonge-ouders", "spanning", "samengesteld")


@dataclass(frozen=True, slots=True)
class CallView:
    """Somebody to call: name, number as people read it and as the telephone dials it, when from now on (`when`),
    and the hours of the whole week (`hours`), for paper that is read on another day.
    """

    name: str
    number: str
    tel: str
    when: str
    hours: str = ""
    chat_url: str = ""


@dataclass(frozen=True, slots=True)
class OfferView:
    """A local offer beside a step: where it stands, its name, costs and waiting time in one line."""

    href: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One step as a page shows it."""

    id: str
    title: str
    why: str
    how: tuple[str, ...]
    avoid: tuple[str, ...]
    with_whom: str
    costs: str
    both: bool
    done: bool
    who_text: str
    calls: tuple[CallView, ...]
    offers: tuple[OfferView, ...]
    ask: bool
    language: str
    links: tuple[LinkView, ...] = ()
    own_of: str = ""  # the place whose own step this is


@dataclass(frozen=True, slots=True)
class StageView:
    """The steps of one moment."""

    key: str
    title: str
    text: str
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """A whole plan as pages and papers show it."""

    title: str
    lead: str
    flow_title: str
    young: bool
    stages: tuple[StageView, ...]
    calls: tuple[CallView, ...]
    checked: str
    language: str
    of_parents: bool = True  # of two parents with two lines; else the line is one person's or one couple's

    @property
    def done(self) -> int:
        """Return how many steps are done."""
        return sum(step.done for stage in self.stages for step in stage.steps)

    @property
    def has_both(self) -> bool:
        """Say whether some step is for both parents."""
        return any(step.both for stage in self.stages for step in stage.steps)

    @property
    def total(self) -> int:
        """Return how many steps there are."""
        return sum(len(stage.steps) for stage in self.stages)


def base_template(flow: Flow) -> str:
    """Return the frame of a guide's pages: children have their own."""
    return "core/kids_base.html" if flow.audience in YOUNG else "core/base.html"


def desk_of(place: PlaceInfo) -> DeskInfo | None:
    """Return the desk that serves a place: its own, else its region's."""
    return next((info.desk for info in places.path(place) if info.desk), None)


def phone_hours(desk: DeskInfo) -> tuple[Hours, ...]:
    """Return when a desk answers its telephone: its hours without those that are for walking in only."""
    return tuple(stretch for stretch in desk.hours if not stretch.walk_in) or desk.hours


# --- A plan ----------------------------------------------------------------------------------------------------------


def plan_view(*, place: PlaceInfo, version: Version, plan: rules.Plan) -> PlanView:
    """Return a plan with words, offers of this place and whom to call."""
    flow = version.flow
    plan = rules.known_steps(flow, plan)
    audience = rules.audience_of(flow, plan.outcome)
    words = next((item for item in flow.outcomes if item.id == plan.outcome), None)
    local = clock.local_now()
    offers = _offers(place, audience, flow, plan)
    stages = []
    for order in Order:
        steps = tuple(
            _step_view(version, step_id, plan, place, local, offers.get(step_id, ())) for step_id in plan.of(order)
        )
        if steps:
            stages.append(StageView(order.value, *_stage_words(order), steps))
    first = [YOUNG_FIRST, DESK] if flow.audience in YOUNG else [DESK]
    keys = [key for stage in stages for step_view in stage.steps for key in flow.step(step_view.id).call]
    return PlanView(
        title=words.title if words else flow.title,
        lead=words.text if words else flow.lead,
        flow_title=flow.title,
        young=flow.audience in YOUNG,
        stages=tuple(stages),
        calls=tuple(_calls(dict.fromkeys([*first, *keys]), place, local)),
        checked=_checked_words(flow),
        language=(words.language if words else "") or flow.language,
        of_parents=flow.audience == "ouders" and flow.phase not in PARTNERS,
    )


def _checked_words(flow: Flow) -> str:
    """Say when somebody last saw the sources of the facts, or that nobody has."""
    days = [source.checked for source in flow.sources]
    if not days or "" in days:
        return _("Nobody has checked the facts in this plan yet. Ask about them when you call.")
    return _("Somebody checked the facts in this plan on %(day)s.") % {"day": nl_date(date.fromisoformat(min(days)))}


def _stage_words(order: Order) -> tuple[str, str]:
    return {
        Order.NOW: (_("Now"), _("This week")),
        Order.SOON: (_("Soon"), _("Within six weeks")),
        Order.LATER: (_("Later"), _("Within half a year")),
    }[order]


def _step_view(
    version: Version, step_id: str, plan: rules.Plan, place: PlaceInfo, local: datetime, offers: Sequence[OfferView]
) -> StepView:
    flow = version.flow
    step = flow.step(step_id)
    both = step.who is Who.BOTH
    if flow.audience in YOUNG:
        who = _("You decide")
    elif flow.audience == PROFESSIONALS:
        who = step.with_whom  # at work every step is with somebody; that is what one looks for
    else:
        together = _("Together with your partner") if flow.phase in PARTNERS else _("Together with the other parent")
        who = together if both else _("You can do this alone")
    return StepView(
        id=step.id,
        title=step.title,
        why=step.why,
        how=step.how,
        avoid=step.avoid,
        with_whom=step.with_whom,
        costs=step.costs,
        both=both,
        done=step.id in plan.done,
        who_text=who,
        calls=tuple(_calls(step.call, place, local)),
        offers=tuple(offers),
        ask=step.link == "vraag",
        language=step.language or flow.language,
        links=tuple(links_of(version, step)),
        own_of=version.own.get(step.id, "") if isinstance(version, LocalVersion) and step.id in version.fresh else "",
    )


# --- Whom to call ----------------------------------------------------------------------------------------------------


def _calls(keys: Any, place: PlaceInfo, local: datetime) -> Iterator[CallView]:
    """Yield the desk and lines behind the keys; what has no number or does not exist is left out."""
    holidays = places.holidays()
    lines = {line.key: line for line in places.snapshot().helplines}
    for key in keys:
        if key == DESK:
            desk = desk_of(place)
            if desk and desk.phone:
                hours = phone_hours(desk)
                when = when_words(rules.opening(hours, False, local, holidays), local)
                tel = "".join(char for char in desk.phone if char.isdigit() or char == "+")
                yield CallView(desk.name, desk.phone, tel, when, hours_in_words(hours))
        elif key in lines and lines[key].number:
            line = lines[key]
            when = when_words(rules.opening(line.hours, line.always_open, local), local)
            yield CallView(line.name, line.number, line.tel, when, line.hours_text, line.chat_url)


def help_calls(keys: Sequence[str], place: PlaceInfo) -> list[CallView]:
    """Return the lines of a danger answer's help, in the flow's order."""
    return list(_calls(keys, place, clock.local_now()))


def first_call(place: PlaceInfo, flow: Flow) -> CallView | None:
    """Return who to call first: the desk, for the young their own line; None where there is no telephone."""
    return next(_calls([YOUNG_FIRST if flow.audience in YOUNG else DESK], place, clock.local_now()), None)


def young_lines() -> list[HelplineInfo]:
    """Return the lines of the footer in the order of children and young people."""
    return [line for line in places.helplines("kinderen") if line.key in AT_ONCE]


def when_words(opening: rules.Opening, local: datetime) -> str:
    """Say when somebody answers: now until, today, tomorrow or on which day; empty where nobody knows."""
    if opening.always:
        return _("day and night")
    if opening.until:
        return _("open now, until %(time)s") % {"time": nl_time(opening.until)}
    if opening.day is None:
        return ""
    since = {"time": nl_time(opening.since)}
    ahead = (opening.day - local.date()).days
    if ahead == 0:
        return _("today from %(time)s") % since
    if ahead == 1:
        return _("tomorrow from %(time)s") % since
    return _("%(day)s from %(time)s") % {"day": date_format(opening.day, "l"), **since}


# --- Local offers ----------------------------------------------------------------------------------------------------


def _offers(place: PlaceInfo, audience: str, flow: Flow, plan: rules.Plan) -> dict[str, tuple[OfferView, ...]]:
    """Return step id → local offers. An offer stands beside one step only, the first it fits."""
    generation = generations.seen(index.KEY)
    phase = rules.phase_of(flow, plan.outcome)
    found: dict[str, tuple[OfferView, ...]] = {}
    named: set[str] = set()
    for step_id, _order in plan.steps:
        step = flow.step(step_id)
        if not step.subjects:
            continue
        state = (*generation, get_language())
        fitting = _offers_about(place, step.audience or audience, phase, step.subjects, step.form, state)
        fresh = [offer for offer in fitting if offer[0] not in named][:OFFERS_A_STEP]
        named.update(slug for slug, _title, _text in fresh)
        found[step_id] = tuple(OfferView(_offer_href(slug), title, text) for slug, title, text in fresh)
    return found


@lru_cache(maxsize=2_000)
def _offers_about(
    place: PlaceInfo, audience: str, phase: str, subjects: tuple[str, ...], form: str, state: tuple[Any, ...]
) -> tuple[tuple[str, str, str], ...]:
    # Held until an offer or the language (`state`) changes: twenty steps would ask the directory twenty times.
    offers = [offer for offer in directory.offers_for(place, audience, phase, subjects, 12) if not offer.is_helpline]
    fitting = [offer for offer in offers if not form or form in offer.forms]
    return tuple((offer.slug, offer.name, _offer_text(offer)) for offer in fitting)


def _offer_text(offer: Offer) -> str:
    costs = offer.costs_text or offer.get_costs_display()
    return " · ".join(part for part in (offer.organisation.name, costs, offer.waiting) if part)


def _offer_href(slug: str) -> str:
    try:
        return reverse("directory:offer", args=[slug])
    except NoReverseMatch:
        return ""


# --- Kept, shared, listed --------------------------------------------------------------------------------------------


def kept_plan(plan_id: UUID, locker_id: UUID) -> KeptPlan | None:
    """Return a plan of this locker, or None: another locker's plan does not exist for it."""
    return KeptPlan.objects.select_related("place").filter(pk=plan_id, locker_id=locker_id).first()


def shared_plan(digest: bytes) -> SharedPlan | None:
    """Return a shared plan that is not past its day."""
    return SharedPlan.objects.filter(digest=digest, expires_on__gte=clock.today()).first()


def locker_entries(locker_id: UUID) -> list[Any]:
    """Return the plans of a locker as its page shows them; each opens at the place where it was made."""
    from naast.lockers.contents import Entry

    found = []
    for kept in KeptPlan.objects.select_related("place").filter(locker_id=locker_id):
        version = flows.by_digest(kept.version_id)
        if version is None:
            continue
        plan = kept.content
        if (at := places.by_id(kept.place_id)) is not None:
            version = at_place(version, at, plan.ids)
        plan = rules.known_steps(version.flow, plan)
        note = _("%(done)s of %(total)s steps done") % {"done": len(plan.done), "total": len(plan.steps)}
        note = kept.words_instead or note
        prefix = At(at, languages.reading()).prefix if at else f"/{kept.place.slug}"
        url = f"{prefix}/wegwijzer/bewaard/{kept.pk}/"
        found.append(Entry(url=url, label=version.flow.title, note=note))
    return found


def cookies_below(page: str) -> list[tuple[str, str]]:
    """Return (name, path) of the cookies that guides may have set at the place of this page, in each language."""
    cut = split_path(page)
    place = places.by_slug(cut.slug) if cut.slug else None
    if place is None:
        return []
    try:
        slugs = list(FlowRow.objects.values_list("slug", flat=True))
    except DatabaseError:  # leaving never fails
        return []
    return [
        (runs.named(slug, language), f"{At(place, language).prefix}/wegwijzer/{slug}/")
        for slug in slugs
        for language in dict.fromkeys((*languages.INTERFACES, cut.language))
    ]


def place_of(kept: KeptPlan) -> PlaceInfo | None:
    """Return the place where a plan was made: its offers and desk."""
    return places.by_id(kept.place_id)


def calendar_moments(*, place: PlaceInfo, version: Version, plan: rules.Plan) -> tuple[rules.Moment, ...]:
    """Return the lines of a plan's calendar file, from tomorrow on, calls when the desk opens."""
    local = clock.local_now()
    desk = desk_of(place)
    # From tomorrow: a calendar line for an hour that has begun helps nobody.
    tomorrow = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    opens = rules.opening(phone_hours(desk) if desk else None, False, tomorrow, places.holidays())
    return rules.moments(version.flow, plan, local.replace(tzinfo=None), opens, _("Look back"))
