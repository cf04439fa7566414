"""The rules of a question: it always finds a desk, its words tell what it is about, and its states have no dead end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.contact import rules
from naast.contact.rules import Act, Adviser, DeskPlace, QuestionFacts, Reason, State, route

ENSCHEDE = DeskPlace("municipality", "enschede")
TWENTE = DeskPlace("region", "twente")
COUNTRY = DeskPlace("country", "nederland")
PATH = (ENSCHEDE, TWENTE, COUNTRY)
TODAY = date(2026, 11, 23)

slugs = st.sampled_from(["enschede", "twente", "nederland", "zwolle", "houten"])
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
absences = st.lists(st.tuples(days, days).map(lambda pair: (min(pair), max(pair))), max_size=3).map(tuple)
advisers = st.builds(
    Adviser,
    id=st.uuids().map(str),
    desks=st.frozensets(slugs, max_size=3),
    expertise=st.frozensets(st.sampled_from(rules.EXPERTISES), max_size=3),
    away=absences,
    open_items=st.integers(0, 40),
    coordinator=st.booleans(),
)
facts = st.builds(
    QuestionFacts,
    path=st.sampled_from(
        [PATH, (ENSCHEDE,), (ENSCHEDE, COUNTRY), (TWENTE, COUNTRY), (DeskPlace("municipality", "urk"),)]
    ),
    audience=st.sampled_from(rules.AUDIENCES),
    subject=st.sampled_from(rules.subject_keys()),
)


def about(subject: str = "advies", audience: str = "ouders") -> QuestionFacts:
    return QuestionFacts(path=PATH, audience=audience, subject=subject)


class TestRouting:
    def test_goes_to_the_own_desk_before_the_region(self) -> None:
        near = Adviser("a", frozenset({"enschede"}))
        far = Adviser("b", frozenset({"twente"}), expertise=frozenset({"legal"}))
        routing = route(about("juridisch"), [far, near], TODAY)
        assert (routing.desk, routing.candidates, routing.reason) == (ENSCHEDE, ("a",), Reason.OWN_DESK)

    def test_prefers_who_knows_the_subject(self) -> None:
        social = Adviser("a", frozenset({"enschede"}), expertise=frozenset({"social-work"}))
        legal = Adviser("b", frozenset({"enschede"}), expertise=frozenset({"legal"}), open_items=9)
        routing = route(about("juridisch"), [social, legal], TODAY)
        assert (routing.candidates, routing.reason) == (("b",), Reason.EXPERTISE)

    def test_a_child_is_read_by_who_works_with_young_people(self) -> None:
        youth = Adviser("y", frozenset({"enschede"}), expertise=frozenset({"youth"}), open_items=5)
        legal = Adviser("l", frozenset({"enschede"}), expertise=frozenset({"legal"}))
        assert route(about("advies", "kinderen"), [legal, youth], TODAY).candidates == ("y",)

    def test_who_has_least_to_do_comes_first(self) -> None:
        busy = Adviser("a", frozenset({"enschede"}), open_items=7)
        free = Adviser("b", frozenset({"enschede"}), open_items=1)
        assert route(about(), [busy, free], TODAY).candidates == ("b", "a")

    def test_falls_back_to_the_region_when_all_are_away(self) -> None:
        away = Adviser("a", frozenset({"enschede"}), away=((TODAY, TODAY + timedelta(days=4)),))
        region = Adviser("b", frozenset({"twente"}))
        routing = route(about(), [away, region], TODAY)
        assert (routing.desk, routing.candidates, routing.reason) == (TWENTE, ("b",), Reason.REGION)

    def test_is_back_the_day_after_the_absence(self) -> None:
        away = Adviser("a", frozenset({"enschede"}), away=((TODAY, TODAY + timedelta(days=4)),))
        assert route(about(), [away], TODAY + timedelta(days=5)).candidates == ("a",)

    def test_the_coordinator_catches_what_nobody_takes(self) -> None:
        away = Adviser("a", frozenset({"enschede"}), away=((TODAY, TODAY),))
        coordinator = Adviser("c", frozenset({"twente"}), coordinator=True)
        routing = route(about(), [away, coordinator], TODAY)
        assert (routing.desk, routing.candidates, routing.reason) == (TWENTE, ("c",), Reason.COORDINATOR)

    def test_waits_at_the_own_desk_when_everybody_is_away(self) -> None:
        away = Adviser("a", frozenset({"enschede"}), away=((TODAY, TODAY),))
        routing = route(about(), [away], TODAY)
        assert (routing.desk, routing.candidates, routing.reason) == (ENSCHEDE, (), Reason.ALL_AWAY)

    def test_lies_at_the_region_when_nobody_works_anywhere(self) -> None:
        assert route(about(), [], TODAY) == rules.Routing(TWENTE, (), Reason.NOBODY)

    def test_without_a_place_there_is_no_question(self) -> None:
        with pytest.raises(ValueError, match="needs a place"):
            route(QuestionFacts((), "ouders", "advies"), [], TODAY)

    @given(facts, st.lists(advisers, max_size=8), days)
    def test_is_never_lost(self, question: QuestionFacts, staff: list[Adviser], day: date) -> None:
        routing = route(question, staff, day)
        assert routing.desk in question.path
        by_id = {adviser.id: adviser for adviser in staff}
        for candidate in routing.candidates:
            assert routing.desk.slug in by_id[candidate].desks
            assert by_id[candidate].present(day)

    @given(facts, st.lists(advisers, max_size=6, unique_by=lambda a: a.id), days, st.randoms(use_true_random=False))
    def test_does_not_depend_on_the_order_of_the_staff(self, question, staff, day, random) -> None:  # type: ignore[no-untyped-def]
        shuffled = list(staff)
        random.shuffle(shuffled)
        assert route(question, staff, day) == route(question, shuffled, day)

    @given(facts, st.lists(advisers, max_size=6), days)
    def test_reaches_a_person_whenever_one_is_there(
        self, question: QuestionFacts, staff: list[Adviser], day: date
    ) -> None:
        there = [a for a in staff if a.present(day) and a.desks & {desk.slug for desk in question.path}]
        assert bool(route(question, staff, day).candidates) == bool(there)


class TestSubject:
    @pytest.mark.parametrize(
        ("text", "audience", "subject"),
        [
            (
                "Mijn dochter wil woensdag liever bij haar vader slapen. Mag de omgangsregeling anders?",
                "ouders",
                "omgang",
            ),
            ("Hoeveel kinderalimentatie moet ik betalen volgens de indexering?", "ouders", "alimentatie"),
            ("Heb ik een advocaat nodig om te scheiden?", "ouders", "juridisch"),
            ("Wie krijgt het huis? De huur staat op mijn naam en ik zoek een woning.", "ouders", "wonen"),
            ("Hoe maken we samen een ouderschapsplan?", "ouders", "ouderschapsplan"),
            ("Is het mijn schuld dat papa en mama uit elkaar gaan? Ik ben zo verdrietig.", "kinderen", "gevoel"),
            (
                "Mijn schoondochter laat ons het kleinkind niet zien. Opa mist hem.",
                "omgeving",
                "familie-vrienden",
            ),
            (
                "Een leerling in mijn klas is al weken erg stil. Wat kan ik als mentor doen?",
                "professionals",
                "school",
            ),
            ("Hallo", "kinderen", "gevoel"),
            ("Hallo", "ouders", "advies"),
        ],
    )
    def test_is_guessed_from_the_words(self, text: str, audience: str, subject: str) -> None:
        assert rules.guess_subject(text, audience) == subject

    @given(st.text(max_size=300), st.sampled_from([*rules.AUDIENCES, "?"]))
    def test_every_text_has_a_subject(self, text: str, audience: str) -> None:
        assert rules.guess_subject(text, audience) in rules.subject_keys()

    def test_the_table_knows_every_audience_and_only_known_expertise(self) -> None:
        table = rules.subject_table()
        assert set(table.audience_expertise) == set(table.likely) == set(rules.AUDIENCES)
        assert set(table.likely.values()) <= set(rules.subject_keys())
        assert {e for item in table.subjects for e in item.expertise} <= set(rules.EXPERTISES)
        assert "advies" in rules.subject_keys()


class TestStates:
    def test_the_table_names_every_state(self) -> None:
        assert set(rules.TRANSITIONS) == set(State)

    @pytest.mark.parametrize("state", list(State))
    def test_the_asker_may_always_write(self, state: State) -> None:
        assert rules.next_state(state, Act.WRITE) in rules.OPEN_STATES

    @pytest.mark.parametrize("state", rules.OPEN_STATES)
    def test_what_is_open_can_be_answered_handed_over_and_closed(self, state: State) -> None:
        assert {Act.ANSWER, Act.ASK_BACK, Act.HAND_TO_DESK, Act.HAND_TO_PERSON, Act.CLOSE} <= rules.allowed(state)

    def test_a_closed_question_cannot_be_answered(self) -> None:
        with pytest.raises(rules.NotNow):
            rules.next_state(State.CLOSED, Act.ANSWER)

    def test_writing_again_without_a_holder_makes_it_new(self) -> None:
        assert rules.next_state(State.CLOSED, Act.WRITE, holder=False) is State.NEW
        assert rules.next_state(State.CLOSED, Act.WRITE) is State.TAKEN

    @given(st.lists(st.sampled_from(list(Act)), max_size=12))
    def test_from_anywhere_the_asker_brings_it_back_to_the_desk(self, acts: list[Act]) -> None:
        state = State.NEW
        for act in acts:
            if act in rules.TRANSITIONS[state]:
                state = rules.next_state(state, act)
        assert rules.next_state(state, Act.WRITE) in rules.TICKING_STATES

    def test_the_clock_stands_still_while_we_wait_for_the_asker(self) -> None:
        due, now = datetime(2026, 11, 24, 16, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC)
        assert rules.is_overdue(State.TAKEN, due, now)
        assert not rules.is_overdue(State.WAITING, due, now)
        assert not rules.is_overdue(State.NEW, None, now)
