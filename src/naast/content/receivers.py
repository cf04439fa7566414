"""What makes caches look again (a change of a page, question or slot), and who hears of a text that waits for review."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale, TaskState, WorkflowState
from wagtail.signals import post_page_move, task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from naast.content import actions
from naast.content.media.models import Checklist, Film, FilmSubtitles, forget_files
from naast.content.models import BasePage, FaqEntry, GlossaryTerm, HomePage, Slot
from naast.core import generations


def _shared_changed(sender: type, **kwargs: Any) -> None:
    # Runs inside the transaction of the save, so that nobody sees the number before the words.
    if issubclass(sender, BasePage | FaqEntry | Slot | GlossaryTerm | Locale):
        generations.bump()
    if issubclass(sender, HomePage) and kwargs.get("created"):
        actions.ensure_groups()  # a language's tree is edited by the same people

    if issubclass(sender, Film | FilmSubtitles | Checklist):
        generations.bump()


def _film_gone(sender: type, instance: Film, **kwargs: Any) -> None:
    forget_files([instance.video.name, instance.poster.name])


def _waits(sender: type, instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    actions.tell_reviewers(task_state=instance, submitter=user)


def _decided(sender: type, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    actions.tell_writer(state=instance, reviewer=user)


def _nobody_told(sender: type, **kwargs: Any) -> None:
    """Stand where Wagtail would mail the start of a review a second time."""


def connect() -> None:
    """Connect once. The last four take the places of Wagtail's own mails, which would leave beside the outbox."""
    for name, signal in (("save", post_save), ("delete", post_delete), ("move", post_page_move)):
        signal.connect(_shared_changed, dispatch_uid=f"naast.content.{name}")
    post_delete.connect(_film_gone, sender=Film, dispatch_uid="naast.content.film_gone")
    own = (
        (task_submitted, _waits, TaskState, "group_approval_task_submitted_email_notification"),
        (workflow_submitted, _nobody_told, WorkflowState, "workflow_state_submitted_email_notification"),
        (workflow_rejected, _decided, WorkflowState, "workflow_state_rejected_email_notification"),
        (workflow_approved, _decided, WorkflowState, "workflow_state_approved_email_notification"),
    )
    for signal, receiver, sender, uid in own:
        signal.connect(receiver, sender=sender, dispatch_uid=uid)
