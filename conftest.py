"""What every test may use: a database with the country's places, clients, a still clock."""

import pytest
from tests import fixtures
from tests.gates.matrix.report import pytest_configure, pytest_sessionfinish  # noqa: F401 - the report of the matrix
from tests.grouped import pytest_xdist_make_scheduler  # noqa: F401 - pytest finds the hook here

from naast.core import generations

_shipped = {}


@pytest.fixture(autouse=True)
def _forget_what_memory_held(monkeypatch, request):
    """No test sees places or pages that another one held in memory."""
    from django.core.cache import caches

    from naast.content import queries as content
    from naast.core.keys import memory
    from naast.directory.map import queries as maps
    from naast.directory.search import snapshot
    from naast.places import land, queries

    queries._held = None
    memory.forget()
    # Where nothing watches, a look costs a query each second: never while a test counts.
    monkeypatch.setattr(memory, "LOOK_EVERY", 3600.0)
    snapshot.forget()
    content.forget()
    land.forget()
    maps.forget()
    generations.watch._looked = 0.0
    if not request.node.get_closest_marker("in_doubt"):
        # A test is one thread inside one transaction: the numbers tell what changed, and nobody else reads its memory.
        monkeypatch.setattr(generations, "in_doubt", lambda: False)
    for name in ("default", "limits", "shared"):
        caches[name].clear()
    yield
    queries._held = None


@pytest.fixture
def places(db):
    """The country's municipalities, the demonstration's regions, desks and postcodes (mostly there already)."""
    from naast.places.models import Place

    if not Place.objects.filter(live=True).exists():
        fixtures.load_places()


@pytest.fixture
def shipped_offers(places):
    """The shipped organisations and offers, with their search index."""
    from tests.shipped import Shipped

    from naast.directory import actions
    from naast.directory.search import index

    if "offers" not in _shipped:
        _shipped["offers"] = Shipped(actions.load_shipped, "directory_")
    _shipped["offers"].put()
    generations.bump(index.KEY)


@pytest.fixture
def shipped_guides(db):
    """The shipped guides, published."""
    from tests.shipped import Shipped

    from naast.flows import actions

    if "guides" not in _shipped:
        _shipped["guides"] = Shipped(actions.publish_shipped, "flows_")
    _shipped["guides"].put()


@pytest.fixture(scope="session")
def installation():
    """A filled, running installation, shared by the tests of one worker (group 'installation')."""
    import os

    from tests.installation import Installation

    made = Installation(database=os.environ.get("NAAST_TEST_DATABASE_URL")).prepare().start()
    yield made
    made.stop()


def _on_postgres(name):
    """Make this process a migrated database with the places in it; gives what Django's tear-down wants."""
    import os

    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases
    from tests.template_pg import copied

    def make(begun):
        connection.settings_dict["TEST"]["NAME"] = begun
        first = setup_databases(verbosity=0, interactive=False, keepdb=True, serialized_aliases=[])
        fixtures.load_places()
        teardown_databases(first, verbosity=0, keepdb=True)

    copied(os.environ["NAAST_TEST_DATABASE_URL"], "test_naast_filled", name, make)
    connection.settings_dict["TEST"]["NAME"] = name
    return setup_databases(verbosity=0, interactive=False, keepdb=True, serialized_aliases=[])


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """On SQLite: copy the migrated template into memory. On PostgreSQL: Django's own set-up."""
    from django.db import connection

    if connection.vendor != "sqlite":
        from django.test.utils import teardown_databases

        with django_db_blocker.unblock():
            worker = getattr(request.config, "workerinput", {}).get("workerid", "alone")
            made = _on_postgres(f"test_naast_{worker}")
        yield
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)
        return
    import sqlite3

    from tests.template_db import template

    source = sqlite3.connect(template())
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = connection.creation._get_test_db_name()
        connection.ensure_connection()
        source.backup(connection.connection)
    source.close()
    yield


@pytest.fixture(autouse=True)
def _whole_again_after_a_flush(request):
    """A transactional test ends with empty tables; give what migrations wrote (Wagtail's root pages) back."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        request.getfixturevalue("_restore")()


@pytest.fixture(scope="session")
def _restore(django_db_setup, django_db_blocker):
    import sqlite3

    from django.db import connection
    from tests.template_db import template

    def restore():
        if connection.vendor != "sqlite":
            return
        with django_db_blocker.unblock():
            connection.ensure_connection()
            source = sqlite3.connect(template())
            source.backup(connection.connection)
            source.close()

    return restore


@pytest.fixture
def still_clock():
    """The clock stands still: limits count by the minute, and a test must not run over its edge."""
    from naast.core import clock

    with clock.frozen(clock.now()):
        yield
