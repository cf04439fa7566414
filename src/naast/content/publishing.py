"""Publishing a page for the first time, in one save."""

from collections.abc import Iterable

from wagtail.log_actions import log
from wagtail.signals import page_published

from naast.content.models import BasePage
from naast.core import clock


def publish_first(page: BasePage, fields: Iterable[str]) -> None:
    """Publish a page that was just made and then given these fields, as Wagtail does.

    Wagtail's own way reads the page back from its revision and compares it with an earlier one; here there is none.
    """
    revision = page.save_revision(changed=False)  # looks whether the page is whole
    now = clock.now()
    page.live, page.live_revision, page.has_unpublished_changes = True, revision, False
    page.first_published_at = page.last_published_at = now
    state = ("live", "live_revision", "has_unpublished_changes", "first_published_at", "last_published_at")
    # Only these: this copy of the page may not know how many children were put below it meanwhile.
    page.save(clean=False, update_fields=[*fields, *state])  # type: ignore[call-arg]  # Wagtail's own argument
    page_published.send(sender=type(page), instance=page, revision=revision)
    log(instance=page, action="wagtail.publish", revision=revision, content_changed=False)
