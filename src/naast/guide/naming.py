"""Which guides, and which steps of places, name one of our pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from naast.content import uses
from naast.flows import loading
from naast.flows import queries as flows
from naast.flows.parts import Flow
from naast.flows.problems import LoadError
from naast.guide.models import GuideDraft, LocalStep


@dataclass(frozen=True)
class Use:
    """One step that names a page: which page, which guide, which step, and where to change that."""

    page: str
    guide: str
    step: str
    href: str
    note: str = ""


def uses_of(slugs: Mapping[str, str]) -> list[Use]:
    """Return the steps that name one of these pages (slug → title): published, planned, or a place's own."""
    if not slugs:
        return []
    found = [use for version in flows.all_current() for use in _in_flow(version.flow, slugs, "")]
    for draft in GuideDraft.objects.exclude(planned_for=None):
        try:
            planned = loading.parse(draft.planned_yaml)
        except LoadError:
            continue
        found += _in_flow(planned, slugs, _("ready to be published"))
    titles = {version.flow.slug: version.flow.title for version in flows.all_current()}
    for own in LocalStep.objects.select_related("place").filter(page__in=list(slugs), shown=True):
        href = reverse("guides:local-step", args=[own.place.slug, own.pk])
        note = _("a step of %s") % own.place.name
        found.append(Use(slugs[own.page], titles.get(own.flow_id, own.flow_id), str(own), href, note))
    return found


def found(slugs: Mapping[str, str]) -> list[uses.Use]:
    """Return the same for the editor of a page (content.uses): guide and step in one line."""
    return [uses.Use(use.page, f"{use.guide}: {use.step}", use.href) for use in uses_of(slugs)]


def _in_flow(flow: Flow, slugs: Mapping[str, str], note: str) -> list[Use]:
    found = []
    for place, step in enumerate(flow.steps, 1):
        for slug in step.read:
            if slug in slugs:
                href = reverse("guides:item", args=[flow.slug, "steps", place])
                found.append(Use(slugs[slug], flow.title, step.title, href, note))
    return found
