"""Where somebody begins after sign-in: the first page of what they may do."""

from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch

from naast.core.sharing import outside
from naast.people.models import User
from naast.people.policy import scopes_for

# In this order; a page that does not exist yet is passed over. The action decides, never the name of a role.
FIRST_PAGES: tuple[tuple[str, str], ...] = (
    ("desk.read", "desk:list"),
    ("content.edit", "wagtailadmin_home"),
    ("monitor.read", "monitor:home"),
    ("directory.gaps", "directory_gaps"),
    ("core.read_audit", "access:log"),
    ("places.edit", "upkeep:home"),
    ("directory.own", "own:home"),
)


def first_page(user: User | AnonymousUser) -> str:
    """Return the address at which this person begins; their own page when nothing else is theirs."""
    return first_page_of_work(user) or outside("people:account")


def first_page_of_work(user: User | AnonymousUser) -> str | None:
    """Return the first page of somebody's work, or None when their role has none yet."""
    for action, name in FIRST_PAGES:
        if scopes_for(user, action):
            try:
                return outside(name)
            except NoReverseMatch:
                continue
    return None
