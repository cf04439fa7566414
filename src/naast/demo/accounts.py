"""The register and the DPIA of Enschede in the demonstration: filled in and decided on once, by an invented officer."""

from datetime import timedelta

from naast.core import clock
from naast.places import queries as places
from naast.upkeep.register import actions, queries, rules

PLACE = "enschede"


def load_accounts() -> int:
    """Decide on the papers that the place has none of. Returns how many. Idempotent."""
    place = places.by_slug(PLACE)
    if place is None:
        return 0
    made = 0
    for filled in (_register(), _dpia()):
        kind: rules.Kind = "dpia" if isinstance(filled, rules.Dpia) else "register"
        if not queries.standing(place, kind).versions:
            actions.load(place=place, kind=kind, filled=filled)
            made += 1
    return made


def _register() -> rules.Register:
    today = clock.today()
    return rules.Register(
        processors=(
            rules.Processor("Voorbeeld Hosting", "Laat Naast draaien en maakt reservekopieën.", today),
            rules.Processor("Voorbeeld Post", "Verstuurt het bericht dat er iets nieuws is.", today),
        ),
        joint="Elke gemeente is zelf verantwoordelijk. Wat de regio samen doet, staat in een regeling (verzonnen).",
        special="Artikel 9 lid 2 onder g AVG, met artikel 30 UAVG, volgens het advies van de functionaris (verzonnen).",
        outside="Nee. Beide verwerkers werken in Nederland.",
        decided_by="Gemeentesecretaris",
        decided_on=today,
    )


def _dpia() -> rules.Dpia:
    today = clock.today()
    return rules.Dpia(
        why="Ouders en kinderen vonden hulp te laat. Het college besloot om Naast een jaar te proberen (verzonnen).",
        where="Nederland, in twee datacentra. De sleutels staan apart van de reservekopieën.",
        policy="Het privacybeleid van de gemeente. De archivaris kijkt nog welk nummer past.",
        children="Zes jongeren uit de jongerenraad lazen de pagina's en stelden een proefvraag (verzonnen).",
        risks=(
            rules.OwnRisk(
                risk="Het loket zit in een gebouw waar ook de school komt.",
                measure="Een gesprek kan ook ergens anders, of met bellen.",
                left="Wie toch komt, kan worden gezien.",
            ),
        ),
        accepts="Wat overblijft bij meekijken op het eigen apparaat: daar kan de gemeente niets aan doen.",
        advice_on=today - timedelta(days=14),
        advice="Begin, met een steekproef op het inzagelog elk kwartaal. Leg vast wie beslist bij een vordering.",
        followed="De steekproef staat in het werkplan. Het mandaat voor een vordering ligt bij de secretaris.",
        open="De oefening met een vordering is gepland voor het voorjaar.",
        decided_by="College van burgemeester en wethouders",
        decided_on=today,
        review_on=today + timedelta(days=365),
    )
