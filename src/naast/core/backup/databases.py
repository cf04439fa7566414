"""The database as one file and back: SQLite by its own backup interface, PostgreSQL by pg_dump and pg_restore."""

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection

from .rules import LEFT_OUT, Broken

SQLITE = "database/naast.sqlite3"
POSTGRES = "database/naast.dump"


def name_in_backup() -> str:
    """Return under which name this installation's database stands in a backup."""
    return SQLITE if connection.vendor == "sqlite" else POSTGRES


def dump(target: Path) -> None:
    """Write the database to a file, without what never belongs in a backup. Raises Broken where a tool is missing."""
    if connection.vendor == "sqlite":
        _dump_sqlite(target)
    else:
        _dump_postgres(target)


def _dump_sqlite(target: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        # Taken page by page beside readers and writers: nobody waits for it.
        connection.connection.backup(copy, pages=2000)
        copy.execute("PRAGMA journal_mode=DELETE")
        there = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        for table in LEFT_OUT:
            if table in there:
                copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 - our own names
        copy.commit()
        copy.execute("VACUUM")  # what was taken out stands in no free page either
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise Broken("De database zelf is beschadigd: SQLite vindt fouten.")


def _dump_postgres(target: Path) -> None:
    _fits()
    out = [f"--exclude-table-data={table}" for table in LEFT_OUT]
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", *out, f"--file={target}", *_where())


def is_in_use() -> bool:
    """Tell whether another process has the database file open. PostgreSQL keeps its readers apart by itself: False.

    SQLite leaves its write-ahead log only for whoever is alone. A site that stays open would go on serving, and writing
    into, a file that nobody else sees any more.
    """
    if connection.vendor != "sqlite" or not Path(connection.settings_dict["NAME"]).exists():
        return False
    connection.close()
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=1)) as alone:
        if alone.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            return False
        try:
            alone.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            return True
        alone.execute("PRAGMA journal_mode=WAL")
    return False


def load_postgres(source: Path) -> None:
    """Put a dump in the place of everything that stands in the database now."""
    _fits()
    with connection.cursor() as cursor:
        names = [connection.ops.quote_name(name) for name in connection.introspection.table_names(cursor)]
        if names:
            cursor.execute(f"DROP TABLE {', '.join(names)} CASCADE")
    connection.close()
    _run(
        "pg_restore", "--clean", "--if-exists", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
        *_where(), str(source),
    )  # fmt: skip


def _fits() -> None:
    """Raise Broken where pg_dump is missing or older than the server: it would refuse halfway."""
    tool = shutil.which("pg_dump")
    if tool is None or shutil.which("pg_restore") is None:
        raise Broken("pg_dump en pg_restore ontbreken op deze machine. Installeer het pakket postgresql-client.")
    told = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    number = re.search(r"(\d+)", told)
    connection.ensure_connection()
    server = connection.connection.info.server_version // 10000
    if number is None or int(number[1]) < server:
        raise Broken(f"pg_dump is van versie {number[1] if number else '?'}, de server van {server}. "
                     f"Installeer postgresql-client-{server}.")  # fmt: skip


def _where() -> list[str]:
    values: dict[str, Any] = connection.settings_dict
    parts = [
        ("host", values["HOST"]),
        ("port", values["PORT"]),
        ("username", values["USER"]),
        ("dbname", values["NAME"]),
    ]
    return [f"--{name}={value}" for name, value in parts if value]


def _run(*command: str) -> None:
    """Run a tool of PostgreSQL; the password goes by the environment, never by the command line."""
    values = connection.settings_dict
    environment = {**os.environ, **({"PGPASSWORD": values["PASSWORD"]} if values["PASSWORD"] else {})}
    for name, setting in (("sslmode", "PGSSLMODE"), ("sslrootcert", "PGSSLROOTCERT"), ("sslcert", "PGSSLCERT")):
        if given := values.get("OPTIONS", {}).get(name):
            environment[setting] = str(given)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise Broken(f"{command[0]} lukte niet: {last[:300]}")
