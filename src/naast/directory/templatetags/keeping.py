"""The address of a mailed link, made at the moment the mail leaves: the waiting mail holds no key to any page."""

from uuid import UUID

from django import template
from django.conf import settings

from naast.core.sharing import outside
from naast.directory.keeping.asking import token_of

register = template.Library()


@register.simple_tag
def link_address(link: str, key: str) -> str:
    """Return the whole address of a confirmation's link, from its id and the id of the ring's key."""
    base: str = settings.WAGTAILADMIN_BASE_URL
    return base + outside("offer-check", token_of(UUID(link), key))
