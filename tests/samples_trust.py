"""Samples of the addresses about trust: people and roles, who read what, what is kept, statements, sign-in."""

from naast.places.rules import PlaceInfo
from tests.factories import Sample, sample


@sample("statements:place")
def declared(place: PlaceInfo) -> Sample:
    """Return a place whose statements its administrator keeps."""
    return Sample({"place": place.slug})


@sample("statements:statement")
def statement(place: PlaceInfo) -> Sample:
    """Return a statement that is being written, with words that strangers never read."""
    from naast.core import clock
    from naast.upkeep.statements.models import Statement

    Statement.objects.update_or_create(
        place_id=place.id,
        kind="contact",
        state="draft",
        defaults={"data": {"organisation": "Concept van niemand anders"}, "changed_at": clock.now()},
    )
    return Sample(
        {"place": place.slug, "kind": "contact"},
        marks=("Concept van niemand anders",),
        data={"do": "look", "organisation": "Gemeente"},
    )


@sample("people:passkey-rename", "people:passkey-remove")
def somebodys_passkey(place: PlaceInfo) -> Sample:
    """Return a passkey of somebody else at the same place."""
    from allauth.mfa.models import Authenticator

    from naast.people.tests.factories import staff

    data = {"name": "Sleutel van een collega", "credential": {}}
    passkey = Authenticator.objects.create(user=staff("adviser", place), type="webauthn", data=data)
    return Sample({"passkey_id": passkey.pk}, marks=("Sleutel van een collega",), data={"name": "Andere naam"})
