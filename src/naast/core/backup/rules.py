"""What a backup is: a zip with a manifest that lists each file's checksum and is sealed by the key ring. Pure."""

import hmac
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

FORM = 1
MANIFEST = "manifest.json"
MOST_MANIFEST = 64 * 1024 * 1024  # bytes unfolded: a million files
OLDEST = timedelta(days=35)  # a backup lives no longer than tombstones do (docs/safety.md)

# Never in a backup: what lets somebody in, what lives a day at most, and mail, whose receiver may be erased by then.
LEFT_OUT = (
    "django_session",
    "core_shared_cache",
    "people_staffsession",
    "people_keptform",
    "core_dailysecret",
    "core_outboxmail",
    "core_workerbeat",
)
_NAME = re.compile(r"(database/[\w.-]+|media/[^/\\]+(/[^/\\]+)*)")


class Broken(Exception):
    """This is no whole backup of ours, or it does not fit here; the text says why, in Dutch."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, of which release, and which keys (by name) its texts need."""

    made_at: str
    release: str
    vendor: str
    migrations: list[list[str]]
    files: dict[str, str]
    ring: list[str]
    salts: list[str]
    left_out: list[str] = field(default_factory=lambda: list(LEFT_OUT))
    form: int = FORM

    @property
    def moment(self) -> datetime:
        """Return when it was made."""
        return datetime.fromisoformat(self.made_at)


def body_of(manifest: Manifest) -> bytes:
    """Return the manifest as the seal covers it."""
    return json.dumps(asdict(manifest), sort_keys=True, ensure_ascii=False).encode()


def sealed(manifest: Manifest, *, key_id: str, key: bytes) -> str:
    """Return the manifest with its seal, as JSON."""
    mark = hmac.new(key, body_of(manifest), sha256).hexdigest()
    return json.dumps({**asdict(manifest), "seal": {"key": key_id, "mark": mark}}, ensure_ascii=False, indent=1)


def read(text: bytes, keys: Mapping[str, bytes]) -> Manifest:
    """Return the manifest of a backup; `keys` are those for seals, by the id of their ring entry. Raises Broken."""
    try:
        found: dict[str, Any] = json.loads(text)
        seal = found.pop("seal")
        manifest = Manifest(**found)
        key_id, mark = str(seal["key"]), str(seal["mark"])
    except (ValueError, TypeError, KeyError) as error:
        raise Broken("Dit is geen reservekopie van Naast, of de inhoudslijst is beschadigd.") from error
    if manifest.form != FORM:
        raise Broken(f"Deze reservekopie heeft vorm {manifest.form}; deze uitgave leest vorm {FORM}.")
    if key_id not in keys:
        raise Broken(f"De sleutel {key_id} ontbreekt in NAAST_KEYRING. Zonder die sleutel is deze kopie niet te lezen.")
    if not hmac.compare_digest(mark, hmac.new(keys[key_id], body_of(manifest), sha256).hexdigest()):
        raise Broken("De inhoudslijst is veranderd na het maken: het zegel klopt niet.")
    return manifest


def check_names(manifest: Manifest, names: Iterable[str]) -> None:
    """Raise Broken unless the zip holds exactly what the manifest says, below its own two folders."""
    there = sorted(set(names) - {MANIFEST})
    if there != sorted(manifest.files):
        missing = sorted(set(manifest.files) - set(there))
        raise Broken(f"Er ontbreekt een bestand: {missing[0]}." if missing else "Er zit een bestand te veel in.")
    for name in there:
        if not _NAME.fullmatch(name) or ".." in name.split("/"):
            raise Broken(f"Een bestandsnaam deugt niet: {name}.")


def check_fit(
    manifest: Manifest,
    *,
    vendor: str,
    known: Collection[tuple[str, str]],
    ring: Collection[str],
    salts: Collection[str],
    now: datetime,
) -> None:
    """Raise Broken where this installation cannot hold what is in the backup, or may not: tombstones live no longer."""
    if too_old(manifest, now):
        raise Broken(
            f"De kopie is van {manifest.made_at[:10]}, ouder dan {OLDEST.days} dagen. Wat sindsdien gewist is, weet dit systeem "
            "niet meer: het zou terugkomen. Neem een nieuwere kopie."
        )
    if manifest.vendor != vendor:
        raise Broken(f"De kopie is van {manifest.vendor}, deze installatie draait op {vendor}.")
    newer = [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]
    if newer:
        raise Broken(f"De kopie is van een nieuwere uitgave ({manifest.release}): {newer[0]} kennen we hier niet.")
    for what, needed, there in (("NAAST_KEYRING", manifest.ring, ring), ("NAAST_LOCKER_SALTS", manifest.salts, salts)):
        lost = [one for one in needed if one not in there]
        if lost:
            raise Broken(f"{what} mist {', '.join(lost)}. Zet die terug: anders blijven teksten of kluisjes dicht.")


def too_old(manifest: Manifest, now: datetime) -> bool:
    """Tell whether a backup may not exist any more."""
    return now - manifest.moment > OLDEST
