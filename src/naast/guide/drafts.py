"""What an editor does with a guide: change the draft, take a change back, publish it now or later."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from naast.core import audit, clock
from naast.core.mail import queue_mail
from naast.core.sharing import outside
from naast.flows import actions as flows
from naast.flows import queries
from naast.flows.models import Flow as FlowRow
from naast.flows.models import FlowVersion
from naast.guide import checking
from naast.guide.checking import Report
from naast.guide.models import GuideDraft
from naast.people.models import User
from naast.people.policy import scopes_for

KIND = GuideDraft._meta.label
EDIT = "flows.edit"


class NotAllowedError(PermissionError):
    """The policy does not let this person change guides."""


class RefusedError(ValueError):
    """The draft has errors and was not published; `report` says which. Nothing typed is lost."""

    def __init__(self, report: Report) -> None:
        super().__init__("; ".join(finding.text for finding in report.errors))
        self.report = report


class PastError(ValueError):
    """The moment to publish is not in the future."""


def _allowed(user: User) -> None:
    # A guide is shared by all places: who may edit guides anywhere may edit them all (docs/guides.md).
    if not scopes_for(user, EDIT):
        raise NotAllowedError(EDIT)


def draft_of(slug: str) -> GuideDraft | None:
    """Return the draft of a guide, or None while nobody changed anything."""
    found = GuideDraft.objects.select_related("flow", "changed_by", "planned_by", "based_on").filter(pk=slug).first()
    return found


def text_of(slug: str) -> str:
    """Return the draft's text, else the published one. Raises FlowRow.DoesNotExist for no guide."""
    row = FlowRow.objects.select_related("current", "draft").get(pk=slug)
    draft = GuideDraft.objects.filter(pk=slug).first()
    if draft is not None:
        return draft.yaml
    return row.current.yaml if row.current else ""


@transaction.atomic
def change(*, user: User, slug: str, text: str) -> GuideDraft:
    """Keep this text as the draft; the text before it can be brought back. The same text changes nothing."""
    _allowed(user)
    row = FlowRow.objects.select_for_update(of=("self",)).select_related("current").get(pk=slug)
    draft = GuideDraft.objects.filter(pk=slug).first()
    if draft is None:
        live = row.current.yaml if row.current else ""
        draft = GuideDraft(flow=row, yaml=live, based_on=row.current)
    if draft.yaml != text:
        draft.previous, draft.yaml = draft.yaml, text
    draft.changed_at, draft.changed_by = clock.now(), user
    draft.save()
    audit.record(actor=f"staff:{user.pk}", act="edit", kind=KIND, record_id=slug, fields=("yaml",))
    return draft


@transaction.atomic
def undo(*, user: User, slug: str) -> GuideDraft | None:
    """Bring back what the draft was before the last change; done twice, the change is there again."""
    _allowed(user)
    draft = GuideDraft.objects.select_for_update().filter(pk=slug).first()
    if draft is None or not draft.previous:
        return draft
    draft.yaml, draft.previous = draft.previous, draft.yaml
    draft.changed_at, draft.changed_by = clock.now(), user
    draft.save()
    audit.record(actor=f"staff:{user.pk}", act="undo", kind=KIND, record_id=slug, fields=("yaml",))
    return draft


@transaction.atomic
def drop(*, user: User, slug: str) -> None:
    """Throw the draft away, and what was planned with it: readers keep what is published."""
    _allowed(user)
    GuideDraft.objects.filter(pk=slug).delete()
    audit.record(actor=f"staff:{user.pk}", act="drop", kind=KIND, record_id=slug)


@transaction.atomic
def publish(*, user: User, slug: str, note: str) -> queries.Version:
    """Publish the draft now; runs and kept plans stay with their version. Raises RefusedError; then nothing changed."""
    _allowed(user)
    text = text_of(slug)
    _checked(text)
    version = flows.publish(text=text, actor=f"staff:{user.pk}", note=note)
    GuideDraft.objects.filter(pk=slug).delete()
    return version


@transaction.atomic
def plan(*, user: User, slug: str, moment: datetime, note: str) -> GuideDraft:
    """Publish the draft as it is now at a later moment. Raises RefusedError or PastError; then nothing is planned."""
    _allowed(user)
    if moment <= clock.now():
        raise PastError(moment)
    text = text_of(slug)
    _checked(text)
    draft = change(user=user, slug=slug, text=text)
    draft.planned_yaml, draft.planned_for, draft.planned_note, draft.planned_by = text, moment, note, user
    draft.refused = ""
    draft.save()
    audit.record(actor=f"staff:{user.pk}", act="plan", kind=KIND, record_id=slug, fields=("planned_for",))
    return draft


@transaction.atomic
def unplan(*, user: User, slug: str) -> None:
    """Take back what was planned; the draft stays."""
    _allowed(user)
    GuideDraft.objects.filter(pk=slug).update(planned_yaml="", planned_for=None, planned_by=None, planned_note="")
    audit.record(actor=f"staff:{user.pk}", act="unplan", kind=KIND, record_id=slug, fields=("planned_for",))


def _checked(text: str) -> None:
    found = checking.report(text)
    if not found.good:
        raise RefusedError(found)


def publish_due() -> int:
    """Publish what is planned and due; returns how many. What the checks refuse by then stays a draft, and its editor hears."""
    done = 0
    for slug in GuideDraft.objects.filter(planned_for__lte=clock.now()).values_list("pk", flat=True):
        with transaction.atomic():
            draft = GuideDraft.objects.select_for_update().filter(pk=slug, planned_for__lte=clock.now()).first()
            if draft is None:
                continue
            actor = f"staff:{draft.planned_by_id}" if draft.planned_by_id else flows.SYSTEM
            found = checking.report(draft.planned_yaml)
            if found.good:
                flows.publish(text=draft.planned_yaml, actor=actor, note=draft.planned_note)
                done += 1
                if draft.yaml == draft.planned_yaml:
                    draft.delete()
                    continue
                draft.based_on = FlowRow.objects.get(pk=slug).current
            else:
                draft.refused = "\n".join(f"{finding.where}: {finding.text}" for finding in found.errors)
                _tell(draft)
            draft.planned_yaml, draft.planned_for, draft.planned_by, draft.planned_note = "", None, None, ""
            draft.save()
    return done


def _tell(draft: GuideDraft) -> None:
    """Queue a notice without content to who planned it."""
    person = draft.planned_by
    if person is None or not person.is_active:
        return
    key = f"guide-refused-{draft.pk}-{draft.planned_for:%Y%m%d%H%M}"
    url = outside("guides:overview", draft.pk)
    queue_mail(kind="guide/not_published", to=person.email, context={"url": url}, message_id=key)


# --- Versions --------------------------------------------------------------------------------------------------------


def versions_of(slug: str) -> list[tuple[FlowVersion, str]]:
    """Return every published version with the name of who published it ("" where Naast did), the newest first."""
    rows = list(FlowVersion.objects.filter(flow_id=slug).order_by("-number"))
    ids = {row.actor.removeprefix("staff:") for row in rows if row.actor.startswith("staff:")}
    names = {str(person.pk): person.display_name for person in User.objects.filter(pk__in=ids)}
    return [(row, names.get(row.actor.removeprefix("staff:"), "")) for row in rows]
