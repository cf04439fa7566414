"""What providers and editors do with facts of an offer: propose, decide field by field, take back. One transaction each.

Public facts go into the audit line by name only. Who decided, and when, stands with the change.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Length

from naast.core import audit, clock
from naast.directory import actions as directory
from naast.directory.editing import queries, rules
from naast.directory.editing.models import Change, ChangeKind, ChangeState, PlaceRule, ProfessionalContact
from naast.directory.models import Offer, State
from naast.directory.rules import OfferRecord, RecordError, offer_problems
from naast.ledger.actions import count

KEEP_WORDS = timedelta(days=730)
KEEP_CONTACT = timedelta(days=365)


class Changed(Exception):
    """Somebody else changed the same thing in between; `now` is what stands there."""


def actor_of(by: str) -> str:
    """The name in the access log of who made a change: staff by themselves, a mailed link as the system."""
    return by if by.startswith("staff:") else "system"


def propose(*, offer: Offer, values: Mapping[str, Any], by: str, ended: bool = False, note: str = "") -> Change | None:
    """Propose facts of an offer to its editors; None when nothing differs from what stands there.

    `values` are plain values by the name of a fact (rules.PROPOSABLE; another name raises ValueError), `by` is
    `staff:<uuid>` or `link:<id>`. Who proposes again replaces their own open proposal. Small facts show at once where the
    place allows it. Raises RecordError when the offer would not be sound with these values.
    """
    strange = set(values) - set(rules.PROPOSABLE)
    if strange:
        raise ValueError(f"{sorted(strange)} cannot be proposed")
    wanted = {**values, **({rules.STATE: State.ENDED.value} if ended else {})}
    with transaction.atomic():
        row = _locked(offer)
        mine = Change.objects.filter(offer=row, by=by, state=ChangeState.OPEN).first()
        if mine:
            _take_live_back(mine, row)
            row = _locked(offer)
        facts = queries.facts_of(row)
        fields = rules.differences(facts, wanted)
        _must_be_sound(row, {name: field["new"] for name, field in fields.items()})
        if not fields:
            if mine:
                _end(mine, ChangeState.WITHDRAWN, by)
            return None
        change = mine or Change(offer=row, by=by)
        change.fields, change.made_on, change.note, change.verdicts = fields, clock.now(), note.strip(), {}
        change.live = []
        if rules.SMALL & set(fields) and queries.small_facts_live(row):
            change.live = [name for name in fields if name in rules.SMALL]
            directory.save_offer(
                record=queries.record_of(row, {name: fields[name]["new"] for name in change.live}), actor=actor_of(by)
            )
        change.save()
        audit.record(actor=actor_of(by), act="propose", kind="directory.Offer", record_id=row.pk, fields=sorted(fields))
        count("offer-proposal", place=queries.counted_at(row), state="open")
    return change


def _locked(offer: Offer) -> Offer:
    Offer.objects.select_for_update().filter(pk=offer.pk).first()
    return queries.whole(Offer.objects.filter(pk=offer.pk)).get()


def _must_be_sound(offer: Offer, values: Mapping[str, Any]) -> None:
    record: OfferRecord = queries.record_of(offer, values)
    problems = offer_problems(record)
    if problems:
        raise RecordError(problems)


def _take_live_back(change: Change, offer: Offer) -> None:
    """Put back what readers saw at once, where nobody changed it since."""
    facts = queries.facts_of(offer)
    back = {
        name: change.fields[name]["old"]
        for name in change.live
        if rules.same(name, facts.get(name), change.fields[name]["new"])
    }
    if back:
        directory.save_offer(record=queries.record_of(offer, back), actor=actor_of(change.by))


def _end(change: Change, state: ChangeState, by: str) -> None:
    change.state, change.decided_by, change.decided_on, change.live = state, by, clock.now(), []
    change.save()


def withdraw(*, change: Change, by: str) -> None:
    """Take one's own open proposal back; what readers saw at once goes back too. Nothing happens when it was decided."""
    with transaction.atomic():
        row = Change.objects.select_for_update().filter(pk=change.pk, state=ChangeState.OPEN).first()
        if row is None:
            return
        _take_live_back(row, _locked(row.offer))
        _end(row, ChangeState.WITHDRAWN, by)
        audit.record(actor=actor_of(by), act="withdraw", kind="directory.Change", record_id=row.pk)


