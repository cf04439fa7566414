"""Reading kept forms: only by the person who typed."""

import json
from dataclasses import dataclass

from naast.core import clock
from naast.people.drafts.models import KeptForm
from naast.people.drafts.rules import Typed, is_over
from naast.people.models import User


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed in the form of a page that is sent to `action`."""

    page: str
    action: str
    typed: Typed


def kept_at(user: User, page: str) -> Kept | None:
    """Return what this person typed at a page within the last day, or None."""
    form = KeptForm.objects.filter(user=user, path=page).first()
    if form is None or is_over(form.created, clock.now()) or not form.typed:
        return None
    said = json.loads(str(form.typed))
    return Kept(page, said["action"], tuple((name, value) for name, value in said["fields"]))


def has_any(user: User) -> bool:
    """Tell whether anything is kept for this person, so that their pages are looked at."""
    return KeptForm.objects.filter(user=user).exists()
