"""How somebody looks: as a list or with a map, and from which postcode; as the address says it.

Purpose: `beeld=kaart` and `postcode=7511` of an address become something the search and the page can use. A wrong postcode
costs nothing else: the list stands, and the field says what is wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from naast.directory.map import queries
from naast.directory.search import snapshot
from naast.places.rules import pc4_of

PICTURE, POSTCODE = "beeld", "postcode"
MAP = "kaart"
LONGEST = 12


@dataclass(frozen=True)
class Sight:
    """`map`: with a map above the list. `typed`: what stands in the field; `pc4`: the four digits, '' where they do not hold."""

    map: bool = False
    typed: str = ""
    pc4: str = ""
    wrong: str = ""

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What the address keeps of it."""
        return ((PICTURE, MAP),) * self.map + ((POSTCODE, self.pc4),) * bool(self.pc4)

    @property
    def kilometres(self) -> Mapping[UUID, float] | None:
        """How far offers are, where a postcode was given."""
        return queries.kilometres(snapshot.current(), self.pc4) if self.pc4 else None


def read(data: QueryDict) -> Sight:
    """What an address says of how somebody looks; unknown values are left out, none fails."""
    typed = data.get(POSTCODE, "").replace("\x00", " ").strip()
    pc4, wrong = "", ""
    if typed:
        pc4 = pc4_of(typed) or ""
        if not pc4:
            wrong = _("This is not a postcode. Type four digits, like 7511.")
        elif queries.origin_of(pc4) is None:
            pc4, wrong = "", _("We do not know this postcode. You see the list without distances.")
    return Sight(data.get(PICTURE) == MAP, typed[:LONGEST], pc4, wrong)
