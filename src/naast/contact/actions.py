"""Writing to and at the desk: one function per thing a person does with a question.

Each is one transaction with its audit line, its step in the history, its count and its queued notices. What people
write goes to `conversations`, encrypted; notices hold no word of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from naast.contact import queries, rules
from naast.contact.models import Draft, Question, ReasonChoice, Step
from naast.contact.reading import place_slug, scope_of, whose
from naast.contact.rules import Act, State
from naast.conversations import actions as conversations
from naast.conversations import urgent
from naast.conversations.models import Thread
from naast.core import audit, clock, mail
from naast.core import once as once_numbers
from naast.core.once import Once
from naast.core.sharing import outside
from naast.ledger import actions as ledger
from naast.ledger import rules as ledger_rules
from naast.lockers import actions as lockers
from naast.lockers.models import Locker
from naast.people.actions import actor_of
from naast.people.models import User
from naast.people.policy import may
from naast.places import queries as places
from naast.places.rules import PlaceInfo

KIND = "contact.Question"
TOLD = 5  # advisers who get a notice of one new question; more would be noise
SHOW_CODE_FOR = timedelta(minutes=settings.NAAST_ONCE_SHOW_MINUTES)


class Empty(ValueError):
    """Nothing was written."""


@dataclass(frozen=True)
class Asked:
    """What the confirmation shows. `code_words` is empty where no code may be shown (again)."""

    question: Question
    code_words: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    again: bool = False


# --- Asking -----------------------------------------------------------------------------------------------------------


def ask_question(
    *, once: Once, place: PlaceInfo, audience: str, text: str, email: str = "", locker: Locker | None = None
) -> Asked:
    """Ask a question: kept, routed, counted, its readers told. Idempotent on the form's one-time number.

    With an open locker the question lands there; else a locker is made, whose code is derived from the number, so that
    a form sent twice shows the same code. `text` is clean (`rules.clean_text`) and within the limit; a longer or empty
    one raises ValueError, because losing words in silence is worse.
    """
    if not text or len(text) > rules.MAX_TEXT:
        raise ValueError("A question has between 1 and 4,000 characters.")
    known = repeat(once)
    if known:
        return known
    judgement = urgent.judge(text)
    subject = rules.guess_subject(text, audience)
    routing = queries.routing_for(place=place, audience=audience, subject=subject)
    desk = places.by_slug(routing.desk.slug) or place
    moment = clock.now()
    # Argon2 takes 28 ms: before the transaction, so that nothing holds SQLite's one write lock meanwhile.
    fresh = None if locker else lockers.prepare(once=once, place_slug=place.slug, audience=audience)
    with transaction.atomic():
        if not once_numbers.claim(once, "question"):
            return repeat(once) or _gone()
        code_words: tuple[str, ...] = ()
        if fresh is not None:
            opened = lockers.create(fresh)
            locker, code_words = opened.locker, opened.code_words
        assert locker is not None  # noqa: S101 - one of the two branches above made it
        if email:
            lockers.set_email(locker=locker, email=email)
        thread = conversations.start(
            locker=locker,
            place=place.slug,
            audience=audience,
            subject=subject,
            text=text,
            kind="question",
        )
        question = Question(
            place_id=place.id,
            desk_id=desk.id,
            thread=thread,
            audience=audience,
            subject=subject,
            reason=routing.reason.value,
            urgent=judgement.urgent,
            urgent_kinds=sorted(judgement.kinds),
            asked_at=moment,
            due_at=queries.deadline(desk, moment),
            new_locker=fresh is not None,
            asked_with=once.digest,
        )
        question.title = rules.opening_words(text) if judgement.urgent else rules.headline(text)
        question.save(force_insert=True)
        Step.objects.create(question=question, number=1, at=moment, act="ask", before="", after=State.NEW.value)
        audit.record(actor="locker", act="ask", kind=KIND, record_id=question.pk, **whose(question))
        ledger.count(
            "question",
            place=place.slug,
            audience=audience,
            subject=subject,
            urgent="yes" if judgement.urgent else "no",
            hours=ledger_rules.part_of_day(moment.astimezone(clock.AMSTERDAM)),
        )
        _tell_desk(question, desk, routing.candidates)
    return Asked(question, code_words, tuple(queries.first_names(routing.candidates[:2])))


def repeat(once: Once) -> Asked | None:
    """Return what a form that was sent before shows: its code for 15 minutes, later only that the question is in."""
    question = queries.asked_with(once.digest)
    if question is None:
        return None
    words: tuple[str, ...] = ()
    if question.new_locker and clock.now() - question.asked_at <= SHOW_CODE_FOR:
        words = lockers.code_of(once)
    return Asked(question, words, again=True)


def _gone() -> Asked:
    raise Empty("This form was used for a question that was erased since.")


def _tell_desk(question: Question, desk: PlaceInfo, candidates: tuple[str, ...]) -> None:
    """Queue a notice without content: to who should read it, else to the desk's own address."""
    kind = "contact/urgent_question" if question.urgent else "contact/new_question"
    addresses = {str(user.pk): user.email for user in User.objects.filter(pk__in=candidates[:TOLD])}
    if not addresses and (info := queries.desk_info(desk)).email:
        addresses = {"desk": info.email}
    context = {"place": desk.name, "number": question.number, "url": question_url(question)}
    for key, address in addresses.items():
        mail.queue_mail(kind=kind, to=address, context=context, message_id=f"{kind}:{question.pk}:{key}")


