"""Registers the people room: receivers, kinds of scope, what is kept, and where allauth counts."""

from collections.abc import Iterable
from uuid import UUID

from django.apps import AppConfig
from django.core.cache import caches

from naast.people.rules import Scope


class PeopleConfig(AppConfig):
    """Staff accounts, roles, sign-in and policy. Residents are never people here: they have lockers."""

    name = "naast.people"
    label = "people"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Wire the room to the rest of the house."""
        from naast.core import upgrades
        from naast.people import checks, departure, keeping, receivers, recovery, taken, tasks  # noqa: F401
        from naast.people.access import tasks as access_tasks
        from naast.people.access.keeping import register_access
        from naast.people.drafts.keeping import register_drafts
        from naast.people.oidc import ways  # noqa: F401
        from naast.people.oidc.keeping import register_sign_in_links
        from naast.people.policy import register_kind
        from naast.people.policy_table import MUNICIPALITY, REGION
        from naast.people.staffing import tasks as staffing_tasks
        from naast.people.staffing.keeping import register_staffing

        register_kind(REGION, _municipalities_of)
        register_kind(MUNICIPALITY, lambda _: ())
        keeping.register_people()
        taken.register()
        register_staffing()
        staffing_tasks.register()
        register_sign_in_links()
        register_drafts()
        register_access()
        access_tasks.register()
        tasks.register()
        recovery.install()
        upgrades.after("people.recovery", recovery.hash_old_codes)
        _count_where_all_processes_see()


def _municipalities_of(region_id: UUID) -> Iterable[Scope]:
    """Return the scopes of the municipalities inside a region."""
    from naast.people.policy_table import MUNICIPALITY
    from naast.places.queries import by_id, members

    region = by_id(region_id)
    return [Scope(MUNICIPALITY, place.id) for place in members(region)] if region else []


def _count_where_all_processes_see() -> None:
    """Point allauth's counters and its once-only codes at the cache that all processes share.

    allauth knows only Django's default cache, which is one process's own when embedded: guesses would be counted per
    process and a code would work once in each.
    """
    from allauth.core.internal import ratelimit
    from allauth.mfa.totp.internal import auth

    ratelimit.cache = caches["shared"]
    auth.cache = caches["shared"]
