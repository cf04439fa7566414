"""Generation numbers."""

import pytest
from django.db import transaction

from naast.core import generations

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.in_doubt]


def test_a_bump_raises_the_number_of_its_place_only():
    before = generations.seen("enschede")
    generations.bump("enschede")
    assert generations.seen("enschede") == (before[0] + 1, before[1])
    assert generations.seen("zwolle")[0] == 0


def test_who_changes_something_sees_it_in_the_same_request():
    with generations.one_look():
        before = generations.seen("enschede")
        with transaction.atomic():
            generations.bump("enschede")
            assert generations.in_doubt()
        assert not generations.in_doubt()
        assert generations.seen("enschede") == (before[0] + 1, before[1])


def test_a_change_that_is_rolled_back_changes_nothing():
    before = generations.seen("enschede")
    with transaction.atomic():
        generations.bump("enschede")
        transaction.set_rollback(True)
    assert generations.seen("enschede") == before


def test_a_look_per_request_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1), generations.one_look():
        for _ in range(5):
            generations.seen("enschede")
