"""The demonstration shows a register and a DPIA that somebody decided on."""

import pytest

from naast.demo.accounts import load_accounts
from naast.demo.statements import load_statements
from naast.upkeep.register.models import Account

pytestmark = pytest.mark.django_db


def test_enschede_decided_on_both_once_and_says_that_they_are_invented(places):
    load_statements()
    assert load_accounts() == 2
    assert load_accounts() == 0
    assert {(row.kind, row.state, row.is_example) for row in Account.objects.all()} == {
        ("register", "decided", True),
        ("dpia", "decided", True),
    }
