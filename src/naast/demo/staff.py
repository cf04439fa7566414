"""The people of the demonstration. All names are invented; nobody of them has a password."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from naast.demo.offers import rows_for
from naast.people import actions
from naast.people.models import Grant, User
from naast.people.policy import registered_kinds
from naast.people.policy_table import ORGANISATION
from naast.people.rules import Scope
from naast.places.queries import by_slug

SINCE = date(2026, 1, 1)  # before the oldest question of the demonstration


@dataclass(frozen=True)
class Person:
    """Somebody of the demonstration: a role at a place."""

    role: str
    name: str
    place: str
    organisation: str = ""  # where a provider's role holds; `place` is then only where they are

    @property
    def email(self) -> str:
        """Return an address under a name that can never exist."""
        return f"{self.name.split()[0].lower()}.{self.place}@demo.example"


# The first of a role at Enschede or its region is the one that "Bekijk als…" signs in.
STAFF: tuple[Person, ...] = (
    Person("adviser", "Marije de Boer", "enschede"),
    Person("adviser", "Sander Koopmans", "enschede"),
    Person("coordinator", "Iris Veldhuis", "enschede"),
    Person("editor", "Bram Oosterink", "enschede"),
    Person("regional-editor", "Lotte Wessels", "twente"),
    Person("provider", "Mirthe Aalbers", "enschede", "voorbeeld-de-brug"),
    Person("buddy", "Daan Hofstra", "enschede"),
    Person("buddy-coordinator", "Femke Roelofs", "enschede"),
    Person("trainer", "Els Nijkamp", "enschede"),
    Person("policy-officer", "Hanna Bosman", "enschede"),
    Person("privacy-officer", "Joost Terpstra", "enschede"),
    Person("place-admin", "Karin Meijerink", "enschede"),
    Person("adviser", "Noor Wiggers", "twente"),
    Person("coordinator", "Pieter Ankersmit", "twente"),
    Person("adviser", "Tess Lubberink", "hengelo"),
    Person("adviser", "Ruben Kamphuis", "almelo"),
    Person("adviser", "Anouk van Driel", "drechtsteden"),
    Person("coordinator", "Mees Verschoor", "drechtsteden"),
    Person("adviser", "Yara Blok", "houten"),
    Person("adviser", "Gijs Elshof", "zwolle"),
    Person("adviser", "Sietske Hoekstra", "heerenveen"),
    Person("editor", "Jurre Zandstra", "zwolle"),
)


def load_staff() -> None:
    """Make the people and their roles through the room's own actions. Idempotent: who left in play is back."""
    for person in STAFF:
        user = actions.add_staff(email=person.email, display_name=person.name)
        User.objects.filter(pk=user.pk, is_active=False).update(is_active=True)
        scope = scope_of(person)
        played = Grant.objects.filter(
            user=user, role=person.role, scope_kind=scope.kind, scope_id=scope.id, starts=SINCE
        )
        if not played.update(ends=None):
            actions.grant_role(user=user, role=person.role, scope=scope, starts=SINCE)


def scope_of(person: Person) -> Scope:
    """Return where somebody's role holds. Raises LookupError when the demonstration lacks that place."""
    if person.organisation:
        rows = rows_for(SINCE)["organisations"]
        return Scope(ORGANISATION, next(UUID(row["id"]) for row in rows if row["slug"] == person.organisation))
    place = by_slug(person.place)
    if place is None or place.kind not in registered_kinds():
        raise LookupError(f"the demonstration lacks the place {person.place}")
    return Scope(place.kind, place.id)


def somebody(role: str) -> User | None:
    """Return who plays this role in the demonstration, or None when nobody does yet."""
    email = next((person.email for person in STAFF if person.role == role), None)
    return User.objects.filter(email=email).first() if email else None
