"""The server log: where something went wrong, and nothing by which somebody comes in."""

import logging
import sys

import pytest

from naast.core.logs import Discreet

KEY = "q0F3-zYw_Xn7ab12CDefGH34ijKLmn56"


def line(message: str, *args: object, failed: bool = False) -> str:
    """What the log says of a message, as Django gives it."""
    caught = None
    if failed:
        try:
            raise ValueError("wat iemand typte")
        except ValueError:
            caught = sys.exc_info()
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, message, args, caught)
    assert Discreet().filter(record)
    return record.getMessage()


@pytest.mark.parametrize("failed", [True, False])
def test_the_key_of_a_mailed_link_never_stands_in_the_log(failed: bool) -> None:
    said = line("%s: %s", "Internal Server Error", f"/aanbod-bevestigen/{KEY}/aanpassen/", failed=failed)

    assert KEY not in said
    assert "/aanbod-bevestigen/…/aanpassen/" in said


def test_addresses_without_a_key_can_be_read_and_questions_cannot() -> None:
    said = line("%s: %s", "Not Found", "/enschede/hulp/praatgroep-voor-ouders-na-een-scheiding/?q=hij+slaat")

    assert said == "Not Found: /enschede/hulp/praatgroep-voor-ouders-na-een-scheiding/?…"
