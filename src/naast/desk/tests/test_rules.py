"""The work list: urgent on top, then what is late, then what is due; and the drawers it is sorted into."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.desk import rules
from naast.desk.rules import Clock, Drawer, Standing, WorkItem

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)  # a Wednesday

moments = st.datetimes(datetime(2026, 10, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
items = st.builds(
    WorkItem,
    id=st.uuids().map(str),
    standing=st.sampled_from(Standing),
    received=moments,
    due=st.none() | moments,
    urgent=st.booleans(),
    holder=st.none() | st.sampled_from(["me", "you"]),
    done_at=st.none() | moments,
)
lists = st.lists(items, max_size=20, unique_by=lambda item: item.id)


def item(name: str, **kwargs: object) -> WorkItem:
    defaults: dict[str, object] = {"standing": Standing.NEW, "received": NOW - timedelta(hours=1)}
    return WorkItem(id=name, **{**defaults, **kwargs})  # type: ignore[arg-type]


class TestOrder:
    def test_urgent_then_late_then_due_then_oldest(self) -> None:
        soon = item("soon", due=NOW + timedelta(hours=2))
        later = item("later", due=NOW + timedelta(days=2))
        older = item("older", due=NOW + timedelta(days=2), received=NOW - timedelta(days=1))
        late = item("late", due=NOW - timedelta(days=1))
        urgent = item("urgent", urgent=True, due=NOW + timedelta(days=2))
        nodate = item("nodate")
        order = rules.in_order([nodate, later, older, soon, late, urgent], NOW)
        assert [i.id for i in order] == ["urgent", "late", "soon", "older", "later", "nodate"]

    @given(lists, st.randoms(use_true_random=False))
    def test_is_total_and_the_same_for_everyone(self, work: list[WorkItem], random) -> None:  # type: ignore[no-untyped-def]
        shuffled = list(work)
        random.shuffle(shuffled)
        assert rules.in_order(work, NOW) == rules.in_order(shuffled, NOW)

    @given(lists)
    def test_loses_nothing(self, work: list[WorkItem]) -> None:
        assert sorted(i.id for i in rules.in_order(work, NOW)) == sorted(i.id for i in work)

    @given(lists)
    def test_nothing_stands_above_what_is_urgent(self, work: list[WorkItem]) -> None:
        flags = [i.urgent for i in rules.in_order(work, NOW)]
        assert flags == sorted(flags, reverse=True)


class TestDrawers:
    @given(lists)
    def test_every_open_item_is_in_all_and_done_in_none_of_the_open_ones(self, work: list[WorkItem]) -> None:
        everything = {i.id for i in rules.contents(work, Drawer.ALL, user="me", now=NOW)}
        assert everything == {i.id for i in work if i.open}
        for drawer in (Drawer.NEW, Drawer.MINE, Drawer.WAITING, Drawer.OVERDUE):
            assert {i.id for i in rules.contents(work, drawer, user="me", now=NOW)} <= everything

    @given(lists)
    def test_counts_are_what_opening_shows(self, work: list[WorkItem]) -> None:
        counts = rules.drawers(work, user="me", now=NOW)
        for drawer in Drawer:
            assert counts[drawer] == len(rules.contents(work, drawer, user="me", now=NOW))

    def test_mine_is_what_i_hold_also_while_it_waits(self) -> None:
        work = [
            item("a", standing=Standing.TAKEN, holder="me"),
            item("b", standing=Standing.WAITING, holder="me"),
            item("c", standing=Standing.TAKEN, holder="you"),
        ]
        assert {i.id for i in rules.contents(work, Drawer.MINE, user="me", now=NOW)} == {"a", "b"}

    def test_done_this_week_begins_on_monday_in_amsterdam(self) -> None:
        monday = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)  # Monday 0.00 in Amsterdam
        work = [
            item("in", standing=Standing.DONE, done_at=monday),
            item("out", standing=Standing.DONE, done_at=monday - timedelta(minutes=1)),
        ]
        assert [i.id for i in rules.contents(work, Drawer.DONE, user="me", now=NOW)] == ["in"]


class TestClock:
    @pytest.mark.parametrize(
        ("work", "words"),
        [
            (item("u", urgent=True, received=NOW - timedelta(minutes=4)), (Clock.WAITS, 4)),
            (item("l", due=NOW - timedelta(days=1)), (Clock.LATE_DAYS, 1)),
            (item("h", due=NOW - timedelta(minutes=20)), (Clock.LATE_HOURS, 1)),
            (item("t", due=NOW + timedelta(hours=2)), (Clock.TODAY, 0)),
            (item("d", due=NOW + timedelta(days=2)), (Clock.DAY, 0)),
            (item("w", standing=Standing.WAITING, due=NOW - timedelta(days=3)), (Clock.NONE, 0)),
            (item("x", standing=Standing.DONE, done_at=NOW), (Clock.NONE, 0)),
        ],
    )
    def test_says_the_moment(self, work: WorkItem, words: tuple[Clock, int]) -> None:
        said = rules.clock(work, NOW)
        assert (said.kind, said.number) == words

    @given(items)
    def test_never_says_a_negative_number(self, work: WorkItem) -> None:
        assert rules.clock(work, NOW).number >= 0


class TestNeighbours:
    def test_previous_and_next(self) -> None:
        assert rules.neighbours(["a", "b", "c"], "b") == ("a", "c")
        assert rules.neighbours(["a", "b", "c"], "a") == (None, "b")
        assert rules.neighbours(["a", "b", "c"], "c") == ("b", None)
        assert rules.neighbours(["a"], "z") == (None, "a")
        assert rules.neighbours([], "z") == (None, None)
