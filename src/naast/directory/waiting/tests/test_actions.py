"""Saying a waiting time: dated, findable at once, with its history, in words and as a drawing."""

from datetime import timedelta

import pytest

from naast.core import clock
from naast.core.models import AuditLine
from naast.directory.models import ConfirmedBy, Offer
from naast.directory.tests.factories import offer
from naast.directory.waiting import actions, queries, shown
from naast.directory.waiting.rules import RANGES, Weeks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places", "still_clock")]


def say(found: Offer, code: str, days_ago: int = 0) -> Offer:
    with clock.frozen(clock.now() - timedelta(days=days_ago)):
        return actions.say(offer=found, weeks=RANGES[code], said_by=ConfirmedBy.EDITOR, actor="system")


def test_a_waiting_time_is_dated_today_and_the_words_of_before_give_way():
    found = say(offer(waiting="Ongeveer een maand"), "3-6")
    assert (found.waiting_min, found.waiting_max, found.waiting_on) == (3, 6, clock.today())
    words = shown.words(found)
    assert words.startswith("3 tot 6 weken (op ")
    assert "maand" not in words.replace("november", "")
    assert AuditLine.objects.filter(act="waiting").count() == 1


def test_without_a_range_the_words_of_the_source_stand():
    assert shown.words(offer(waiting="Ongeveer een maand")) == "Ongeveer een maand"
    assert shown.words(offer()) == ""


def test_in_a_line_of_facts_weeks_say_that_they_are_a_waiting_time():
    today = clock.today()
    assert shown.in_short(offer(slug="lang", waiting_weeks={"min": 2, "max": 4, "on": today})).startswith(
        "wachttijd 2 tot"
    )
    assert shown.in_short(offer(slug="geen", waiting_weeks={"min": 0, "max": 0, "on": today})).startswith(
        "geen wachttijd"
    )
    assert shown.in_short(offer(slug="bron", waiting="Ongeveer een maand")) == "Ongeveer een maand"


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        (Weeks(0, 0), "geen wachttijd"),
        (Weeks(1, 1), "1 week"),
        (Weeks(0, 1), "hoogstens 1 week"),
        (Weeks(0, 3), "hoogstens 3 weken"),
        (Weeks(2, 4), "2 tot 4 weken"),
        (Weeks(13, 52), "langer dan 12 weken"),
    ],
)
def test_a_range_in_words(weeks, said):
    assert shown.range_words(weeks) == said


def test_the_last_word_of_a_day_stands():
    found = offer()
    say(found, "1-2")
    say(found, "3-6")
    assert [point.weeks for point in queries.history(found)] == [RANGES["3-6"]]


def test_a_history_is_drawn_from_three_points_on_with_the_same_as_a_table():
    found = offer()
    for code, ago in (("7-12", 90), ("3-6", 60)):
        say(found, code, ago)
    assert shown.history(found) is None
    say(found, "1-2")
    history = shown.history(found)
    assert history is not None
    assert [words for _day, words in history.rows] == ["1 tot 2 weken", "3 tot 6 weken", "7 tot 12 weken"]
    assert "1 tot 2 weken" in history.title


def test_a_waiting_time_that_comes_another_way_is_history_too():
    found = offer(waiting_weeks={"min": 2, "max": 4, "on": clock.today()})
    assert [point.weeks for point in queries.history(found)] == [Weeks(2, 4)]


def test_five_buttons_and_the_one_that_holds_now():
    found = say(offer(), "1-2")
    assert [choice.code for choice in shown.choices(found)] == list(RANGES)
    assert [choice.code for choice in shown.choices(found) if choice.now] == ["1-2"]
