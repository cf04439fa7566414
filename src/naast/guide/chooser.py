"""The list of guides, by who reads them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from naast.flows import queries as flows
from naast.flows.parts import Flow
from naast.guide.queries import YOUNG


@dataclass(frozen=True, slots=True)
class Group:
    """The guides for one kind of reader; `key` is the anchor on the page."""

    key: str
    title: str
    flows: tuple[Flow, ...]


def groups() -> list[Group]:
    """Return the guides by who reads them, in the order of the list: the own family first."""
    titles = {
        "ouders": ("eigen", _("About your own family")),
        "omgeving": ("naast", _("For somebody else's family")),
        "kinderen": ("kind", _("For children and young people")),
        "professionals": ("werk", _("For your work")),
    }
    all_flows = [version.flow for version in flows.all_current()]
    found = [
        Group(key, title, tuple(flow for flow in all_flows if _reader(flow) == audience))
        for audience, (key, title) in titles.items()
    ]
    return [group for group in found if group.flows]


def _reader(flow: Flow) -> str:
    """Return under whom a guide stands in the list."""
    return "kinderen" if flow.audience in YOUNG else flow.audience
