"""Register and DPIA in words: their names, and what each still lacks."""

from typing import Any

from django.utils.translation import gettext_lazy

from naast.upkeep.register.rules import Gap

NAMES: dict[str, Any] = {"register": gettext_lazy("Register of processing"), "dpia": gettext_lazy("DPIA")}
ABOUT: dict[str, Any] = {
    "register": gettext_lazy("What the law asks to write down about every processing (article 30 of the GDPR)."),
    "dpia": gettext_lazy("What can go wrong for people, and what is done about it, in the model of the state."),
}
GAPS: dict[str, Any] = {
    "controller": gettext_lazy("Publish who is responsible first, at Statements."),
    "officer": gettext_lazy("Publish the privacy statement first, with the data protection officer, at Statements."),
    "processors": gettext_lazy("Name at least one processor: who keeps Naast running?"),
    "agreed": gettext_lazy("Give the day of the agreement with %(about)s."),
    "agreed-future": gettext_lazy("The agreement with %(about)s is of a day to come. Give the day it was signed."),
    "special": gettext_lazy("Say on which exception of article 9 you hold sensitive words."),
    "why": gettext_lazy("Say why you use Naast, and since when."),
    "advice": gettext_lazy("Write down in short what the data protection officer advised."),
    "advice-on": gettext_lazy("Give the day on which the data protection officer advised."),
    "advice-future": gettext_lazy("The day of the advice is still to come. Give the day it was given."),
    "decided-by": gettext_lazy("Say who decided: the function, no name."),
    "decided-on": gettext_lazy("Give the day of the decision."),
    "decided-future": gettext_lazy("The day of the decision is still to come."),
    "decided-early": gettext_lazy("The decision is older than the advice. First the advice, then the decision."),
    "review": gettext_lazy("Give a day after the decision on which you look at it again."),
    "review-late": gettext_lazy("Look at it again within three years. Choose an earlier day."),
}


def gap(found: Gap) -> str:
    """Return in words what lacks and what to do about it."""
    return str(GAPS[found.code]) % {"about": found.about[:80]}
