"""Polls and evenings of the demonstration, all invented: one open poll, one that was heard, one evening."""

from datetime import datetime, time, timedelta

from naast.core import clock
from naast.ledger import actions as ledger
from naast.places.queries import by_slug
from naast.together import actions
from naast.together.models import Evening, Poll

OPEN = {
    "question": "Wist je al waar je hulp kunt vinden?",
    "lead": "We willen weten of mensen het loket kennen. Je antwoord helpt ons om het beter te vertellen.",
    "published": True,
    "is_example": True,
}
HEARD = {
    "question": "Wanneer heb je tijd voor het loket?",
    "lead": "Zo kiezen we de uren waarop het loket open is.",
    "heard": "De meeste ouders kunnen het best in de avond. Overdag werken ze, of zijn de kinderen thuis.",
    "doing": "Vanaf januari is het loket op dinsdag tot half negen open. Over een half jaar kijken we of dat werkt.",
    "published": True,
    "is_example": True,
}
EVENING = {
    "title": "Praten over twee huizen",
    "theme": (
        "Je kind woont in twee huizen. Wat gaat goed, en wat is lastig? Op deze avond praten ouders met elkaar. "
        "Iemand van het loket luistert mee en helpt het gesprek op gang.\n\n"
        "Je hoeft niets te vertellen als je dat niet wilt. Er is koffie en thee."
    ),
    "venue": "Wijkcentrum De Voorbeeldhof",
    "address": "Voorbeeldstraat 1, Enschede",
    "seats": 16,
    "published": True,
    "is_example": True,
}
CLOSED_ANSWERS = {"a": 21, "b": 48, "c": 14}


def load_together() -> int:
    """Fill polls and an evening at Enschede; returns how many. What is there is kept."""
    place = by_slug("enschede")
    if place is None or Poll.objects.exists():
        return 0
    today = clock.today()
    actions.save_poll(
        user=None,
        place=place,
        poll=None,
        options=["Ja, ik kende het loket al", "Nee, ik kwam er nu achter", "Ik zoek nog steeds"],
        opens_on=today - timedelta(days=7),
        closes_on=today + timedelta(days=60),
        fields=OPEN,
    )
    closed = actions.save_poll(
        user=None,
        place=place,
        poll=None,
        options=["Overdag", "In de avond", "In het weekend"],
        opens_on=today - timedelta(days=90),
        closes_on=today - timedelta(days=30),
        fields=HEARD,
    )
    for option, amount in CLOSED_ANSWERS.items():
        ledger.count("poll-answer", place=place.slug, amount=amount, poll=closed.code, option=option)
    begin = datetime.combine(today + timedelta(days=19), time(19, 30), tzinfo=clock.AMSTERDAM)
    actions.save_evening(
        user=None,
        place=place,
        evening=None,
        starts_at=begin,
        ends_at=begin + timedelta(hours=2),
        fields=EVENING,
    )
    return Poll.objects.count() + Evening.objects.count()
