"""How an offer is shown: its tags, its facts in the order costs, where, waiting, referral, and whom it is for.

Purpose: the list, the offer's page and the slots beside texts say the same in the same words. It decides nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from naast.core import clock
from naast.core.languages import DUTCH, dutch
from naast.core.templatetags.naast import nl_date
from naast.directory.keeping.rules import is_overdue as overdue
from naast.directory.map.rules import rounded
from naast.directory.models import Audience, Costs, Evidence, Form, Offer, Payer, Referral
from naast.directory.queries import Found, area_of, nearness
from naast.directory.rules import COUNTRY, LANGUAGE_NAMES, NATION, OWN, REGION, special_group_label
from naast.directory.waiting import shown as waiting
from naast.places import queries as places
from naast.places.rules import DeskInfo, PlaceInfo

FAR_FORMS = frozenset({Form.ONLINE, Form.CHAT, Form.PHONE})
MOST_TAGS = 4

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Tag:
    """A label with its tone (free, sun, line or none)."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Card:
    """One result as the list shows it."""

    number: int
    slug: str
    name: str
    organisation: str
    summary: str
    tags: list[Tag]
    meta: list[str]
    phone: str
    tel: str
    checked: bool
    first: bool


@dataclass(frozen=True)
class WayIn:
    """How to reach who gives an offer; '' where nobody knows. `tel` is what a telephone dials."""

    phone: str
    tel: str
    website: str

    @property
    def known(self) -> bool:
        """Whether there is any way in."""
        return bool(self.phone or self.website)


def card(found: Found, place: PlaceInfo, number: int) -> Card:
    """One result of a search for the list. `number` counts over all pages."""
    offer = found.offer
    today = clock.today()
    way = way_in(offer)
    return Card(
        number=number,
        slug=offer.slug,
        name=offer.name,
        organisation=offer.organisation.name,
        summary=offer.summary,
        tags=[tag for tag in tags(offer, today) if tag.tone != "free"],
        meta=in_short(found, place),
        phone=way.phone,
        tel=way.tel,
        checked=offer.checked_on is not None,
        first=found.first,
    )


def in_short(found: Found, place: PlaceInfo) -> list[str]:
    """The facts of one result in a line: costs, where and how far, waiting time, referral, hours of a helpline, when checked.

    What nobody knows is left out; that nobody checked is said once, above the list (unchecked_words).
    """
    offer = found.offer
    parts = [str(Costs(offer.costs).label)] if offer.costs != Costs.UNKNOWN else []
    parts.append(where(offer, place, found.near))
    if found.kilometres is not None:
        parts.append(distance_words(found.kilometres))
    if waited := waiting.in_short(offer):
        parts.append(waited)
    if offer.referral == Referral.YES:
        parts.append(_("referral needed"))
    if offer.hours and offer.is_helpline:
        parts.append(dutch(offer.hours))
    if offer.checked_on and not is_overdue(offer, clock.today()):
        parts.append(_("checked on %(date)s") % {"date": nl_date(offer.checked_on)})
    return parts


def distance_words(kilometres: float) -> str:
    """How far something is, in whole kilometres as the crow flies: nobody knows the door, so it never looks exact."""
    whole = rounded(kilometres)
    return _("± %(kilometres)s km") % {"kilometres": whole} if whole else _("less than 1 km")


def unchecked_words(cards: Sequence[Card]) -> str:
    """One sentence for above a list: how many of these results nobody checked; '' when all were."""
    late = sum(not card.checked for card in cards)
    if not late:
        return ""
    if late == len(cards):
        return _("We did not check these places yet. Ask before you go.")
    numbers = {"late": late, "all": len(cards)}
    return _("Of these %(all)s places we did not check %(late)s yet. Ask before you go.") % numbers


def way_in(offer: Offer) -> WayIn:
    """How to reach an offer: its own number and site, else those of its organisation."""
    phone = offer.phone or offer.organisation.phone
    return WayIn(phone, tel(phone), offer.website or offer.organisation.website)


def named_apart(offer: Offer) -> str:
    """The organisation's name for below the title; '' where the title says it already."""
    name = offer.organisation.name
    return "" if name.casefold() in offer.name.casefold() else name


def all_facts(offer: Offer, place: PlaceInfo) -> Facts:
    """All facts of an offer for its own page, what it costs first; what nobody knows is left out.

    Costs nobody knows are named where the reader can ask who gives it.
    """
    costs = dutch(offer.costs_text) or (str(Costs(offer.costs).label) if offer.costs != Costs.UNKNOWN else "")
    if not costs and way_in(offer).known:
        ask = _("Not known yet. Ask %(organisation)s.").replace("%(organisation)s", "{}")
        costs = format_html(ask, dutch(offer.organisation.name))  # the name is marked as Dutch on English pages
    facts = [
        (_("Costs to you"), costs),
        (_("Who pays"), in_a_row([str(Payer(code).label) for code in offer.payers if code != Payer.UNKNOWN])),
        (_("Where"), where(offer, place, nearness(offer, place))),
        (_("Addresses"), "; ".join(str(location) for location in offer.locations.all())),
        (_("How"), in_a_row([str(Form(code).label) for code in offer.forms])),
        (_("Open"), dutch(offer.hours)),
        (_("Waiting time"), waiting.words(offer)),
        (_("Referral"), "" if offer.referral == Referral.UNKNOWN else str(Referral(offer.referral).label)),
        (_("Languages"), ", ".join(LANGUAGE_NAMES.get(code, code) for code in offer.languages)),
        (_("Specially for"), dutch(", ".join(special_group_label(code) for code in offer.special_groups))),
        (_("Offered by itself"), offered_words(offer)),
        (_("Does it work?"), evidence_words(offer)),
    ]
    return [(label, value) for label, value in facts if value]


