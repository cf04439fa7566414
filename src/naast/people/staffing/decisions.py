"""What may be decided in and around Naast, as data. A place words its own decisions beside these (`rules.OWN_DECISION`).

Source of the list: the mandates that municipalities of a region must agree on (product paper, D7).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

DECISIONS: Mapping[str, "StrPromise"] = {
    "grant-roles": _("Give roles to staff"),
    "publish-shared": _("Publish shared pages"),
    "publish-place": _("Open or close a place's site"),
    "spend-fund": _("Spend from the fund"),
    "accept-referral": _("Accept a referral"),
    "youth-help": _("Hand over to youth help"),
    "research-data": _("Give data to research"),
    "end-cooperation": _("End the cooperation"),
}
