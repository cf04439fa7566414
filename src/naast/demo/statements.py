"""Statements of the demonstration's places: invented, and said to be so on the page. Contact is at example addresses."""

from datetime import timedelta

from naast.core import clock
from naast.places import queries as places
from naast.places.rules import PlaceInfo
from naast.upkeep.statements import actions, queries, rules
from naast.upkeep.statements.forms import GROUNDS
from naast.upkeep.statements.rules import Kind

EXAMINED = frozenset({"enschede", "zwolle"})  # the others planned their examination
OWN_HOST = "zwolle"


def load_statements() -> int:
    """Publish the statements that a place lacks, or whose example days are past. Returns how many. Idempotent."""
    made = 0
    for place in places.all_places():
        if not place.takes_part:
            continue
        kept = {row.kind: row for row in queries.overview_of(place)}
        shown = queries.in_force(place.id)
        for kind, statement in _statements(place).items():
            ours = kind not in shown or (shown[kind].is_example and bool(kept[kind].judged.gaps))
            if ours:
                actions.load(place=place, kind=kind, statement=statement, is_example=True)
                made += 1
    return made


def _statements(place: PlaceInfo) -> dict[Kind, rules.Statement]:
    found: dict[Kind, rules.Statement] = {
        "contact": _contact(place),
        "privacy": _privacy(place),
        "accessibility": _accessibility(place),
    }
    if place.slug == OWN_HOST:
        found["security"] = rules.Security(contacts=(f"mailto:beveiliging@{place.slug}.example",))
    return found


def _contact(place: PlaceInfo) -> rules.Contact:
    desk = place.desk
    return rules.Contact(
        organisation=f"Samenwerkende gemeenten in {place.name}" if place.is_region else f"Gemeente {place.name}",
        phone=desk.phone if desk else "",
        email=f"loket@{place.slug}.example",
        postal=f"Postbus 0\n0000 AA {desk.town if desk else place.name}",
        visit=f"{desk.street}\n{desk.town}" if desk else "",
        registered="yes" if place.slug == OWN_HOST else "no",
    )


def _privacy(place: PlaceInfo) -> rules.Privacy:
    return rules.Privacy(
        fg="Functionaris gegevensbescherming",
        fg_email=f"privacy@{place.slug}.example",
        rights=(
            "Heb je een kluisje? Dan zie en wis je daar alles zelf. "
            f"Heb je geen kluisje, schrijf dan naar privacy@{place.slug}.example. Je hoort binnen een maand van ons."
        ),
        grounds=GROUNDS,
        processors="Een voorbeeldbedrijf laat Naast draaien. Het mag de gegevens niet voor zichzelf gebruiken.",
    )


def _accessibility(place: PlaceInfo) -> rules.Accessibility:
    today = clock.today()
    mail = f"toegankelijk@{place.slug}.example"
    if place.slug not in EXAMINED:
        return rules.Accessibility(
            status="C",
            planned_on=today + timedelta(days=150),
            email=mail,
            answer_days=3,
            signed_by="Gemeentesecretaris",
        )
    return rules.Accessibility(
        status="B",
        tested_on=today - timedelta(days=120),
        tested_by="Voorbeeldbureau Toegankelijk",
        tested_what="Twintig pagina’s en twee papieren, volgens WCAG-EM. Twee mensen met een schermlezer keken mee.",
        shortcomings=(
            rules.Shortcoming(
                what="Drie oude brieven van het loket zijn slecht te lezen met een schermlezer.",
                why="Wie niet ziet, hoort de tabel in een verkeerde volgorde.",
                plan="We maken de brieven opnieuw.",
                by=today + timedelta(days=200),
            ),
        ),
        email=mail,
        answer_days=3,
        signed_by="Gemeentesecretaris",
    )
