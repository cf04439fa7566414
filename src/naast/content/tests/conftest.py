"""What the tests of this room share."""

import pytest
from django.db import connection

from naast.content import actions, queries
from naast.core import generations

# Loading takes a second or two; what it wrote is kept and put back for the next test.
_kept: dict[str, tuple[list[str], list[tuple]]] = {}
_copied: dict[str, bytes] = {}  # the same on PostgreSQL, in its own words
_counts: dict[str, int] = {}
WRITTEN = ("wagtail", "content_", "auth_group", "modelsearch")


@pytest.fixture
def shared_tree(places):
    """The shipped texts, in the demonstration's places; gives the loader's counts."""
    if not _counts:
        _counts.update(actions.load_shipped())
        _keep()
    else:
        _put_back()
    return dict(_counts)


def _tables() -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return [name for name in names if name.startswith(WRITTEN)]


def _keep() -> None:
    with connection.cursor() as cursor:
        for table in _tables():
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                    _copied[table] = b"".join(bytes(row) for row in rows)
                continue
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            _kept[table] = ([column[0] for column in cursor.description], cursor.fetchall())


def _put_back() -> None:
    # Foreign keys are checked at the end of the transaction, which a test never reaches.
    with connection.cursor() as cursor:
        for table, content in _copied.items():
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608
            with cursor.copy(f'COPY "{table}" FROM STDIN') as into:
                into.write(content)
        for table, (columns, rows) in _kept.items():
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608
            if rows:
                names = ", ".join(f'"{column}"' for column in columns)
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608
    queries.forget()
    generations.bump()
