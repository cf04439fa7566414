"""Reading flows: the current version of each guide, and the version a run was begun with."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import F

from naast.core import languages
from naast.flows import loading
from naast.flows.models import Flow as FlowRow
from naast.flows.models import FlowVersion
from naast.flows.parts import Flow

# In a run's cookie the digest is cut to this many hexadecimal digits (64 bits: no two versions will share it).
SHORT = 16


@dataclass(frozen=True, slots=True)
class Version:
    """A published flow, parsed: its content hash, its number and its parts."""

    digest: str
    number: int
    flow: Flow

    @property
    def short(self) -> str:
        """Return the cut hash that a run carries."""
        return self.digest[:SHORT]


@lru_cache(maxsize=64)
def _parsed(digest: str, number: int, text: str) -> Version:
    # A version never changes, so its parts are read once per process.
    return Version(digest, number, loading.parse(text))


def _version(row: FlowVersion) -> Version:
    # In the language of the address we read under. A run and a plan hold ids only, so they go on in any language.
    version = _parsed(row.digest, row.number, row.yaml)
    spoken = version.flow.in_language(languages.reading())
    return version if spoken is version.flow else replace(version, flow=spoken)


def current(slug: str) -> Version | None:
    """Return the version that a new run of this guide gets, or None when there is no such guide."""
    row = FlowVersion.objects.filter(flow__current_id=F("digest"), flow_id=slug).first()
    return _version(row) if row else None


def by_short(slug: str, short: str) -> Version | None:
    """Return the version of this guide with this (cut) hash, or None."""
    if len(short) < SHORT:
        return None
    row = FlowVersion.objects.filter(flow_id=slug, digest__startswith=short).first()
    return _version(row) if row else None


def by_digest(digest: str) -> Version | None:
    """Return a version by its whole hash, or None."""
    row = FlowVersion.objects.filter(pk=digest).first()
    return _version(row) if row else None


def all_current() -> list[Version]:
    """Return the current version of every guide, in the order of the list."""
    rows = FlowRow.objects.exclude(current=None).select_related("current")
    return [_version(row.current) for row in rows if row.current]


def guides_for(audience: str) -> list[Version]:
    """Return the guides for an audience, in the order of the list."""
    return [version for version in all_current() if audience in version.flow.audiences]
