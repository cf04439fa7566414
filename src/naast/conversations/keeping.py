"""What conversations keep, declared for the register, the locker, export, erasing and retention."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from naast.conversations import actions, queries, rules
from naast.conversations.models import Message, Thread
from naast.core import kept
from naast.core.sharing import outside
from naast.lockers import contents

GROUND = "AVG artikel 6 lid 1 onder e"
ROLE = "adviseur"
RETENTION = "tot 6 maanden na het laatste bericht"
STATES = {
    rules.State.ASKED: pgettext_lazy("conversation", "waits for an answer"),
    rules.State.ANSWERED: pgettext_lazy("conversation", "answered"),
    rules.State.DONE: pgettext_lazy("conversation", "done"),
}


def _export(locker_id: UUID) -> list[Mapping[str, Any]]:
    """Return the threads of a locker with every message, readable."""
    rows: list[Mapping[str, Any]] = []
    for thread in Thread.objects.select_related("place").filter(locker_id=locker_id).order_by("started_at"):
        found = queries.messages(thread)
        desk = queries.desk_of(thread)
        rows.append(
            {
                "gestart op": thread.started_at,
                "loket": desk,
                "wordt gewist op": queries.erased_on(thread),
                "_namen": _names_in(found),
                "berichten": [
                    {
                        "van": "jij" if turn.mine else ", ".join(filter(None, (turn.by, turn.where))),
                        "_rol": f"{ROLE}, {desk}" if turn.where else desk,
                        "op": turn.at,
                        "tekst": turn.text,
                    }
                    for turn in queries.turns(thread, found)
                ],
            }
        )
    return rows


def _mask(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an exported thread in which who answered is a role: names of staff are theirs, what they wrote is not.

    What the owner wrote stays as it was written (AVG article 15(4)).
    """
    names: Mapping[str, str] = row.get("_namen", {})

    def said(message: Mapping[str, Any]) -> Mapping[str, Any]:
        if message["van"] == "jij":
            return message
        words = str(message["tekst"])
        for name in sorted(names, key=len, reverse=True):
            words = re.sub(rf"\b{re.escape(name)}\b", names[name], words)
        return {**message, "van": message["_rol"], "tekst": words}

    return {**row, "berichten": [said(message) for message in row["berichten"]]}


def _names_in(found: Sequence[Message]) -> dict[str, str]:
    """Return every name by which somebody of the desk may stand in a thread, with the word that takes its place."""
    names: dict[str, str] = {}
    for message in found:
        if message.author is not None:
            names |= dict.fromkeys(filter(None, {message.author.display_name, message.author.get_short_name()}), ROLE)
    return names


def _entries(locker_id: UUID) -> Sequence[contents.Entry]:
    """Return the threads as the locker lists them."""
    found = []
    for summary in queries.of_locker(locker_id):
        state = str(STATES[rules.State(summary.thread.state)])
        new = ngettext("%(number)d new", "%(number)d new", summary.new) % {"number": summary.new}
        found.append(
            contents.Entry(
                url=outside("conversations:thread", summary.thread.pk),
                label=summary.title or _("Your question"),
                mark=new if summary.new else state,
                is_new=bool(summary.new),
            )
        )
    return found


def declare() -> None:
    """Declare the models of this room and its section in the locker."""
    kept.register(
        kept.Kept(
            model="conversations.Thread",
            name="Vragen en antwoorden",
            purpose="Je vraag beantwoorden",
            ground=GROUND,
            retention=RETENTION,
            show="Je vraag, het loket dat antwoordt, en of er antwoord is.",
            export=_export,
            erase=actions.erase_of_locker,
            past=queries.past_rule,
            remove=actions.erase_threads,
            mask=_mask,
            place="place__slug",
            locker="locker_id",
            special=True,
            receivers="adviseurs en coördinator van het loket",
        )
    )
    kept.register(
        kept.Kept(
            model="conversations.Message",
            name="Berichten in een gesprek",
            purpose="Je vraag beantwoorden",
            ground=GROUND,
            retention=RETENTION,
            show="Wat jij en het loket aan elkaar schreven, versleuteld.",
            place="thread__place__slug",
            locker="thread__locker_id",
            special=True,
            receivers="adviseurs en coördinator van het loket",
        )
    )
    contents.register(
        contents.Section(
            key="threads",
            label=gettext_lazy("Your questions"),
            order=10,
            entries=_entries,
            empty=gettext_lazy("You have not asked a question yet."),
        )
    )
