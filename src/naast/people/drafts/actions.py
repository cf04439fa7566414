"""Writing about kept forms: kept when a session ends, gone when the form is sent, thrown away or a day old."""

import json

from naast.core import clock
from naast.people.drafts.models import KeptForm
from naast.people.drafts.rules import Typed, worth_keeping
from naast.people.models import User


def keep_form(*, user: User, page: str, action: str, typed: Typed) -> bool:
    """Keep what somebody typed in the form of a page, sealed; tells whether there was anything that may be kept.

    The newest of a page takes the place of the one before.
    """
    kept = worth_keeping(action, typed) if worth_keeping(page, typed) else ()
    if not kept:
        return False
    form, _ = KeptForm.objects.get_or_create(user=user, path=page, defaults={"created": clock.now()})
    form.created = clock.now()
    form.typed = json.dumps({"action": action, "fields": kept})
    form.save()
    return True


def forget_form(*, user: User, page: str) -> None:
    """Erase what was kept of a page."""
    KeptForm.objects.filter(user=user, path=page).delete()


def forget_sent(*, user: User, action: str) -> None:
    """Erase what was kept of a form that was sent now, from whichever page."""
    for form in KeptForm.objects.filter(user=user):
        opened = json.loads(str(form.typed) or "{}")
        if opened.get("action") == action:
            form.delete()
