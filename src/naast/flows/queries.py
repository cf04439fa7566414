"""Reading flows: the current version of each guide, and the version a run was begun with."""

from dataclasses import dataclass, replace

from django.db.models import F

from naast.core import languages
from naast.flows import loading
from naast.flows.models import Flow as FlowRow
from naast.flows.models import FlowVersion
from naast.flows.parts import Flow

# In a run's cookie the digest is cut to this many hexadecimal digits (64 bits: no two versions will share it).
SHORT = 16
MOST_HELD = 64  # versions in memory


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


_read: dict[tuple[str, int], Version] = {}


def _version(row: FlowVersion) -> Version:
    # A version never changes, so its parts are read once per process.
    version = _read.get((row.digest, row.number))
    if version is None:
        version = Version(row.digest, row.number, loading.parse(row.yaml))
        if len(_read) >= MOST_HELD:
            _read.clear()
        _read[row.digest, row.number] = version
    return _spoken(version)


def _spoken(version: Version) -> Version:
    # In the language of the address we read under. A run and a plan hold ids only, so they go on in any language.
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
    guides = FlowRow.objects.exclude(current=None)
    held = [_read.get(key) for key in guides.values_list("current_id", "current__number")]
    if all(held):  # their texts, 30 kB each, need not come out of the database for every page
        return [_spoken(version) for version in held if version]
    rows = guides.select_related("current")
    return [_version(row.current) for row in rows if row.current]


def guides_for(audience: str) -> list[Version]:
    """Return the guides for an audience, in the order of the list."""
    return [version for version in all_current() if audience in version.flow.audiences]
