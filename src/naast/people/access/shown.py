"""Lines of the access log as plain sentences, for the privacy officer's window and its sheet."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from naast.core import clock
from naast.core.templatetags.naast import nl_date, nl_time
from naast.people.access.queries import Line
from naast.people.access.rules import Did
from naast.people.policy_table import ROLE_NAMES

Text = str | Promise

# What was done, around what it was done to.
PHRASES: Mapping[str, Text] = {
    "read": gettext_lazy("read %(what)s"),
    "list": gettext_lazy("looked at %(what)s"),
    "search": gettext_lazy("searched in %(what)s"),
    "export": gettext_lazy("took %(what)s as a file"),
    "take": gettext_lazy("began with %(what)s"),
    "answer": gettext_lazy("answered %(what)s"),
    "ask_back": gettext_lazy("asked something back about %(what)s"),
    "hand_to_person": gettext_lazy("gave a colleague %(what)s"),
    "hand_to_desk": gettext_lazy("gave another desk %(what)s"),
    "close": gettext_lazy("closed %(what)s"),
    "break-glass": gettext_lazy("opened emergency access to %(what)s"),
    "end-glass": gettext_lazy("ended emergency access to %(what)s"),
    "judge-glass": gettext_lazy("judged emergency access to %(what)s"),
    "invite": gettext_lazy("sent %(what)s"),
    "grant": gettext_lazy("gave %(what)s"),
    "end": gettext_lazy("ended %(what)s"),
    "add": gettext_lazy("added %(what)s"),
    "remove": gettext_lazy("removed %(what)s"),
    "erase": gettext_lazy("erased %(what)s"),
}
OTHERWISE = gettext_lazy("changed %(what)s")

# What it was done to, with and without a number.
THINGS: Mapping[str, Text] = {
    "contact.Question": gettext_lazy("question %(number)s"),
    "conversations.Thread": gettext_lazy("a conversation"),
    "core.AuditLine": gettext_lazy("this log"),
    "core.LegalHold": gettext_lazy("what may not be erased yet"),
    "core.RetentionRun": gettext_lazy("the protocol of erasing"),
    "people.User": gettext_lazy("an account"),
    "people.StaffSession": gettext_lazy("a session"),
    "upkeep.Statement": gettext_lazy("a statement"),
    "upkeep.Account": gettext_lazy("the register of processing or the DPIA"),
    "together.Evening": gettext_lazy("who comes to an evening"),
    "together.Poll": gettext_lazy("a poll"),
    "directory.ProfessionalContact": gettext_lazy("a contact for professionals"),
    "people.Grant": gettext_lazy("a role"),
    "people.Invitation": gettext_lazy("an invitation"),
    "people.Mandate": gettext_lazy("a mandate"),
    "people.Team": gettext_lazy("a team"),
    "people.Absence": gettext_lazy("an absence"),
    "people.BrokenGlass": gettext_lazy("question %(number)s"),
    "content.SlotFill": gettext_lazy("a local text"),
    "content.Report": gettext_lazy("a list of the editors"),
    "guide.LocalStep": gettext_lazy("an own step in a guide"),
    "places.HouseStyle": gettext_lazy("the house style"),
    "places.OwnHost": gettext_lazy("the own address"),
    "places.Logo": gettext_lazy("the logo"),
}
SOMETHING = gettext_lazy("something else")
ERASED_SINCE = gettext_lazy("a question that is erased since")
WORK_LIST = gettext_lazy("the work list")
WHO_SEES_WHAT = gettext_lazy("the table of who sees what")

DID: Mapping[Did, Text] = {
    Did.ALL: gettext_lazy("Everything"),
    Did.READ: gettext_lazy("Read or searched"),
    Did.CHANGED: gettext_lazy("Changed"),
    Did.EXPORTED: gettext_lazy("Taken as a file"),
    Did.GLASS: gettext_lazy("In an emergency"),
}
FAULTS: Mapping[str, Text] = {
    "changed": pgettext_lazy("log", "A line says something else than when it was sealed."),
    "missing": pgettext_lazy("log", "A line was taken away."),
    "added": pgettext_lazy("log", "A line was put in later."),
    "order": pgettext_lazy("log", "Lines stand in another order."),
    "hour": pgettext_lazy("log", "Something was changed in this hour."),
    "seal": pgettext_lazy("log", "A seal itself was changed."),
    "seal-missing": pgettext_lazy("log", "A seal was taken away."),
    "key": pgettext_lazy("log", "The key of a seal is missing."),
    "unsealed": pgettext_lazy("log", "Lines are not sealed: the worker does not run."),
}


def what(line: Line) -> str:
    """Return to what it was done: "question K7M3-9QXB", "the work list"."""
    if line.kind == "contact.Question" and line.act in ("list", "search"):
        return str(WORK_LIST)
    if (line.kind, line.act) == ("people.Grant", "export"):
        return str(WHO_SEES_WHAT)
    said = str(THINGS.get(line.kind, SOMETHING))
    if "%(number)s" not in said:
        whom = ", ".join(part for part in (line.whom, str(ROLE_NAMES.get(line.given, line.given))) if part)
        return f"{said} ({whom})" if whom else said
    return said % {"number": line.number} if line.number else str(ERASED_SINCE)


def did(line: Line) -> str:
    """Return what was done, in words: "read question K7M3-9QXB"."""
    return str(PHRASES.get(line.act, OTHERWISE)) % {"what": what(line)}


def role(line: Line) -> str:
    """Return the role by which it was done, in words; "" for a line that does not say."""
    return str(ROLE_NAMES.get(line.role, line.role))


def who(line: Line) -> str:
    """Return who did it: name and role."""
    name = line.who or _("somebody whose account is gone")
    return f"{name} ({said})" if (said := role(line)) else name


def sentence(line: Line) -> str:
    """Return a line as one sentence."""
    moment = line.at.astimezone(clock.AMSTERDAM)
    return _("%(who)s %(did)s on %(day)s at %(time)s.") % {
        "who": who(line), "did": did(line), "day": nl_date(moment, "full"), "time": nl_time(moment),
    }  # fmt: skip


def sheet(lines: Iterable[Line]) -> tuple[list[str], list[list[str]]]:
    """Return headings and rows of the sheet; moments in Amsterdam, sortable."""
    headings = [
        _("Line"), _("Moment"), _("Who"), _("Role"), _("What"), _("Number"), _("Place"), _("In an emergency"),
    ]  # fmt: skip
    rows = [
        [
            str(line.id),
            line.at.astimezone(clock.AMSTERDAM).strftime("%Y-%m-%d %H:%M:%S"),
            line.who or _("somebody whose account is gone"),
            role(line),
            did(line),
            line.number,
            line.place,
            _("yes") if line.why else "",
        ]
        for line in lines
    ]
    return headings, rows
