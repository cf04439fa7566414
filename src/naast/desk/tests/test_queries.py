"""The list from the database is the list of the rules, and shows only what lies at one's own desks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test.utils import CaptureQueriesContext

from naast.contact import actions
from naast.contact.models import Question
from naast.contact.tests.factories import URGENT, ask, asked, place
from naast.core import clock, generations
from naast.desk import queries, rules
from naast.desk.queries import Filters
from naast.desk.rules import Drawer
from naast.people.models import Grant, User
from naast.people.policy import scopes_for
from naast.people.tests.factories import AbsenceFactory, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)  # a Wednesday


@pytest.fixture(autouse=True)
def _still_clock(places: None) -> Iterator[None]:
    """It is Wednesday, and places are looked up once, as in a request."""
    with clock.frozen(NOW), generations.one_look():
        yield


@pytest.fixture
def marije() -> User:
    return staff("adviser", place(), display_name="Marije de Boer")


def listed(user: User, **filters: object) -> queries.WorkList:
    return queries.work_list(
        user=user,
        scopes=scopes_for(user, "desk.read"),
        filters=Filters(**filters),  # type: ignore[arg-type]
    )


@pytest.fixture
def week(marije: User) -> list[Question]:
    """A week of questions in every state, and Marije was there all the time."""
    Grant.objects.filter(user=marije).update(starts=NOW.date() - timedelta(days=30))
    made = [asked(on=NOW - timedelta(hours=hours)) for hours in (1, 5, 30, 60, 130, 150)]
    with clock.frozen(NOW - timedelta(minutes=50)):
        made.append(ask(URGENT).question)
        actions.take(question_id=made[1].pk, by=marije)
        actions.ask_back(question_id=made[2].pk, by=marije, text="Hoe oud is je kind?")
        actions.answer(question_id=made[3].pk, by=marije, text="Ja.")
        actions.close(question_id=made[4].pk, by=marije)
    return made


class TestTheList:
    @pytest.mark.usefixtures("week")
    @pytest.mark.parametrize("drawer", list(Drawer))
    def test_is_what_the_rules_say(self, marije: User, drawer: Drawer) -> None:
        items = [queries.item_of(question) for question in Question.objects.all()]
        found = listed(marije, drawer=drawer)
        expected = rules.contents(items, drawer, user=str(marije.pk), now=NOW)
        assert [row.item.id for row in found.rows] == [item.id for item in expected]
        assert found.counts == rules.drawers(items, user=str(marije.pk), now=NOW)

    @pytest.mark.usefixtures("week")
    def test_urgent_stands_on_top(self, marije: User) -> None:
        assert listed(marije).rows[0].question.urgent

    def test_shows_nothing_of_another_desk(self, marije: User) -> None:
        asked(at="zwolle")
        assert listed(marije).rows == []
        assert listed(staff("adviser", place("zwolle"))).total == 1

    def test_the_region_sees_its_municipalities(self) -> None:
        staff("adviser", place())
        asked()
        assert listed(staff("adviser", place("twente"))).total == 1

    def test_takes_as_many_queries_for_one_as_for_fifty(self, marije: User, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
        from django.db import connection

        asked()
        listed(marije)
        with CaptureQueriesContext(connection) as one:
            listed(marije)
        for _step in range(9):
            asked()
        with django_assert_num_queries(len(one)):
            listed(marije)


class TestFilters:
    def test_stand_in_the_address_and_come_back(self) -> None:
        filters = Filters(drawer=Drawer.NEW, place="enschede", words="K7M3", page=2)
        pairs = dict(pair.split("=") for pair in filters.query()[1:].split("&"))
        assert Filters.of(pairs) == filters

    @pytest.mark.parametrize("values", [{"lijst": "?"}, {"blad": "-3"}, {"blad": "9" * 40}, {"doelgroep": "x"}, {}])
    def test_nonsense_shows_everything(self, values: dict[str, str]) -> None:
        assert Filters.of(values) == Filters()

    def test_narrow_by_place_subject_and_audience(self) -> None:
        noor = staff("adviser", place("twente"))
        asked("Hoeveel kinderalimentatie moet ik betalen?", at="enschede")
        asked(at="hengelo", audience="professionals")
        assert listed(noor, place="hengelo").total == 1
        assert listed(noor, subject="alimentatie").total == 1
        assert listed(noor, audience="professionals").total == 1
        assert listed(noor, place="atlantis").total == 0


class TestSearch:
    def test_finds_by_number_subject_place_date_and_address(self, marije: User) -> None:
        question = ask("Hoeveel kinderalimentatie moet ik betalen?", email="ouder@voorbeeld.example").question
        day = question.asked_at.astimezone(clock.AMSTERDAM)
        for words in (
            question.number,
            question.number[:4].lower(),
            "aliment",
            "Ensch",
            f"{day:%d-%m-%Y}",
            "Ouder@voorbeeld.example",
            "nieuw",
        ):
            assert listed(marije, words=words).total == 1, words

    def test_never_looks_in_the_text(self, marije: User) -> None:
        ask("Mijn zeepaardje is ziek.")
        assert listed(marije, words="zeepaardje").total == 0

    def test_another_address_finds_nothing(self, marije: User) -> None:
        ask(email="ouder@voorbeeld.example")
        assert listed(marije, words="oude@voorbeeld.example").total == 0


class TestTeam:
    def test_shows_who_is_there_and_who_is_away(self, marije: User) -> None:
        sander = staff("adviser", place(), display_name="Sander Koopmans")
        away = AbsenceFactory(user=sander)
        actions.take(question_id=asked().pk, by=marije)
        team = {c.user: c for c in queries.team(scopes_for(marije, "desk.read"))}
        assert team[marije].open_items == 1
        assert team[sander].away_until == away.ends

    def test_a_row_says_that_its_holder_is_away(self, marije: User) -> None:
        sander = staff("adviser", place(), display_name="Sander Koopmans")
        actions.take(question_id=asked().pk, by=sander)
        assert not listed(marije).rows[0].holder_away
        AbsenceFactory(user=sander)
        assert listed(marije).rows[0].holder_away


@pytest.mark.parametrize("words", ["1-1-0001", "31-12-9999", "31-12-9998"])
def test_a_day_that_no_calendar_of_ours_holds_finds_nothing(marije: User, words: str) -> None:
    assert listed(marije, words=words).total == 0