def decide(
    *, change: Change, verdicts: Mapping[str, bool], by: str, reason: str = "", seen: str | None = None
) -> Change:
    """Take over or refuse each field of a proposal, in one transaction; what is taken over shows at once.

    `verdicts`: name → True (take over) for every field. `seen` is stamp() of what the editor looked at. Raises Changed
    when the proposal was decided or replaced meanwhile or the offer changed since `seen`, ValueError when a field has no
    verdict, RecordError when the offer would not be sound.
    """
    with transaction.atomic():
        row = Change.objects.select_for_update().filter(pk=change.pk, state=ChangeState.OPEN).first()
        if row is None:
            raise Changed
        offer = _locked(row.offer)
        if seen is not None and seen != stamp(row, offer):
            raise Changed
        if set(verdicts) != set(row.fields):
            raise ValueError("every field needs a verdict")
        facts = queries.facts_of(offer)
        take = {name: row.fields[name]["new"] for name, yes in verdicts.items() if yes}
        back = {
            name: row.fields[name]["old"]
            for name, yes in verdicts.items()
            if not yes and name in row.live and rules.same(name, facts.get(name), row.fields[name]["new"])
        }
        write_facts(offer, {**take, **back}, by)
        row.fields = {name: {**field, "before": facts.get(name)} for name, field in row.fields.items()}
        row.verdicts = {name: "accepted" if yes else "refused" for name, yes in verdicts.items()}
        row.reason = reason.strip()
        _end(row, ChangeState(rules.verdict_of(row.verdicts)), by)
        audit.record(
            actor=actor_of(by), act="decide", kind="directory.Change", record_id=row.pk, fields=sorted(row.fields)
        )
        count("offer-proposal", place=queries.counted_at(offer), state=row.state)
    return row


def stamp(change: Change, offer: Offer) -> str:
    """Return a mark of a proposal and of what stands in the offer where it wants to change it."""
    from hashlib import blake2b

    facts = queries.facts_of(offer)
    seen = [(name, field["new"], rules.normal(name, facts.get(name))) for name, field in sorted(change.fields.items())]
    return blake2b(repr((change.made_on, seen)).encode(), digest_size=8).hexdigest()


def write_facts(offer: Offer, values: Mapping[str, Any], by: str) -> None:
    """Write facts through the way all offers are written; ending and opening again included. Within a transaction."""
    from naast.directory.editing import offers

    state = values.get(rules.STATE)
    rest = {name: value for name, value in values.items() if name != rules.STATE}
    if rest:
        directory.save_offer(record=queries.record_of(offer, rest), actor=actor_of(by))
    if state:
        offers.set_state(offer=offer, state=State(state), by=by, in_history=False)


def note_edit(*, offer: Offer, before: Mapping[str, Any], by: str, kind: ChangeKind = ChangeKind.EDIT) -> Change | None:
    """Keep what an editor changed in an offer's history; `before` are its facts until now.

    None when nothing differs; two that became one is history also then.
    """
    after = queries.facts_of(queries.whole(Offer.objects.filter(pk=offer.pk)).get())
    fields = rules.differences(before, after)
    if not fields and kind != ChangeKind.MERGE:
        return None
    now = clock.now()
    return Change.objects.create(
        offer_id=offer.pk, kind=kind, fields=fields, by=by, made_on=now, state=ChangeState.ACCEPTED,
        verdicts=dict.fromkeys(fields, "accepted"), decided_by=by, decided_on=now,
    )  # fmt: skip


# ---------- what ends by itself


def forget_contacts() -> int:
    """Erase contacts of professionals that nobody looked at for a year; returns how many."""
    return int(past_contacts().delete()[0])


def past_contacts() -> QuerySet[ProfessionalContact]:
    """Return contacts of professionals that nobody looked at for a year."""
    return ProfessionalContact.objects.filter(checked_on__lt=clock.today() - KEEP_CONTACT)


def forget_words() -> int:
    """Erase what was written beside changes decided two years ago; returns how many changes."""
    return blank_words(list(past_words().values_list("pk", flat=True)))


def past_words() -> QuerySet[Change]:
    """Return changes decided two years ago beside which words still stand."""
    old = Change.objects.filter(decided_on__lt=clock.now() - KEEP_WORDS)
    # Sealed text cannot be asked about; how long it is can.
    return old.annotate(words=Length("note") + Length("reason")).filter(words__gt=0)


def blank_words(ids: Sequence[Any]) -> int:
    """Take the words off these changes, which stay; returns how many."""
    return int(Change.objects.filter(pk__in=ids).update(note=b"", reason=b""))


# ---------- the contact for professionals, and a place's rule


def contact_of(offer: Offer) -> ProfessionalContact | None:
    """Return whom professionals ask about an offer, or None."""
    return ProfessionalContact.objects.filter(offer=offer).first()


def save_contact(*, offer: Offer, text: str, by: str) -> None:
    """Write whom professionals ask about an offer; empty takes it away."""
    with transaction.atomic():
        row = ProfessionalContact.objects.select_for_update().filter(offer=offer).first()
        if not text.strip():
            if row is not None:
                row.delete()
                audit.record(actor=actor_of(by), act="remove", kind="directory.ProfessionalContact", record_id=offer.pk)
            return
        row = row or ProfessionalContact(offer=offer)
        row.text, row.checked_on = text.strip(), clock.today()
        row.save()
        audit.record(
            actor=actor_of(by), act="save", kind="directory.ProfessionalContact", record_id=row.pk, fields=["text"]
        )


def set_rule(*, place_id: UUID, small_facts_live: bool, by: str) -> None:
    """Choose whether small facts of a place's providers show before an editor looked at them."""
    with transaction.atomic():
        row, _new = PlaceRule.objects.update_or_create(
            place_id=place_id, defaults={"small_facts_live": small_facts_live, "changed_at": clock.now()}
        )
        audit.record(
            actor=actor_of(by), act="save", kind="directory.PlaceRule", record_id=row.pk, fields=["small_facts_live"]
        )
