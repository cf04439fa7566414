"""What comes with Naast, loaded once a test process: what the loader wrote is kept and put back for each later test."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import connection

from naast.core import generations
from naast.places.models import Place

# the virtual table of the search has no model; its rows are found by a number that must stay
VIRTUAL = {"directory_fts": "rowid, *"}


def _country() -> Any:
    """Return which places stand in the database: after a flush they have other ids, to which kept rows do not point."""
    return Place.objects.filter(kind="country").values_list("pk", flat=True).first()


class Shipped:
    """The rows that a loader writes into the tables whose names begin with `written`."""

    def __init__(self, load: Callable[[], Any], *written: str) -> None:
        """Keep nothing yet: the first `put` runs the loader."""
        self._load, self._written = load, written
        self._rows: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {}
        self._copied: dict[str, bytes] = {}  # the same on PostgreSQL, in its own words
        self._country: Any = None
        self._answer: Any = None

    def put(self) -> Any:
        """Fill the tables; returns what the loader answered. What stood in them is gone."""
        country = _country()
        if self._answer is None or self._country != country:
            self._answer, self._country = self._load(), country
            self._keep()
        else:
            self._put_back()
            generations.bump()
        return self._answer

    def _tables(self) -> list[str]:
        names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        return [name for name in (*names, *VIRTUAL) if name.startswith(self._written)]

    def _keep(self) -> None:
        with connection.cursor() as cursor:
            for table in self._tables():
                if connection.vendor == "postgresql":
                    with cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                        self._copied[table] = b"".join(bytes(row) for row in rows)
                    continue
                cursor.execute(f'SELECT {VIRTUAL.get(table, "*")} FROM "{table}"')  # noqa: S608 - names of our own tables
                self._rows[table] = ([column[0] for column in cursor.description], cursor.fetchall())

    def _put_back(self) -> None:
        # Foreign keys are checked at the end of the transaction, which a test never reaches.
        with connection.cursor() as cursor:
            for table, content in self._copied.items():
                cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608
                with cursor.copy(f'COPY "{table}" FROM STDIN') as into:
                    into.write(content)
            for table, (columns, rows) in self._rows.items():
                cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608
                if rows:
                    names = ", ".join(f'"{column}"' for column in columns)
                    marks = ", ".join(["%s"] * len(columns))
                    cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608


@cache
def guides() -> Shipped:
    """Return the shipped guides, kept for all tests of this process."""
    from naast.flows import actions

    return Shipped(actions.publish_shipped, "flows_")
