"""What happens at night: dates are set, owners are asked, editors are told, decided answers count, the forgotten hides.

Each part may run twice, and may stop anywhere and go on tomorrow: it works in small transactions, so that 10,000
confirmations due in one night hold no lock for long (SQLite has only one).
"""

import base64
import hmac
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from naast.core import clock, crypto, generations
from naast.core.mail import queue_mail
from naast.core.sharing import outside
from naast.directory.editing import offers as editing_offers
from naast.directory.editing.models import Change, ChangeState
from naast.directory.keeping import actions, queries, rules
from naast.directory.keeping.models import Answer
from naast.directory.keeping.queries import Open, pieces
from naast.directory.models import Confirmation, ConfirmationLink, Offer, State
from naast.directory.search import index
from naast.people.models import User

OWNERS_AT_ONCE = 25  # mails in one transaction
HIDE_AT_ONCE = 200  # a night: each is written into the history by itself
KEPT_FOR = timedelta(days=730)
LINKS_KEPT_FOR = timedelta(days=90)  # so long an old link is told apart from a wrong one


def set_dates() -> int:
    """Give every offer without a next date one; returns how many got it."""
    today, done = clock.today(), 0
    without = queries.asked_about().filter(next_check=None).values_list("pk", "checked_on")
    for piece in pieces(list(without)):
        rows = [Offer(pk=pk, next_check=rules.first_check(pk, checked_on, today)) for pk, checked_on in piece]
        with transaction.atomic():
            done += Offer.objects.bulk_update(rows, ["next_check"])
    if done:
        with transaction.atomic():
            generations.bump(index.KEY)
    return done


# ---------- asking


def token_of(link_id: UUID, key_id: str) -> str:
    """The token of a link, derived with a key of the ring: it stands in no table, not even while its mail waits."""
    mark = hmac.digest(crypto.derived_key("offer-link", key_id), link_id.bytes, sha256)
    return base64.urlsafe_b64encode(mark[:24]).decode()


def ask_owners() -> int:
    """Mail everybody who owns an offer whose date came, one mail each; returns how many owners were asked."""
    today = clock.today()
    due = queries.due(today)
    owners = queries.owners_of(due)
    known = queries.known(today)
    for piece in pieces([row for row in due if row.offer_id not in known]):
        new = [Confirmation(offer_id=row.offer_id, due=row.next_check, owner=owners[row.offer_id]) for row in piece]
        Confirmation.objects.bulk_create(new, ignore_conflicts=True)
    last = queries.last_mails()
    to_ask: dict[str, list[Open]] = defaultdict(list)
    to_tell: list[Open] = []
    for row in queries.waiting(today):
        owner = owners.get(row.offer_id, row.owner)
        next_step = rules.step(row.asked, today)
        if next_step == "ask" and rules.may_mail(last.get(owner), today):
            to_ask[owner].append(row)
        elif next_step == "tell" and owner.startswith("organisation:"):
            to_tell.append(row)
    _tell_editors(to_tell, today)
    places = [owner for owner in to_ask if owner.startswith("place:")]
    for owner in places:
        _ask_editors(owner, to_ask.pop(owner), today)
    asked = len(places)
    for batch in pieces(to_ask.items(), OWNERS_AT_ONCE):
        addresses = queries.addresses_of([owner for owner, _rows in batch])
        try:
            with transaction.atomic():
                for owner, rows in batch:
                    _ask(owner, addresses.get(owner, []), rows, today)
            asked += len(batch)
        except IntegrityError:  # another worker asks the same people at this moment
            continue
    return asked


def _ask(owner: str, addresses: Sequence[str], rows: Sequence[Open], today: date) -> None:
    """Mail one owner one link for all that is due. Within a transaction."""
    if Confirmation.objects.filter(owner=owner, last_on=today).exists():
        return  # asked by another worker meanwhile
    link = ConfirmationLink(owner=owner)
    key_id = crypto.newest_key()[0]
    link.digest = queries.digest_of(token_of(link.pk, key_id))
    link.save()
    through = ConfirmationLink.confirmations.through
    for piece in pieces(rows):
        ids = [row.id for row in piece]
        through.objects.bulk_create([through(confirmationlink_id=link.pk, confirmation_id=pk) for pk in ids])
        Confirmation.objects.filter(pk__in=ids).update(times=F("times") + 1, last_on=today, owner=owner)
    again = "1" if any(row.asked.times for row in rows) else ""
    for address in addresses:
        queue_mail(
            kind="directory/confirm",
            to=address,
            context={"link": str(link.pk), "key": key_id, "number": str(len(rows)), "again": again},
            message_id=f"offer-check-{owner}-{today}-{address}",
        )


