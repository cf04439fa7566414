"""Regular work: the log verified each night with a mail when it is broken, and the week's broken glass on Monday."""

from datetime import timedelta

from django.db import transaction

from naast.core import audit, clock, jobs, mail, worker
from naast.core.auditing import checking
from naast.core.models import AuditCheck
from naast.core.sharing import outside
from naast.people import queries as people
from naast.people.access.actions import READ_LOG
from naast.people.access.models import BrokenGlass
from naast.people.models import User
from naast.people.policy import Scope
from naast.places import queries as places
from naast.places.rules import PlaceInfo

NIGHT = range(1, 6)  # hours in Amsterdam
BETWEEN = timedelta(hours=20)
MONDAY, MORNING = 0, 7


def ask_for_check() -> bool:
    """Queue the nightly verifying, or the first one; returns whether it was queued. Idempotent within the night."""
    last = AuditCheck.objects.order_by("-at").values_list("at", flat=True).first()
    moment = clock.now()
    if last is not None and (clock.local_now().hour not in NIGHT or moment - last < BETWEEN):
        return False
    jobs.enqueue(verify_log)
    return True


@jobs.task()
def verify_log() -> None:
    """Seal what is whole, verify all seals, note what was found, and mail every privacy officer when it is broken."""
    audit.seal_hours()
    found = checking.verify()
    with transaction.atomic():
        checking.note(found)
        if found.whole:
            return
        for user, place in _officers():
            mail.queue_mail(
                kind="people/log_broken",
                to=user.email,
                context={"place": place.name, "url": outside("access:log")},
                message_id=f"people/log_broken:{user.pk}:{clock.today().isoformat()}",
            )


def _officers() -> list[tuple[User, PlaceInfo]]:
    """Return every privacy officer with the first place of theirs."""
    found: dict[User, PlaceInfo] = {}
    for place in places.all_places():
        if place.takes_part or place.is_region:
            for user in people.who_may(READ_LOG, Scope(place.kind, place.id)):
                found.setdefault(user, place)
    return list(found.items())


def weekly_list() -> int:
    """Mail the privacy officers, on Monday morning, where the glass was broken last week or still waits for them.

    Returns how many mails were promised. Once a week: the key of a mail holds its Monday.
    """
    local = clock.local_now()
    if local.weekday() != MONDAY or local.hour < MORNING:
        return 0
    rows = BrokenGlass.objects.filter(begun_at__gte=clock.now() - timedelta(days=8)) | BrokenGlass.objects.filter(
        judgement=""
    )
    told = 0
    for place_id in set(rows.values_list("place_id", flat=True)):
        place = places.by_id(place_id)
        if place is None:
            continue
        waiting = BrokenGlass.objects.filter(place_id=place_id, judgement="").count()
        for user in people.who_may(READ_LOG, Scope(place.kind, place.id)):
            with transaction.atomic():
                mail.queue_mail(
                    kind="people/glass_weekly",
                    to=user.email,
                    context={"place": place.name, "url": outside("access:glass-list"), "waiting": str(waiting)},
                    message_id=f"people/glass_weekly:{place_id}:{user.pk}:{local.date().isoformat()}",
                )
            told += 1
    return told


def register() -> None:
    """Let the worker do it; each looks hourly whether it is time."""
    worker.every(timedelta(hours=1), "people.verify_log", ask_for_check)
    worker.every(timedelta(hours=1), "people.glass_weekly", weekly_list)
