"""What register and DPIA tell the ground: what is kept of who wrote them."""

from naast.core import kept


def declare() -> None:
    """Register with the ground."""
    kept.register(
        kept.Kept(
            model="upkeep.Account",
            name="Wie register of DPIA veranderde",
            about="medewerkers",
            purpose="Weten welke medewerker het register van verwerkingen of de DPIA van de gemeente veranderde",
            ground="AVG artikel 6 lid 1 onder e en artikel 5 lid 2",
            retention="zolang de versie bestaat; de naam vervalt met het account",
            show="Bij elke versie staat intern welke medewerker haar veranderde.",
        )
    )