def question_url(question: Question) -> str:
    """Return the path of a question at the desk, for mails."""
    return outside("desk:question", question.pk)


# --- At the desk ------------------------------------------------------------------------------------------------------


def _open(question_id: UUID, by: User, action: str) -> Question:
    """Lock a question for a change. Raises PermissionDenied for somebody without the right at its desk."""
    question = Question.objects.select_for_update().get(pk=question_id)
    if not may(by, action, scope_of(question)):
        raise PermissionDenied(action)
    return question


def _move(question: Question, act: Act, by: User | None, *, note: str = "", fields: tuple[str, ...] = ()) -> None:
    """Take one step: state, moments, history, access log, count. Raises NotNow when the state does not allow it."""
    before, moment = State(question.state), clock.now()
    after = rules.next_state(before, act, holder=question.taken_by_id is not None)
    question.state = after.value
    question.done_at = moment if after in (State.ANSWERED, State.CLOSED) else None
    if after is State.TAKEN and question.taken_at is None:
        question.taken_at = moment
    question.save()
    # The question's row is locked by the caller, so no other step takes this number.
    number = Step.objects.filter(question=question).count() + 1
    step = Step(
        question=question, number=number, at=moment, actor=by, act=act.value, before=before.value, after=after.value
    )
    step.note = note
    step.save(force_insert=True)
    audit.record(
        actor=actor_of(by) if by else "locker",
        act=act.value,
        kind=KIND,
        record_id=question.pk,
        fields=("state", *fields),
        **whose(question, by),
    )
    if after is not before:
        ledger.count("question-state", place=place_slug(question), state=after.value)


@transaction.atomic
def take(*, question_id: UUID, by: User) -> Question:
    """Take a question: from now on this adviser answers it. Taking it from a colleague is a step that shows."""
    question = _open(question_id, by, "desk.take")
    if question.taken_by_id == by.pk and question.state in (State.TAKEN, State.WAITING):
        return question
    question.taken_by, question.taken_at = by, clock.now()
    _move(question, Act.TAKE, by, fields=("taken_by",))
    return question


@transaction.atomic
def answer(*, question_id: UUID, by: User, text: str) -> Question:
    """Answer a question: the asker reads it in the locker and gets a signal without content. Raises Empty."""
    question = _write(question_id, by, text, Act.ANSWER)
    if question.first_answer_at is None:
        question.first_answer_at = clock.now()
        question.save(update_fields=["first_answer_at"])
        ledger.count(
            "answer",
            place=place_slug(question),
            audience=question.audience,
            subject=question.subject,
            band=ledger_rules.band(question.first_answer_at - question.asked_at),
        )
    return question


@transaction.atomic
def ask_back(*, question_id: UUID, by: User, text: str) -> Question:
    """Ask the asker something first: the question waits for them, and the clock stands still. Raises Empty."""
    return _write(question_id, by, text, Act.ASK_BACK)


def _write(question_id: UUID, by: User, text: str, act: Act) -> Question:
    words = rules.clean_text(text)
    if not words:
        raise Empty("Nothing was written.")
    question = _open(question_id, by, "desk.answer")
    rules.next_state(State(question.state), act)  # refuse before anything is written
    if question.taken_by_id is None:
        question.taken_by, question.taken_at = by, clock.now()
    conversations.reply(thread=question.thread, author=by, text=words)
    Draft.objects.filter(question=question, author=by).delete()
    _move(question, act, by, fields=("text",))
    return question


@transaction.atomic
def hand_to_person(*, question_id: UUID, by: User, to: User, note: str = "") -> Question:
    """Hand a question to a colleague who may answer at this desk; the note is for them. Raises PermissionDenied."""
    question = _open(question_id, by, "desk.hand_over")
    if not may(to, "desk.answer", scope_of(question)):
        raise PermissionDenied("desk.answer")
    question.taken_by, question.taken_at = to, clock.now()
    _move(question, Act.HAND_TO_PERSON, by, note=rules.clean_text(note), fields=("taken_by",))
    if to.pk != by.pk:
        _tell_person(question, to)
    return question


