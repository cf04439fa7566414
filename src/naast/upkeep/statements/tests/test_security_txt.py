"""security.txt by our own rules and by the parser that internet.nl uses."""

from datetime import UTC, datetime

import pytest
from sectxt import Parser

from naast.upkeep.statements import security_txt
from naast.upkeep.statements.forms import SecurityForm

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://naast.voorbeeld.example/.well-known/security.txt"
GOOD = security_txt.write(
    contacts=["mailto:cert@voorbeeld.example", "https://voorbeeld.example/melden"],
    canonical=URL,
    now=NOW,
    policy="https://voorbeeld.example/cvd",
    acknowledgments="https://voorbeeld.example/dank",
)


def test_what_we_write_satisfies_our_rules_and_internet_nls_parser():
    assert security_txt.problems(GOOD, url=URL, now=NOW) == []
    live = security_txt.write(contacts=["mailto:cert@voorbeeld.example"], canonical=URL, now=datetime.now(UTC))
    assert Parser(live.encode(), urls=URL).errors == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "Contact: mailto:cert@voorbeeld.example\nContact: https://voorbeeld.example/melden\n",
            "",
            "Contact is missing",
        ),
        ("mailto:cert@", "cert@", "Contact is no"),
        ("https://voorbeeld.example/melden", "http://voorbeeld.example/melden", "Contact is no"),
        ("Expires: ", "# Expires: ", "Expires is missing"),
        ("T00:00:00Z", " 00:00", "no moment"),
        ("2027-", "2026-", "behind us"),
        ("2027-", "2028-", "more than a year"),
        ("2027-05-22", "2027-05-32", "no moment"),
        (f"Canonical: {URL}", "Canonical: https://elders.example/.well-known/security.txt", "does not name"),
        ("Canonical: ", "# ", "Canonical is missing"),
        ("Preferred-Languages: nl, en", "Preferred-Languages: Nederlands", "no language"),
        ("Preferred-Languages: nl, en", "Preferred-Languages: nl\nPreferred-Languages: en", "more than once"),
        ("Policy: ", "Beleid: ", "unknown"),
        ("Policy: https://", "Policy:https://", "no 'Name: value'"),
        ("Policy: https://", "Policy: ftp://", "no https"),
        ("dank\n", "dank", "no end"),
    ],
)
def test_canary_a_broken_file_is_found(old, new, said):
    assert old in GOOD
    found = security_txt.problems(GOOD.replace(old, new), url=URL, now=NOW)
    assert any(said in line for line in found), found


@pytest.mark.parametrize("bad", ["mailto:a@b.example\nContact: mailto:evil@x.example", "a\u2028b"])
def test_a_value_never_begins_a_line_of_its_own(bad):
    with pytest.raises(ValueError, match="line break"):
        security_txt.write(contacts=[bad], canonical=URL, now=NOW)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cert@gemeente.nl", "mailto:cert@gemeente.nl"),
        (" mailto:cert@gemeente.nl ", "mailto:cert@gemeente.nl"),
        ("+31 53 000 00 00", "tel:+31530000000"),
        ("https://gemeente.nl/melden", "https://gemeente.nl/melden"),
        ("http://gemeente.nl/melden", ""),
        ("bel ons", ""),
        ("cert@gemeente", ""),
        ("javascript:alert(1)", ""),
        ("a@b.nl,c@d.nl", ""),
    ],
)
def test_what_somebody_types_becomes_an_address_or_nothing(typed, meant):
    assert security_txt.as_contact(typed) == meant


@pytest.mark.parametrize("sign", ["\x01", "\x08", "\x7f"])
def test_a_sign_that_nobody_sees_is_no_part_of_an_address(sign):
    """The file refuses to be written with one: it must be refused where it is typed, or the address answers nothing."""
    assert security_txt.as_contact(f"cert@gemeente{sign}.example") == ""
    assert security_txt.as_contact(f"https://gemeente.example/a{sign}") == ""
    form = SecurityForm({"contacts": "cert@gemeente.example", "policy": f"https://gemeente.example/a{sign}"})
    assert "policy" in form.errors