def _ask_editors(owner: str, rows: Sequence[Open], today: date) -> None:
    """Ask the editors of a place about offers whose organisation nobody can reach; they sign in, so no link."""
    people = queries.editors_of(owner)
    for piece in pieces(rows):
        known = {"told_on": today} if people else {}
        Confirmation.objects.filter(pk__in=[row.id for row in piece]).update(
            times=F("times") + 1, last_on=today, owner=owner, **known
        )
    _mail_editors({user.pk: (user, len(rows)) for user in people}, f"ask-{owner}", today)


def _tell_editors(rows: Sequence[Open], today: date) -> None:
    """Tell the editors of each place that nobody answered about some of its offers; from then on they are on their list."""
    if not rows:
        return
    offers = {row.offer_id: row for row in rows}
    found: dict[str, list[Open]] = defaultdict(list)
    kept = queries.owners_of([one for one in queries.due(today) if one.offer_id in offers], editors=True)
    for offer_id, place in kept.items():
        found[place].append(offers[offer_id])
    people: dict[UUID, tuple[User, int]] = {}
    for place, its in found.items():
        editors = queries.editors_of(place)
        if not editors:
            continue  # nobody knows, so nothing is ever hidden for it
        for piece in pieces(its):
            Confirmation.objects.filter(pk__in=[row.id for row in piece]).update(told_on=today)
        for user in editors:
            people[user.pk] = user, people.get(user.pk, (user, 0))[1] + len(its)
    _mail_editors(people, "tell", today)


def _mail_editors(people: dict[UUID, tuple[User, int]], what: str, today: date) -> None:
    with transaction.atomic():
        for user, number in people.values():
            queue_mail(
                kind="directory/unanswered",
                to=user.email,
                context={"url": outside("freshness"), "number": str(number)},
                message_id=f"offer-check-{what}-{today}-{user.pk}",
            )


# ---------- what follows


def settle_decided() -> int:
    """Count answers that editors decided about since: what was proposed through a link is then true; returns how many."""
    done = 0
    waiting = Confirmation.objects.filter(
        answer__in=[Answer.CHANGED, Answer.ENDED], due=F("offer__next_check"), offer__state__in=queries.ASKED,
        offer__organisation__ended=False,
    )  # fmt: skip
    for piece in pieces(list(waiting.select_related("offer__organisation"))):
        names = {actions.by_link(asked): asked for asked in piece}
        changes = Change.objects.filter(by__in=list(names)).exclude(state=ChangeState.OPEN)
        decided = set(changes.values_list("by", flat=True))
        decided -= set(Change.objects.filter(by__in=list(names), state=ChangeState.OPEN).values_list("by", flat=True))
        for name in sorted(decided):
            asked = names[name]
            # who proposed a change looked at all of it; that it still exists is what an editor said
            editing_offers.confirm(offer=asked.offer, by=name, editor=asked.answer == Answer.ENDED)
            done += 1
    return done


def hide_forgotten() -> int:
    """Hide what nobody confirmed for long after its editors were told, as its place chose; returns how many."""
    today = clock.today()
    found = queries.forgotten(today)
    places = queries.owners_of([row for *_rest, row in found], editors=True)
    chosen, done = queries.choices(), 0
    for offer_id, due, told_on, _row in found:
        months = chosen.get(places[offer_id].partition(":")[2], rules.HIDE_AFTER)
        if done < HIDE_AT_ONCE and rules.hides(
            next_check=due, told_on=told_on, hide_after=months, is_helpline=False, today=today
        ):
            offer = Offer.objects.filter(pk=offer_id, state=State.OPEN).first()
            if offer is not None:
                editing_offers.set_state(offer=offer, state=State.HIDDEN, by="system")
                done += 1
    return done


def forget() -> int:
    """Forget what was asked about dates of more than two years ago, and links of long ago; returns how many."""
    today = clock.today()
    links = ConfirmationLink.objects.filter(expires_on__lt=today - LINKS_KEPT_FOR).delete()[0]
    return links + Confirmation.objects.filter(due__lt=today - KEPT_FOR).exclude(due=F("offer__next_check")).delete()[0]
