"""Questions of the demonstration, asked, taken and answered through the rooms' own actions. All are invented."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from naast.contact import actions, queries
from naast.contact.models import Expertise, Question
from naast.contact.rules import clean_text
from naast.core import clock, once
from naast.lockers import actions as lockers
from naast.lockers.models import Locker
from naast.people.actions import note_absence
from naast.people.models import User
from naast.places.queries import by_id, by_slug

FILE = Path(__file__).resolve().parent.parent / "contact" / "demo_data.yaml"

# What the invented advisers know well (the names stand in demo/staff.py).
KNOWS = {
    "marije.enschede@demo.example": ["behaviour", "social-work"],
    "sander.enschede@demo.example": ["youth", "legal"],
    "noor.twente@demo.example": ["social-work", "legal"],
    "tess.hengelo@demo.example": ["youth"],
}
ILL, STANDS_IN = "sander.enschede@demo.example", "marije.enschede@demo.example"


def load_questions() -> int:
    """Fill the desks with the questions of `contact/demo_data.yaml`; returns how many. What is there is kept."""
    for email, kinds in KNOWS.items():
        user = User.objects.filter(email=email).first()
        if user:
            Expertise.objects.update_or_create(user=user, defaults={"kinds": kinds})
    if Question.objects.exists():
        return 0
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))["questions"]
    start = clock.now()
    # The oldest first: then everybody's list grew as a real one does.
    for row in sorted(rows, key=lambda row: -float(row["hours_ago"])):
        _play(row, start)
    _call_in_sick()
    return len(rows)


def _call_in_sick() -> None:
    """Let one adviser be ill for some days, so that the list shows what a colleague's absence leaves behind."""
    ill, there = (User.objects.filter(email=email).first() for email in (ILL, STANDS_IN))
    if ill and there:
        today = clock.today()
        note_absence(user=ill, starts=today, ends=today + timedelta(days=3), deputy=there)


def _play(row: dict[str, Any], start: Any) -> None:
    place = by_slug(row["place"])
    if place is None:
        raise LookupError(row["place"])
    asked_at = start - timedelta(hours=row["hours_ago"])
    with clock.frozen(asked_at):
        question = actions.ask_question(
            once=once.read(once.issue()),
            place=place,
            audience=row["audience"],
            text=clean_text(row["text"]),
            email=row.get("email", ""),
            locker=_locker(row),
        ).question
    if row["fate"] == "new":
        return
    with clock.frozen(min(start, asked_at + timedelta(hours=row["after"]))):
        _decide(question, row)


def _locker(row: dict[str, Any]) -> Locker | None:
    """Return the example locker in which this question lies: the parent's or the child's; None for a new one."""
    name = row.get("locker")
    if not name:
        return None
    return lockers.make_demonstration(name=name, place_slug=row["place"], audience=row["audience"]).locker


def _decide(question: Question, row: dict[str, Any]) -> None:
    """Let an adviser of the desk do what the row says."""
    desk = by_id(question.desk_id)
    advisers = {who.id for who in queries.staff_of([desk] if desk else [], clock.today()) if not who.coordinator}
    there = [user for user in queries.colleagues([question.desk_id]) if str(user.pk) in advisers]
    by = there[row.get("by", 0) % len(there)]
    actions.take(question_id=question.pk, by=by)
    if draft := row.get("draft"):
        actions.keep_draft(question_id=question.pk, by=by, text=draft.strip())
    if row["fate"] == "asked_back":
        actions.ask_back(question_id=question.pk, by=by, text=row["answer"])
    elif row["fate"] in ("answered", "closed"):
        actions.answer(question_id=question.pk, by=by, text=row["answer"])
    if row["fate"] == "closed":
        actions.close(question_id=question.pk, by=by)
