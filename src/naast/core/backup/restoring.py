"""Putting a backup back without bringing back what was erased since (docs/decisions/0029, docs/running.md).

The order matters: what the present installation knows of erasing is written to a file first, so that it outlives a
restore that is stopped halfway; pages are served again only after everything was erased anew.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from naast.core import audit, clock, generations, kept, upgrades
from naast.core.keys import memory
from naast.core.models import Tombstone, WorkerBeat
from naast.core.retention import actions as retention
from naast.core.retention import tombstones
from naast.core.retention.tombstones import Stone

from . import actions, databases, rules, tombstone_file
from .rules import Broken

ALIVE = timedelta(seconds=30)


def mark() -> Path:
    """Return the file that says a restore has begun and not ended."""
    return tombstone_file.path().with_name("restore.unfinished")


def unfinished() -> str:
    """Return one line that says a restore was stopped halfway, or an empty text."""
    if not mark().exists():
        return ""
    return "Een terugzetting is niet af: gewiste gegevens kunnen er weer staan. Draai naast restore opnieuw, met --replace."


def is_empty() -> bool:
    """Tell whether nothing about people stands in the database."""
    tables = set(connection.introspection.table_names())
    return not any(
        apps.get_model(entry.model)._meta.db_table in tables and entry.rows.exists() for entry in kept.all_kept()
    )


def restore(file: Path, *, replace: bool = False) -> list[str]:
    """Put a backup back; returns what was done, a line each. Raises Broken, and changes nothing then.

    Nothing may serve pages or work meanwhile. Run again after it was stopped, it begins anew.
    """
    manifest = actions.verify(file)
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {})
    rules.check_fit(
        manifest,
        vendor=connection.vendor,
        known=known,
        ring=settings.NAAST_KEYRING,
        salts=settings.NAAST_LOCKER_SALTS,
        now=clock.now(),
    )
    if not replace and not is_empty():
        raise Broken("Deze installatie is niet leeg. Met --replace komt de kopie in de plaats van wat er staat.")
    tables = set(connection.introspection.table_names())
    if WorkerBeat._meta.db_table in tables and WorkerBeat.objects.filter(at__gt=clock.now() - ALIVE).exists():
        raise Broken("De worker draait nog. Stop eerst de website en de worker.")
    if databases.is_in_use():
        raise Broken("De database staat nog open in een ander programma. Stop eerst de website en de worker.")
    stones = [*tombstone_file.read(), *(tombstone_file.collect() if Tombstone._meta.db_table in tables else [])]
    tombstone_file.write(extra=stones, own=Tombstone._meta.db_table in tables)
    actions.sweep(_beside())
    with TemporaryDirectory(dir=_beside(), prefix=actions.LEFT_OVER[1]) as folder:
        actions.extract(file, manifest, Path(folder))
        mark().touch(mode=0o600)
        with _database(Path(folder)):
            said = [f"Teruggezet: de kopie van {manifest.made_at}, uitgave {manifest.release}."]
            said += _afterwards(stones)
        _media(Path(folder) / "media")
    mark().unlink()
    return [*said, f"Bestanden teruggezet: {sum(name.startswith('media/') for name in manifest.files)}."]


def _beside() -> Path:
    """Return a folder on the same disk as the database file, or beside the media."""
    place = Path(str(connection.settings_dict["NAME"])) if connection.vendor == "sqlite" else Path(settings.MEDIA_ROOT)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place.parent


@contextmanager
def _database(folder: Path) -> Iterator[None]:
    """Work in the restored database. On SQLite it takes the place of the present one only when all is done."""
    if connection.vendor != "sqlite":
        databases.load_postgres(folder / databases.POSTGRES)
        yield
        return
    target, fresh = connection.settings_dict["NAME"], folder / databases.SQLITE
    connection.close()
    connection.settings_dict["NAME"] = str(fresh)
    try:
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = target
    for tail in ("-wal", "-shm"):
        Path(f"{target}{tail}").unlink(missing_ok=True)
    os.chmod(fresh, 0o600)
    fresh.replace(target)


def _afterwards(stones: list[Stone]) -> list[str]:
    """Bring the tables up to date and erase anew what was erased since; returns what was done."""
    memory.forget()  # keys of the database of before
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    tables = set(connection.introspection.table_names())
    with transaction.atomic(), connection.cursor() as cursor:
        for table in rules.LEFT_OUT:
            if table in tables:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own names
    tombstones.merge(stones)
    again = tombstones.apply()
    said = [f"Opnieuw gewist: {number} van {label}." for label, number in sorted(again.items())]
    run = retention.run(actor="restore")
    said += [f"Over de termijn: {line.erased} van {line.kind}." for line in run.lines.all() if line.erased]
    if run.ended_at is None:
        raise Broken("Niet alles wat over zijn termijn is, kon weg. Zie het logboek en draai naast restore opnieuw.")
    said += upgrades.run()
    with transaction.atomic():
        generations.bump()
        audit.record(actor="system", act="restore", kind="core.Backup", record_id=clock.now().date())
    return [
        *said,
        "Alle medewerkers en kluisjes moeten opnieuw binnenkomen.",
        "Wachtende mail uit de kopie is niet verstuurd.",
    ]


def _media(fresh: Path) -> None:
    """Let the restored files take the place of the present ones."""
    target = Path(settings.MEDIA_ROOT)
    fresh.mkdir(parents=True, exist_ok=True)
    old = target.with_name(f".{target.name}-before")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.replace(old)
    try:
        fresh.replace(target)
    except OSError:  # another disk
        shutil.copytree(fresh, target)
    shutil.rmtree(old, ignore_errors=True)
