"""The file of tombstones beside the database: it outlives the database, also on a machine that begins empty."""

from uuid import uuid4

import pytest

from naast.core.backup import tombstone_file
from naast.core.retention import tombstones

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def beside(tmp_path, settings):
    settings.NAAST_TOMBSTONES = tmp_path / "tombstones.jsonl"


def test_what_was_erased_stands_in_the_file():
    erased = uuid4()
    tombstones.bury("lockers.Locker", [erased])
    tombstone_file.write()
    assert [stone[:2] for stone in tombstone_file.read()] == [("lockers.Locker", str(erased))]


def test_an_empty_database_takes_nothing_from_the_file():
    tombstones.bury("lockers.Locker", [uuid4()])
    tombstone_file.write()
    before = tombstone_file.read()
    tombstones.Tombstone.objects.all().delete()
    tombstone_file.write()
    assert tombstone_file.read() == before
