"""What each tool's words mean; headers as internet.nl judges them. The tools themselves run in `make security`."""

from datetime import UTC, datetime

import pytest
import yaml
from security.__main__ import WAIVERS
from security.findings import waivers_from

from security import headers, outside, production, source

GOOD = {
    "strict-transport-security": "max-age=63072000",
    "content-security-policy": "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
CSP = "content-security-policy"


def test_good_headers_have_no_fault():
    assert headers.faults(GOOD) == []


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("strict-transport-security", "", "hsts"),
        ("strict-transport-security", "max-age=3600", "hsts"),
        (CSP, "", "csp"),
        (CSP, GOOD[CSP] + "; script-src 'self' 'unsafe-inline'", "csp"),
        (CSP, GOOD[CSP] + "; script-src 'unsafe-eval'", "csp"),
        (CSP, GOOD[CSP] + "; script-src *", "csp"),
        (CSP, GOOD[CSP] + "; script-src data:", "csp"),
        (CSP, GOOD[CSP] + "; img-src http://elders.example", "csp"),
        (CSP, GOOD[CSP].replace("default-src 'self'", "default-src https://elders.example"), "csp"),
        (CSP, GOOD[CSP].replace("; base-uri 'self'", ""), "csp"),
        (CSP, GOOD[CSP].replace("; form-action 'self'", ""), "csp"),
        (CSP, GOOD[CSP].replace("frame-ancestors 'none'", "frame-ancestors *"), "csp"),
        ("referrer-policy", "", "referrer-policy"),
        ("referrer-policy", "same-origin, unsafe-url", "referrer-policy"),
        ("x-content-type-options", "", "nosniff"),
        ("x-frame-options", "ALLOWALL", "x-frame-options"),
        ("server", "granian/2.8", "banner"),
        ("set-cookie", "__Host-a=1; HttpOnly; SameSite=Lax", "cookie"),
        ("set-cookie", "__Host-a=1; Secure; SameSite=Lax", "cookie"),
        ("set-cookie", "__Host-a=1; Secure; HttpOnly", "cookie"),
        ("set-cookie", "a=1; Secure; HttpOnly; SameSite=Lax", "cookie"),
        ("set-cookie", "__Host-a=1; Secure; HttpOnly; SameSite=Lax\nb=2", "cookie"),
    ],
)
def test_each_fault_of_a_header_is_named(name, value, rule):
    assert rule in [one[1] for one in headers.faults({**GOOD, name: value})]


def test_the_editors_admin_may_have_its_inline_scripts_and_nothing_else():
    inline = {**GOOD, CSP: GOOD[CSP] + "; script-src 'self' 'unsafe-inline'"}
    assert headers.faults(inline, admin=True) == []
    assert headers.faults({**GOOD, CSP: GOOD[CSP] + "; script-src 'unsafe-eval'"}, admin=True)


def test_a_bandit_row_becomes_a_finding():
    row = {"issue_severity": "HIGH", "test_id": "B602", "filename": "a.py", "line_number": 3, "issue_text": "shell"}
    (found,) = source.bandit_findings([row])
    assert (found.severity, found.rule, found.where) == ("high", "B602", "a.py:3")


def test_a_wapiti_report_becomes_findings():
    one = {"level": 3, "method": "GET", "path": "/x", "parameter": "q", "info": "via http://h/ q"}
    found = outside.wapiti_findings({"vulnerabilities": {"SQL Injection": [one, one]}, "anomalies": {}}, "http://h/")
    assert [(f.severity, f.rule, f.where) for f in found] == [("high", "SQL Injection", "GET /x q")]


FIELD = outside.Field("/x?q=1", ("q",))


@pytest.mark.parametrize(
    ("said", "findings", "verdict"),
    [
        ("sqlmap identified the following injection point(s)", 1, True),
        ("[CRITICAL] all tested parameters do not appear to be injectable.", 0, True),
        ("all tested parameters do not appear to be injectable\n403 (Forbidden) - 435 times", 0, False),
        ("[CRITICAL] unable to connect to the target URL", 0, False),
        ("", 0, False),
    ],
)
def test_sqlmap_gives_a_verdict_or_says_that_there_is_none(said, findings, verdict):
    found, failed = outside.sqlmap_verdict(said, FIELD)
    assert (len(found), not failed) == (findings, verdict)


def test_every_listed_field_can_be_read():
    listed = outside.fields(yaml.safe_load(outside.FIELDS.read_text()))
    assert len(listed) >= 10
    assert all(f"{name}=" in one.url + one.data for one in listed for name in one.press)


def test_the_waivers_that_are_kept_are_sound():
    _waivers, faults = waivers_from(yaml.safe_load(WAIVERS.read_text()), datetime.now(UTC).date())
    assert faults == []


def test_the_header_suite_asks_each_kind_of_answer_once():
    assert len(set(production.ADDRESSES)) == len(production.ADDRESSES) > 12
