"""What makes the database itself refuse to change or remove lines and seals of the access log.

A trigger on both databases: no line is ever changed, and one goes only after five years; a seal never changes and never
goes. Whoever owns the database can take a trigger away: against that stand the seals, signed with a key from outside.
"""

from typing import Any

LINES, SEALS = "core_auditline", "core_auditseal"
DAYS = 5 * 365 + 1  # as rules.KEPT
WORDS = "The access log is append-only."

_SQLITE = (
    f"CREATE TRIGGER IF NOT EXISTS naast_log_line_change BEFORE UPDATE ON {LINES} "
    f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    f"CREATE TRIGGER IF NOT EXISTS naast_log_line_remove BEFORE DELETE ON {LINES} "
    f"WHEN OLD.at > datetime('now', '-{DAYS} days') BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    f"CREATE TRIGGER IF NOT EXISTS naast_log_seal_change BEFORE UPDATE ON {SEALS} "
    f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    f"CREATE TRIGGER IF NOT EXISTS naast_log_seal_remove BEFORE DELETE ON {SEALS} "
    f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
)
_SQLITE_OFF = tuple(
    f"DROP TRIGGER IF EXISTS naast_log_{name}" for name in ("line_change", "line_remove", "seal_change", "seal_remove")
)
_POSTGRES = (
    f"""CREATE OR REPLACE FUNCTION naast_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME = '{LINES}' THEN
    IF OLD.at <= now() - interval '{DAYS} days' THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION '{WORDS}';
END $$""",
    *(
        f"CREATE OR REPLACE TRIGGER naast_log_refuse BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION naast_log_refuse()"
        for table in (LINES, SEALS)
    ),
)
_POSTGRES_OFF = (
    *(f"DROP TRIGGER IF EXISTS naast_log_refuse ON {table}" for table in (LINES, SEALS)),
    "DROP FUNCTION IF EXISTS naast_log_refuse()",
)


def put(connection: Any) -> None:
    """Put the guard on this database; idempotent. Other databases than ours are left alone."""
    _run(connection, {"sqlite": _SQLITE, "postgresql": _POSTGRES})


def take(connection: Any) -> None:
    """Take the guard off (a migration backwards; a test that plays somebody who owns the database)."""
    _run(connection, {"sqlite": _SQLITE_OFF, "postgresql": _POSTGRES_OFF})


def stands(connection: Any) -> bool:
    """Tell whether the database refuses changes on both tables."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'naast_log_%%'")
            return bool(cursor.fetchone()[0] == len(_SQLITE))
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname = 'naast_log_refuse' AND tgenabled <> 'D'")
        return bool(cursor.fetchone()[0] == len((LINES, SEALS)))


def _run(connection: Any, statements: dict[str, tuple[str, ...]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements.get(connection.vendor, ()):
            cursor.execute(statement)


def after_migrating(using: str = "default", **kwargs: Any) -> None:
    """Put the guard back after every migrate: a table that SQLite makes anew loses its triggers in silence."""
    from django.db import connections

    connection = connections[using]
    if {LINES, SEALS} <= set(connection.introspection.table_names()):
        put(connection)
