"""The report of `make security`: what stands, what was judged and until when, and what stops a release."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from security.findings import SEVERITIES, Finding, Ran, Waiver, judge, report, waivers_from

TODAY = date(2026, 11, 23)
HIGH = Finding("high", "bandit", "B602", "src/x.py:1", "shell")
LOW = Finding("low", "bandit", "B404", "src/x.py:2", "import")


def waiver(**more):
    row = {"tool": "bandit", "rule": "B602", "where": "src/*", "why": "read on the day", "until": TODAY}
    return Waiver(**{**row, **more})


def test_a_high_finding_stops_the_release():
    assert judge([Ran("bandit", "src", (HIGH, LOW))], [], TODAY).fails


def test_a_low_one_does_not():
    assert not judge([Ran("bandit", "src", (LOW,))], [], TODAY).fails


def test_a_judged_one_does_not_until_its_last_day():
    runs = [Ran("bandit", "src", (HIGH,))]
    assert not judge(runs, [waiver()], TODAY).fails
    late = judge(runs, [waiver()], TODAY + timedelta(days=1))
    assert late.fails
    assert late.ended


def test_a_judgement_holds_for_its_own_tool_rule_and_place_only():
    for other in (waiver(tool="wapiti"), waiver(rule="B603"), waiver(where="src/y.py:*")):
        verdict = judge([Ran("bandit", "src", (HIGH,))], [other], TODAY)
        assert verdict.fails


def test_a_tool_without_a_verdict_stops_the_release():
    assert judge([Ran("sqlmap", "/", failed="it did not start")], [], TODAY).fails


def test_a_judgement_that_covers_nothing_is_named():
    idle = judge([Ran("bandit", "src", (LOW,))], [waiver()], TODAY).idle
    assert [one.rule for one in idle] == ["B602"]


@given(st.lists(st.sampled_from(SEVERITIES), max_size=6))
def test_it_stops_exactly_when_something_high_stands(levels):
    found = tuple(Finding(level, "x", str(number), "here", "what") for number, level in enumerate(levels))
    assert judge([Ran("x", "all", found)], [], TODAY).fails == ("high" in levels)


def test_a_waiver_needs_a_reason_and_an_end_within_a_year():
    rows = [
        {"tool": "bandit", "rule": "B602", "where": "*", "why": "", "until": TODAY},
        {"tool": "bandit", "rule": "B602", "where": "*", "why": "read", "until": TODAY + timedelta(days=400)},
        {"tool": "bandit", "rule": "B602", "where": "*", "why": "read", "until": "altijd"},
        {"tool": "bandit", "rule": "B602", "where": "*", "why": "read", "until": TODAY},
    ]
    waivers, faults = waivers_from(rows, TODAY)
    assert (len(waivers), len(faults)) == (1, 3)


def test_the_report_says_day_commit_tools_findings_and_waivers():
    runs = [Ran("bandit", "src", (HIGH, LOW)), Ran("sqlmap", "/x", failed="silent")]
    text = report(runs, judge(runs, [waiver()], TODAY), day=TODAY, commit="abc1234")
    for part in ("2026-11-23", "abc1234", "stopped", "B404", "read on the day", "silent"):
        assert part in text


def test_what_a_scanner_sent_cannot_break_the_table():
    nasty = Finding("low", "wapiti", "xss", "/a|b", "<script>\n| x")
    runs = [Ran("wapiti", "/", (nasty,))]
    text = report(runs, judge(runs, [], TODAY), day=TODAY, commit="abc")
    assert "<script>" not in text
    assert "| low | wapiti | xss | /a\\|b | &lt;script> \\| x |" in text