@transaction.atomic
def hand_to_desk(*, question_id: UUID, by: User, desk: PlaceInfo, note: str = "") -> Question:
    """Hand a question to another desk: it is new there, and the promised moment stays. Raises PermissionDenied.

    Only to a desk the question could have come to: the same region's. The promise was made to the asker, so handing
    over never moves it.
    """
    question = _open(question_id, by, "desk.hand_over")
    if desk.slug not in {info.slug for info in desks_near(question)}:
        raise PermissionDenied("desk.hand_over")
    question.desk_id, question.taken_by, question.taken_at = desk.id, None, None
    question.reason = ReasonChoice.HANDED
    _move(question, Act.HAND_TO_DESK, by, note=rules.clean_text(note), fields=("desk",))
    day = clock.today()
    way = (rules.DeskPlace(desk.kind, desk.slug),)
    facts = rules.QuestionFacts(way, question.audience, question.subject)
    routing = rules.route(facts, queries.staff_of([desk], day), day)
    _tell_desk(question, desk, routing.candidates)
    return question


def desks_near(question: Question) -> list[PlaceInfo]:
    """Return the desks to which a question may be handed: the place where it was asked, and its region's."""
    place = places.by_id(question.place_id)
    if place is None:
        return []
    region = places.region_of(place)
    near = [place, *([region, *places.members(region)] if region else [])]
    taking_part = [info for info in dict.fromkeys(near) if info.takes_part]
    return [info for info in taking_part if info.id != question.desk_id]


@transaction.atomic
def close(*, question_id: UUID, by: User, note: str = "") -> Question:
    """Close a question: nothing more to do. The asker can still write, which opens it again."""
    question = _open(question_id, by, "desk.close")
    _move(question, Act.CLOSE, by, note=rules.clean_text(note))
    return question


@transaction.atomic
def keep_draft(*, question_id: UUID, by: User, text: str) -> Draft | None:
    """Keep what an adviser is writing; an empty text drops the draft. Raises PermissionDenied."""
    question = Question.objects.get(pk=question_id)
    if not may(by, "desk.answer", scope_of(question)):
        raise PermissionDenied("desk.answer")
    if not text.strip():
        Draft.objects.filter(question=question, author=by).delete()
        return None
    draft = Draft.objects.filter(question=question, author=by).first() or Draft(question=question, author=by)
    draft.text, draft.saved_at = text[: rules.MAX_TEXT * 3], clock.now()
    draft.save()
    return draft


def _tell_person(question: Question, to: User) -> None:
    desk = places.by_id(question.desk_id)
    mail.queue_mail(
        kind="contact/handed_over",
        to=to.email,
        context={"place": desk.name if desk else "", "number": question.number, "url": question_url(question)},
        message_id=f"handed:{question.pk}:{to.pk}:{clock.now().isoformat()}",
    )


# --- What happens by itself -------------------------------------------------------------------------------------------


@transaction.atomic
def note_written_by_asker(*, thread: Thread) -> None:
    """Bring a question back to the desk when its asker wrote again: new promise, new notice to who holds it."""
    question = Question.objects.select_for_update().filter(thread_id=thread.pk).first()
    if question is None:
        return
    desk = places.by_id(question.desk_id)
    judgement = urgent.judge(rules.clean_text(conversations.last_text(thread)))
    if judgement.urgent:
        question.urgent = True
        question.urgent_kinds = sorted({*question.urgent_kinds, *judgement.kinds})
    if question.state != State.NEW and desk:
        question.due_at = queries.deadline(desk)
        question.warned_at = None
    _move(question, Act.WRITE, None, fields=("text",))
    if question.taken_by and desk:
        kind = "contact/urgent_question" if judgement.urgent else "contact/written_again"
        mail.queue_mail(
            kind=kind,
            to=question.taken_by.email,
            context={"place": desk.name, "number": question.number, "url": question_url(question)},
            message_id=f"again:{question.pk}:{clock.now().isoformat()}",
        )
    elif desk:
        _tell_desk(question, desk, ())


@transaction.atomic
def note_finished_by_asker(*, thread: Thread) -> None:
    """Close a question whose asker says that it helped; what is closed stays closed."""
    question = Question.objects.select_for_update().filter(thread_id=thread.pk).first()
    if question and Act.CLOSE in rules.allowed(State(question.state)):
        _move(question, Act.CLOSE, None)
