"""Statements in words: their names, what each lacks and what to do about it, statuses and their meaning."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from naast.core.templatetags.naast import nl_date
from naast.upkeep.statements import rules
from naast.upkeep.statements.queries import Row
from naast.upkeep.statements.rules import Gap

NAMES: dict[str, Any] = {
    "contact": gettext_lazy("Who is responsible, and contact"),
    "privacy": gettext_lazy("Privacy statement"),
    "accessibility": gettext_lazy("Accessibility statement"),
    "security": gettext_lazy("Contact for leaks (security.txt)"),
}
ABOUT: dict[str, Any] = {
    "contact": gettext_lazy("The organisation, how people reach it, and the register of government domains."),
    "privacy": gettext_lazy("The data protection officer, the ground in law, and where people use their rights."),
    "accessibility": gettext_lazy("Status A to E, the last examination, what does not work yet and when it will."),
    "security": gettext_lazy("Whom somebody tells who finds a leak. Needed with an address of your own."),
}
STATES: dict[str, Any] = {
    "missing": gettext_lazy("Missing"),
    "gaps": gettext_lazy("Not in order"),
    "soon": gettext_lazy("Look again soon"),
    "good": gettext_lazy("In order"),
    "not-needed": gettext_lazy("Not needed yet"),
}
STATUSES: dict[str, tuple[Any, Any]] = {
    "A": (gettext_lazy("complies fully"), gettext_lazy("All demands were examined and met.")),
    "B": (
        gettext_lazy("complies partly"),
        gettext_lazy("All demands were examined. What does not work yet has a plan and a date."),
    ),
    "C": (
        gettext_lazy("first measures taken"),
        gettext_lazy("The full examination is still to come, within six months. The law allows this once."),
    ),
    "D": (gettext_lazy("does not comply"), gettext_lazy("There is no examination, and none is planned.")),
    "E": (gettext_lazy("no statement"), gettext_lazy("Nobody has said yet how far the site is.")),
}
# What is wrong, and what to do about it.
GAPS: dict[str, Any] = {
    "no-statement": gettext_lazy("It is missing. Fill it in and publish it."),
    "organisation": gettext_lazy("Say which organisation is responsible."),
    "reach": gettext_lazy("Give a telephone number or an e-mail address."),
    "postal": gettext_lazy("Give the postal address."),
    "registered": gettext_lazy("Say whether the site is in the register of government domains."),
    "not-registered": gettext_lazy(
        "The site is not in the register of government domains (RIO). Have it entered; then choose “Yes” here."
    ),
    "fg": gettext_lazy("Name the data protection officer as a function, with e-mail or telephone."),
    "rights": gettext_lazy("Say where somebody asks to see, mend or erase their data."),
    "grounds": gettext_lazy("Say on which ground in law you hold the data."),
    "status": gettext_lazy("Choose a status."),
    "tested-on": gettext_lazy("Give the day of the last examination."),
    "tested-by": gettext_lazy("Say who did the examination."),
    "tested-what": gettext_lazy("Say what was examined."),
    "test-old": gettext_lazy("The examination is older than 36 months. Have a new one done and fill in its day."),
    "test-future": gettext_lazy("This day is still to come. Give the day on which the examination was done."),
    "shortcomings": gettext_lazy("With status B something does not work yet. Write down what, with a plan and a date."),
    "plan": gettext_lazy("Write what you do about it: a status B or C asks for a plan. It concerns: %(about)s."),
    "plan-date": gettext_lazy("Give the day before which it is solved. It concerns: %(about)s."),
    "plan-past": gettext_lazy(
        "The day of this plan is past. Is it solved? Take it out. If not, choose a new day. It concerns: %(about)s."
    ),
    "none-expected": gettext_lazy("With status A everything works. Take the shortcomings out, or choose status B."),
    "planned-on": gettext_lazy("Status C asks for an examination within six months. Give its day."),
    "planned-late": gettext_lazy("Status C asks for an examination within six months. Choose an earlier day."),
    "planned-past": gettext_lazy(
        "The day of the planned examination is past. Fill in what came out: status A or B, or D."
    ),
    "unlawful": gettext_lazy("Status D is not lawful. Plan an examination within six months: then it is status C."),
    "report-to": gettext_lazy("Say where people report a problem: e-mail or telephone."),
    "leak-contact": gettext_lazy("Give at least one address: e-mail, telephone or a page with https."),
    "look-old": gettext_lazy("Nobody looked at it for a year. Read it again and publish it."),
}


def gap(found: Gap) -> str:
    """Return in words what is wrong and what to do about it."""
    return str(GAPS[found.code]) % {"about": found.about[:80]}


def for_going_live(row: Row, found: Gap) -> str:
    """Return the same with the name of the statement before it, for who sets a place open."""
    return f"{NAMES[row.kind]}: {gap(found)}"


def href(slug: str, kind: str) -> str:
    """Return where a statement is mended. The same from a page and from a command."""
    return f"/loket/verklaringen/{slug}/{kind}/"


def until(row: Row) -> str:
    """Return when somebody must look again, in words; '' where nothing ends."""
    if row.judged.until is None or row.judged.state == "missing":
        return ""
    return _("Look again before %(day)s.") % {"day": nl_date(row.judged.until)}


def status_name(code: str) -> str:
    """Return a status as people know it: 'B: complies partly'."""
    known = code if code in STATUSES else rules.NO_STATEMENT
    return f"{known}: {STATUSES[known][0]}"
