"""Each room's schema has one line of history, and says all that its models say."""

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db import migrations, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ModelState, ProjectState
from django.utils import translation

# wagtail-localize asks the database a question while its first migration is imported.
pytestmark = pytest.mark.django_db


def own_rooms() -> set[str]:
    """Labels of the rooms that keep something."""
    return {room.label for room in apps.get_app_configs() if room.name.startswith("naast.") and room.models}


def heads(graph: MigrationGraph) -> dict[str, list[str]]:
    """The last migrations of each app, by label; more than one means two lines of history."""
    ends: dict[str, list[str]] = {}
    for label, name in graph.leaf_nodes():
        ends.setdefault(label, []).append(name)
    return ends


def split(graph: MigrationGraph, labels: Iterable[str]) -> dict[str, list[str]]:
    """The apps among these that have not exactly one head."""
    ends = heads(graph)
    return {label: ends.get(label, []) for label in labels if len(ends.get(label, [])) != 1}


def missing(models_now: ProjectState, labels: set[str]) -> dict[str, list[str]]:
    """What migrations would still have to say for these apps, in words; empty when they are complete."""
    loader = MigrationLoader(None)
    asker = NonInteractiveMigrationQuestioner(specified_apps=labels, dry_run=True)
    with translation.override(None):  # labels of fields are compared as they are written in the migrations
        found = MigrationAutodetector(loader.project_state(), models_now, asker).changes(
            graph=loader.graph, trim_to_apps=labels, convert_apps=labels
        )
    return {
        label: [operation.describe() for one in written for operation in one.operations]
        for label, written in found.items()
        if label in labels
    }


def test_each_room_has_one_head():
    assert split(MigrationLoader(None).graph, own_rooms()) == {}


def test_no_room_has_changes_without_a_migration():
    assert missing(ProjectState.from_apps(apps), own_rooms()) == {}


def test_canary_two_heads_are_found():
    graph = MigrationGraph()
    for name in ("0001_first", "0002_left", "0002_right"):
        graph.add_node(("canary", name), migrations.Migration(name, "canary"))
    for name in ("0002_left", "0002_right"):
        graph.add_dependency(None, ("canary", name), ("canary", "0001_first"))

    assert split(graph, ["canary"]) == {"canary": ["0002_left", "0002_right"]}


def test_canary_a_room_without_migrations_is_found():
    assert split(MigrationGraph(), ["canary"]) == {"canary": []}


def test_canary_a_missing_migration_is_found():
    state = ProjectState.from_apps(apps)
    state.add_model(ModelState("ledger", "Canary", [("id", models.UUIDField(primary_key=True))]))

    assert "Create model Canary" in missing(state, {"ledger"})["ledger"]
