"""Databases on the suite's PostgreSQL cluster, copied from one that was made once: migrating takes half a minute each time.

The cluster lives as long as the run of the suite, so what stands in it is of today's sources.
"""

import fcntl
from collections.abc import Callable

import psycopg
from psycopg import sql

from tests.template_db import FOLDER


def _run(cluster: str, statement: str, *names: str) -> None:
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))  # type: ignore[arg-type]


def _is_there(cluster: str, name: str) -> bool:
    with psycopg.connect(cluster, autocommit=True) as connection:
        return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def copied(cluster: str, template: str, name: str, make: Callable[[str], None]) -> None:
    """Make database `name` as a copy of `template`; the first to ask lets `make` fill the template, others wait.

    Nobody may hold a connection to the template while it is copied: `make` closes its own.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock-postgres").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_there(cluster, template):
            begun = f"{template}_begun"
            _run(cluster, "DROP DATABASE IF EXISTS {}", begun)
            _run(cluster, "CREATE DATABASE {}", begun)
            make(begun)
            _run(cluster, "ALTER DATABASE {} RENAME TO {}", begun, template)
        _run(cluster, "CREATE DATABASE {} TEMPLATE {}", name, template)
