"""Samples for the permission matrix: what fills the converters of an address, and what only its own readers may see.

A room that adds an address with an argument adds its sample here; the matrix fails and names the address until it does.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from naast.places.rules import PlaceInfo


@dataclass(frozen=True)
class Sample:
    """A record at a place: arguments of its address, and marks (texts, numbers) that a stranger to it never reads."""

    kwargs: dict[str, Any] = field(default_factory=dict)
    args: tuple[Any, ...] = ()
    marks: tuple[str, ...] = ()


Provider = Callable[[PlaceInfo], Sample]
SAMPLES: dict[str, Provider] = {}
MARK = "Hoe vertel ik het mijn zoon van zeven, die steeds boos is?"


def sample(*names: str) -> Callable[[Provider], Provider]:
    """Register a provider for these addresses."""

    def keep(provider: Provider) -> Provider:
        SAMPLES.update(dict.fromkeys(names, provider))
        return provider

    return keep


@sample("people:end-session")
def somebodys_session(place: PlaceInfo) -> Sample:
    """Return a session of somebody else at the same place."""
    from naast.people.actions import open_session
    from naast.people.tests.factories import staff

    session = open_session(user=staff("adviser", place))
    return Sample({"session_id": session.pk})


@sample("people:set-password")
def dead_link(place: PlaceInfo) -> Sample:
    """Return a link that opens nothing."""
    return Sample({"uidb64": "bm9ib2R5", "token": "dead-link"})


@sample("theme")
def theme(place: PlaceInfo) -> Sample:
    """Return the address of the place's theme."""
    return Sample({"place": place.slug, "digest": "00000000"})


@sample("demo:as")
def role(place: PlaceInfo) -> Sample:
    """Return a role of the demonstration's bar."""
    return Sample({"role": "adviser"})


@sample("desk:list")
def work_list(place: PlaceInfo) -> Sample:
    """Return a work list in which one question of the place waits."""
    found = question(place)
    return Sample(marks=found.marks)


@sample("desk:question", "desk:draft")
def question(place: PlaceInfo) -> Sample:
    """Return a question asked at the place."""
    from naast.contact.tests.factories import asked

    made = asked(MARK, at=place.slug)
    return Sample({"question_id": made.pk}, marks=(MARK[:24], made.number, str(made.pk)))


@sample("content_slots_of")
def slots_of(place: PlaceInfo) -> Sample:
    """Return the slots of a place."""
    return Sample({"place": place.slug})


@sample("content_slot")
def slot_of(place: PlaceInfo) -> Sample:
    """Return one slot of a place."""
    from naast.content.models import SlotKey

    return Sample({"place": place.slug, "key": SlotKey.objects.values_list("key", flat=True).first() or "contact"})


@sample("wagtail_serve")
def page(place: PlaceInfo) -> Sample:
    """Return an address in the shared tree."""
    return Sample(args=("ouders/",))


@sample("directory:offer")
def offer(place: PlaceInfo) -> Sample:
    """Return an offer that does not exist: reading offers needs no right."""
    return Sample({"slug": "geen-aanbod"})
