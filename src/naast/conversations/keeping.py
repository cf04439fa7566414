"""What conversations keep, declared for the register, the locker, export, erasing and retention."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from naast.conversations import actions, queries, rules
from naast.conversations.models import Thread
from naast.core import kept
from naast.core.sharing import outside
from naast.lockers import contents

GROUND = "AVG artikel 6 lid 1 onder e"
RETENTION = "tot 6 maanden na het laatste bericht"
STATES = {
    rules.State.ASKED: pgettext_lazy("conversation", "waits for an answer"),
    rules.State.ANSWERED: pgettext_lazy("conversation", "answered"),
    rules.State.DONE: pgettext_lazy("conversation", "done"),
}


def _export(locker_id: UUID) -> list[Mapping[str, Any]]:
    """Return the threads of a locker with every message, readable."""
    return [
        {
            "gestart op": thread.started_at,
            "loket": queries.desk_of(thread),
            "wordt gewist op": queries.erased_on(thread),
            "berichten": [
                {
                    "van": "jij" if turn.mine else ", ".join(filter(None, (turn.by, turn.where))),
                    "op": turn.at,
                    "tekst": turn.text,
                }
                for turn in queries.turns(thread, queries.messages(thread))
            ],
        }
        for thread in Thread.objects.select_related("place").filter(locker_id=locker_id).order_by("started_at")
    ]


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
            purpose="Je vraag beantwoorden",
            ground=GROUND,
            retention=RETENTION,
            show="Je vraag, het loket dat antwoordt, en of er antwoord is.",
            export=_export,
            erase=actions.erase_of_locker,
            expire=actions.expire,
        )
    )
    kept.register(
        kept.Kept(
            model="conversations.Message",
            purpose="Je vraag beantwoorden",
            ground=GROUND,
            retention=RETENTION,
            show="Wat jij en het loket aan elkaar schreven, versleuteld.",
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
