"""System checks: the policy table is sound and the second factor stays enforced."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from naast.core import live
from naast.people import queries
from naast.people.policy_table import KINDS, TABLE
from naast.people.rules import Scope, table_faults

ANSWER = "desk.answer"
NEEDED = "naast.people.middleware.StaffMiddleware"


@register()
def policy_is_sound(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Name every fault of the policy table."""
    return [Error(fault, id="naast.people.E001") for fault in table_faults(TABLE, KINDS)]


@register()
def sign_in_is_guarded(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse settings with which a password alone would do, or with which addresses would be kept."""
    faults = []
    if NEEDED not in settings.MIDDLEWARE:
        faults.append(Error("Without StaffMiddleware a password alone opens the desk.", id="naast.people.E002"))
    if "allauth.usersessions" in settings.INSTALLED_APPS:
        faults.append(Error("allauth.usersessions keeps addresses and user agents.", id="naast.people.E003"))
    if getattr(settings, "ACCOUNT_EMAIL_NOTIFICATIONS", False):
        faults.append(Error("allauth's mails hold addresses and user agents.", id="naast.people.E004"))
    return faults


@live.register
def somebody_answers(place: Any) -> list[str]:
    """A place may only be published when a question there finds a person: its own adviser or the region's."""
    if queries.who_may(ANSWER, Scope(place.kind, place.id)):
        return []
    words = "Er is nog geen adviseur die vragen beantwoordt, ook niet in de regio. Nodig iemand uit als adviseur."
    return [live.Lacking(words, f"/loket/mensen/{place.slug}/uitnodigen/")]
