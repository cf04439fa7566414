"""What this room keeps about people, for the register, the locker's page, retention and the privacy page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from naast.contact.models import Draft, Expertise, Question, Step
from naast.core import kept
from naast.core.kept import Kept

GROUND = "AVG artikel 6 lid 1 onder e"
WITH_THREAD = "gelijk met het gesprek: 6 maanden na het laatste bericht"


def _export_questions(locker_id: UUID) -> list[Mapping[str, Any]]:
    return [
        {
            "nummer": question.number,
            "gesteld op": question.asked_at,
            "antwoord beloofd voor": question.due_at,
            "eerste antwoord op": question.first_answer_at,
            "stand": question.get_state_display(),
        }
        for question in Question.objects.filter(thread__locker_id=locker_id).order_by("asked_at")
    ]


def _find(number: str) -> tuple[str, UUID] | None:
    """Return the conversation of a question by the number people know it by: it is what is held or erased."""
    found = Question.objects.filter(number=number.strip().upper()).values_list("thread_id", flat=True).first()
    return ("conversations.Thread", found) if found else None


def _erase_questions(locker_id: UUID) -> int:
    mine = Question.objects.filter(thread__locker_id=locker_id)
    number = mine.count()
    mine.delete()
    return number


def register_contact() -> None:
    """Declare all models of this room that hold a person, a locker or people's text."""
    for row in (
        Kept(
            model=Question._meta.label,
            name="De weg van een vraag",
            purpose="Een vraag bij een adviseur brengen die antwoord geeft",
            ground=GROUND,
            retention=WITH_THREAD,
            show="Wanneer je iets vroeg, bij welk loket het ligt en wanneer je antwoord kreeg.",
            export=_export_questions,
            erase=_erase_questions,
            find=_find,
            place="place__slug",
            locker="thread__locker_id",
            receivers="adviseurs en coördinator van het loket",
        ),
        Kept(
            model=Step._meta.label,
            name="Stappen en notities van het loket",
            purpose="Laten zien wie wat met een vraag deed, zodat geen vraag zoekraakt",
            ground=GROUND,
            retention=WITH_THREAD,
            show="Welke stappen het loket zette, en een korte notitie van de ene adviseur voor de andere.",
            place="question__place__slug",
            locker="question__thread__locker_id",
            special=True,
            receivers="adviseurs en coördinator van het loket",
        ),
        Kept(
            model=Draft._meta.label,
            name="Antwoorden in wording",
            purpose="Een antwoord in wording bewaren, zodat de adviseur niets kwijtraakt",
            ground=GROUND,
            retention="tot het antwoord is verstuurd",
            show="Een antwoord waaraan een adviseur nog schrijft.",
            staff_erase=lambda user_id: Draft.objects.filter(author_id=user_id).delete()[0],
            place="question__place__slug",
            special=True,
            receivers="de adviseur die eraan schrijft",
        ),
        Kept(
            model=Expertise._meta.label,
            name="Waar medewerkers veel van weten",
            purpose="Een vraag brengen bij wie er het meest van weet",
            ground=GROUND,
            retention="zolang de medewerker er werkt",
            show="Waar een medewerker veel van weet.",
            about="medewerkers",
            staff_export=lambda user_id: [{"weet veel van": one.kinds} for one in Expertise.objects.filter(pk=user_id)],
            staff_erase=lambda user_id: Expertise.objects.filter(pk=user_id).delete()[0],
        ),
    ):
        kept.register(row)
