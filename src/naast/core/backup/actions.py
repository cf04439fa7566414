"""Making, checking and throwing away backups."""

import os
import shutil
import time
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from naast.core import clock, crypto

from . import databases, rules
from .rules import Broken, Manifest

PIECE = 1 << 20
LEFT_OVER = (".naast-backup-", ".naast-restore-")  # folders at work
A_DAY = 24 * 3600.0


@dataclass(frozen=True)
class Made:
    """A backup that was made: its manifest and its size in bytes."""

    manifest: Manifest
    size: int


def make(target: Path) -> Made:
    """Write a backup: database and media, never a key, a session or mail that waits. Readable by us alone.

    The file is there whole or not at all. Raises Broken where a tool is missing, FileExistsError for a name in use.
    """
    if target.exists():
        raise FileExistsError(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep(target.parent)
    with TemporaryDirectory(dir=target.parent, prefix=LEFT_OVER[0]) as folder:
        dumped = Path(folder) / "database"
        dumped.touch(mode=0o600)
        if connection.vendor == "sqlite":
            dumped.unlink()
        moment = clock.now()
        old = os.umask(0o077)
        try:
            databases.dump(dumped)
            whole = Path(folder) / "backup"
            with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                files = {databases.name_in_backup(): _put(archive, databases.name_in_backup(), dumped)}
                for file, name in _media():
                    files[name] = _put(archive, name, file)
                manifest = Manifest(
                    made_at=moment.isoformat(),
                    release=_release(),
                    vendor=connection.vendor,
                    migrations=sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations()),
                    files=files,
                    ring=list(settings.NAAST_KEYRING),
                    salts=list(settings.NAAST_LOCKER_SALTS),
                )
                key_id = crypto.newest_key()[0]
                archive.writestr(
                    rules.MANIFEST, rules.sealed(manifest, key_id=key_id, key=crypto.derived_key("backup", key_id))
                )
        finally:
            os.umask(old)
        with whole.open("rb") as written:
            os.fsync(written.fileno())
        whole.replace(target)
    return Made(manifest, target.stat().st_size)


def sweep(folder: Path) -> int:
    """Remove what a backup or a restore that was killed left in this folder: a whole database, with sessions and all.

    Younger than a day it stays: somebody may be busy with it. Returns how many folders went.
    """
    gone = 0
    for left in folder.iterdir():
        if not left.name.startswith(LEFT_OVER) or left.is_symlink() or not left.is_dir():
            continue
        if time.time() - left.stat().st_mtime > A_DAY:
            shutil.rmtree(left, ignore_errors=True)
            gone += 1
    return gone


def _release() -> str:
    try:
        return version("naast")
    except PackageNotFoundError:  # run from the sources
        return "uit de bron"


def _media() -> list[tuple[Path, str]]:
    root = Path(settings.MEDIA_ROOT)
    found = (
        [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()] if root.exists() else []
    )
    return [(path, f"media/{path.relative_to(root).as_posix()}") for path in found]


def _put(archive: zipfile.ZipFile, name: str, file: Path) -> str:
    digest = sha256()
    with file.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
        while piece := source.read(PIECE):
            digest.update(piece)
            target.write(piece)
    return digest.hexdigest()


def manifest_of(file: Path) -> Manifest:
    """Return what a backup says of itself, its seal checked. Raises Broken."""
    keys = {key_id: crypto.derived_key("backup", key_id) for key_id in settings.NAAST_KEYRING}
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.getinfo(rules.MANIFEST).file_size > rules.MOST_MANIFEST:
                raise Broken("Dit is geen reservekopie van Naast: de inhoudslijst is te groot.")
            text = archive.read(rules.MANIFEST)
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        raise Broken("Dit is geen reservekopie van Naast, of het bestand is beschadigd.") from error
    return rules.read(text, keys)


def verify(file: Path) -> Manifest:
    """Read a backup whole and compare every checksum; returns its manifest. Raises Broken."""
    manifest = manifest_of(file)
    with zipfile.ZipFile(file) as archive:
        rules.check_names(manifest, archive.namelist())
        for name, wanted in manifest.files.items():
            try:
                with archive.open(name) as source:
                    found = _digest(source)
            except (zipfile.BadZipFile, OSError, EOFError) as error:
                raise Broken(f"Een bestand is beschadigd: {name}.") from error
            if found != wanted:
                raise Broken(f"Een bestand is veranderd na het maken: {name}.")
    return manifest


def _digest(source: IO[bytes]) -> str:
    digest = sha256()
    while piece := source.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def extract(file: Path, manifest: Manifest, folder: Path) -> None:
    """Write the files of a verified backup below a folder."""
    with zipfile.ZipFile(file) as archive:
        for name in manifest.files:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, target.open("wb") as out:
                shutil.copyfileobj(source, out, PIECE)


def prune(folder: Path) -> tuple[list[str], list[str]]:
    """Throw away backups older than 35 days; returns (names that went, names that are no readable backup and stay)."""
    gone, strange = [], []
    sweep(folder)
    for file in sorted(folder.iterdir()):
        if not file.is_file() or file.is_symlink():
            continue
        try:
            manifest = manifest_of(file)
        except Broken:
            strange.append(file.name)
            continue
        if rules.too_old(manifest, clock.now()):
            file.unlink()
            gone.append(file.name)
    return gone, strange
