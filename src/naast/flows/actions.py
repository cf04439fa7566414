"""Publishing a flow: the one way in which a guide changes, and only when it passes every check."""

from django.db import transaction

from naast.core import audit, generations
from naast.flows import analysis, loading, queries
from naast.flows.models import Flow as FlowRow
from naast.flows.models import FlowVersion
from naast.flows.problems import Problem

KIND = "flows.FlowVersion"
SYSTEM = "system"
# The order in which people see the shipped guides: along the line of life, then beside a family, a child, a professional.
SHIPPED = (
    "verwachten",
    "bij-elkaar-blijven",
    "overwegen",
    "uit-elkaar",
    "na-scheiding",
    "samengesteld-gezin",
    "naast-een-gezin",
    "kind-jongere",
    "professional",
)


class RefusedError(ValueError):
    """The flow fails its checks; `problems` says where and why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problem.message("en") for problem in problems))
        self.problems = problems


def publish(*, text: str, actor: str = SYSTEM, order: int | None = None, note: str = "") -> queries.Version:
    """Publish a flow's YAML as a new version and make it the current one; `note` says what changed.

    The same text again is the same version: nothing changes. Runs that are under way keep theirs.
    Raises LoadError when the text cannot be read, RefusedError when a check fails.
    """
    flow = loading.parse(text)
    problems = analysis.check(flow)
    if problems:
        raise RefusedError(problems)
    digest = loading.digest(text)
    with transaction.atomic():
        row, made = FlowRow.objects.select_for_update().get_or_create(slug=flow.slug)
        if order is not None and row.order != order:
            row.order = order
            row.save(update_fields=["order"])
        version = FlowVersion.objects.filter(pk=digest).first()
        if version is None:
            number = row.versions.count() + 1
            version = FlowVersion(digest=digest, flow=row, number=number, yaml=text, actor=actor, note=note)
            version.save()
        if made or row.current_id != digest:
            row.current = version
            row.save(update_fields=["current"])
            audit.record(actor=actor, act="publish", kind=KIND, record_id=digest[: queries.SHORT], fields=("yaml",))
            generations.bump()
    return queries.Version(digest, version.number, flow)


def publish_shipped() -> int:
    """Publish the guides that come with Naast and return how many; run again, nothing changes.

    A guide whose current version an editor published stays as it is.
    """
    texts = loading.shipped()
    edited = set(FlowRow.objects.exclude(current=None).exclude(current__actor=SYSTEM).values_list("slug", flat=True))
    for place, slug in enumerate(SHIPPED):
        if slug in texts and slug not in edited:
            publish(text=texts[slug], order=place)
    return len(texts)
