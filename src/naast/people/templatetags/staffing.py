"""The address in an invitation, made at the moment the mail leaves: the waiting mail holds no key to an account."""

from uuid import UUID

from django import template
from django.conf import settings

from naast.people.actions import set_password_path
from naast.people.staffing.models import Invitation

register = template.Library()


@register.simple_tag
def invitation_address(invitation: str) -> str:
    """Return the whole address at which the invited person opens their account. Raises Invitation.DoesNotExist."""
    row = Invitation.objects.select_related("user").get(pk=UUID(invitation), accepted_at=None, withdrawn_at=None)
    base: str = settings.WAGTAILADMIN_BASE_URL
    return base + set_password_path(row.user)