def tags(offer: Offer, today: date) -> list[Tag]:
    """At most four labels: free first, then for whom, how, and a warning when nobody confirmed it for long."""
    found = [Tag(str(Costs.FREE.label), "free")] if offer.costs == Costs.FREE else []
    stale = [Tag(_("Not looked at for a while"), "sun")] if is_overdue(offer, today) else []
    room = MOST_TAGS - len(found) - len(stale)
    short = {Audience.CHILDREN: _("Children")}
    who = [str(short.get(Audience(code), Audience(code).label)) for code in offer.audiences]
    who = who if len(who) < len(Audience) else [_("Everyone")]
    how = [str(Form(code).label) for code in offer.forms]
    labels = [*who[: max(1, room - 1)], *how]
    return [*found, *(Tag(label) for label in labels[:room]), *stale]


def where(offer: Offer, place: PlaceInfo, near: str) -> str:
    """Where an offer is for someone of this place: a town, the region, the country, online, or a neighbour."""
    if offer.forms and set(offer.forms) <= FAR_FORMS:
        if Form.PHONE not in offer.forms:
            return _("online")
        return _("by phone or chat") if Form.CHAT in offer.forms else _("by phone")
    towns = list(dict.fromkeys(location.town for location in offer.locations.all()))
    if towns:
        return ", ".join(towns)
    if near == NATION:
        return _("the whole of the Netherlands")
    region = places.region_of(place)
    if near == REGION and region:
        return region.name
    if near == OWN and not place.is_region:
        return place.name
    names = ", ".join(area_names(offer))
    return names if place.is_region else _("%(names)s, not in your municipality") % {"names": names}


def area_names(offer: Offer) -> list[str]:
    """The places an offer serves, by name."""
    return [place.name for place in area_of(offer)]


def area_words(offer: Offer) -> str:
    """The area an offer serves, in words."""
    national = any(place.slug == COUNTRY for place in area_of(offer))
    return _("the whole of the Netherlands") if national else ", ".join(area_names(offer))


def for_whom(offer: Offer) -> str:
    """For whom an offer is, with ages where they are known."""
    aged = offer.age_min is not None or offer.age_max is not None
    names = [
        _("Children") if aged and code == Audience.CHILDREN else str(Audience(code).label) for code in offer.audiences
    ]
    who = _("Everyone") if len(names) == len(Audience) else in_a_row(names)
    if offer.age_min is not None and offer.age_max is not None:
        ages = _("%(youngest)s to %(oldest)s years") % {"youngest": offer.age_min, "oldest": offer.age_max}
    elif offer.age_min is not None:
        ages = _("from %(youngest)s years") % {"youngest": offer.age_min}
    elif offer.age_max is not None:
        ages = _("up to %(oldest)s years") % {"oldest": offer.age_max}
    else:
        return who
    return f"{who}, {ages}"


def in_a_row(names: Sequence[str]) -> str:
    """Labels as one sentence part: only the first keeps its capital."""
    return ", ".join([*names[:1], *(name[:1].lower() + name[1:] for name in names[1:])])


def offered_words(offer: Offer) -> str:
    """When and by whom an offer is brought up without being asked for; '' when it is not."""
    if offer.offered_when and offer.offered_by:
        by = offer.offered_by[:1].lower() + offer.offered_by[1:]
        # Both are theirs and Dutch: so is what joins them.
        with translation.override(DUTCH):
            words = _("%(when)s, by: %(by)s") % {"when": offer.offered_when, "by": by}
        return dutch(words)
    return dutch(offer.offered_when or offer.offered_by)


def evidence_words(offer: Offer) -> str:
    """What is known of the effect, with the year of the verdict; '' when nothing is."""
    if offer.evidence == Evidence.UNKNOWN:
        return ""
    words = str(Evidence(offer.evidence).label)
    if offer.evidence_year:
        words = f"{words} ({offer.evidence_year})"
    return format_html("{}. {}", words, dutch(offer.evidence_text)) if offer.evidence_text else words


def is_overdue(offer: Offer, today: date) -> bool:
    """Whether nobody confirmed an offer for long (keeping.rules). Never looked at, without a date, is said apart."""
    return overdue(offer.checked_on, offer.next_check, today)


def tel(phone: str) -> str:
    """What a telephone dials for a number as people write it."""
    return re.sub(r"[^0-9+]", "", phone)


def desk_of(place: PlaceInfo) -> DeskInfo | None:
    """The desk that serves a place: its own, else its region's."""
    return next((info.desk for info in places.path(place) if info.desk), None)
