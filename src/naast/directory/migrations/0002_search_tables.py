"""The search tables: FTS5 on SQLite, tsvector with GIN on PostgreSQL. Both hold the stems that our own analyser made."""

from django.db import migrations

SQLITE = [
    'CREATE VIRTUAL TABLE directory_fts USING fts5(a, b, c, d, tokenize = "unicode61 remove_diacritics 0", detail = column)',
]
POSTGRESQL = [
    "CREATE TABLE directory_fts (number bigint PRIMARY KEY, stems tsvector NOT NULL)",
    "CREATE INDEX directory_fts_stems ON directory_fts USING gin (stems)",
]


def make(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE directory_fts")


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
