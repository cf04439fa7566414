"""Who read what in the demonstration: advisers open questions, one breaks the glass, and the log is sealed and checked."""

from datetime import timedelta

from naast.contact import queries as contact
from naast.contact import reading
from naast.contact.models import Question
from naast.core import audit, clock
from naast.core.auditing import checking
from naast.core.models import AuditLine
from naast.people.access import actions
from naast.people.access.models import BrokenGlass
from naast.people.models import User
from naast.places import queries as places

HELPER = "tess.hengelo@demo.example"  # of another desk of the region than the parent's question
REASON = (
    "De moeder belde ons loket in paniek. Ze noemde haar vraag in Enschede en durft vanavond niet naar huis. "
    "Bij Enschede nam niemand op."
)
NUMBER_OF_READS = 12


def load_who_saw() -> int:
    """Write some lines of the access log as a working week leaves them; returns how many. What is there is kept."""
    if BrokenGlass.objects.exists():
        return 0
    before = AuditLine.objects.count()
    start = clock.now()
    for step, question in enumerate(Question.objects.select_related("thread", "taken_by").order_by("-asked_at")):
        there = contact.colleagues([question.desk_id])
        if question.taken_by and question.taken_at:  # who takes a question has read it
            with clock.frozen(question.taken_at - timedelta(minutes=4)):
                reading.read_question(question=question, by=question.taken_by)
        if there and step < NUMBER_OF_READS:
            with clock.frozen(min(start, question.asked_at + timedelta(minutes=20 + 7 * step))):
                reading.read_question(question=question, by=there[step % len(there)])
    _in_an_emergency()
    audit.seal_hours()
    checking.note(checking.verify())
    return AuditLine.objects.count() - before


def _in_an_emergency() -> None:
    """Let an adviser of Hengelo read the example parent's latest question in Enschede."""
    helper = User.objects.filter(email=HELPER).first()
    rows = Question.objects.filter(thread__locker__demonstration="parent").order_by("-asked_at")
    question, place = rows.first(), places.by_slug("enschede")
    if helper is None or question is None or place is None:
        return
    with clock.frozen(max(question.asked_at, clock.now() - timedelta(hours=3))):
        row = actions.break_glass(by=helper, place=place, number=question.number, reason=REASON)
        actions.read_by_glass(by=helper, glass_id=row.pk)
