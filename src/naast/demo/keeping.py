"""What the demonstration erased, and one question that must be kept: so that the privacy officer's screens show something.

A year of Naast is played: conversations and plans past their time go by the real run, at the day it would have happened.
"""

from datetime import timedelta

from naast.core import clock
from naast.core.models import AuditSeal, LegalHold, RetentionRun
from naast.core.retention import actions as retention
from naast.lockers import actions as lockers
from naast.lockers.models import Locker
from naast.people.models import User
from naast.places import queries as places
from naast.upkeep.keeping import actions

PLACE = "enschede"
NAME = "erased"  # of the lockers that go
REASON = "Bezwaar tegen een besluit loopt. De rechter kan het gesprek opvragen."


def load_keeping() -> int:
    """Let runs have happened and hold one question, once. Returns how many lockers went.

    Before the log is sealed: lines of last year would stand in hours that are closed, and verifying would say so.
    """
    if RetentionRun.objects.exists():
        return 0
    if AuditSeal.objects.exists():
        _hold()
        return 0
    now = clock.now()
    with clock.frozen(now - timedelta(days=400)):
        for number in range(3):
            lockers.make_demonstration(name=f"{NAME}-{number}", place_slug=PLACE, audience="ouders")
    gone = Locker.objects.filter(demonstration__startswith=NAME).update(demonstration="")
    for days in (9, 2):
        with clock.frozen(now - timedelta(days=days)):
            retention.run(actor="system")
    _hold()
    return gone


def _hold() -> None:
    from naast.contact.models import Question

    info = places.by_slug(PLACE)
    if info is None or LegalHold.objects.exists():
        return
    officer = User.objects.filter(grants__role=actions.OFFICER, grants__scope_id=info.id).first()
    question = Question.objects.filter(place__slug=PLACE).order_by("asked_at").first()
    if officer is None or question is None:
        return
    until = clock.today() + timedelta(days=120)
    actions.hold(user=officer, place=info, kind="", number=question.number, reason=REASON, until=until)
