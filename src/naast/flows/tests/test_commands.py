"""`naast flows`: exit status 0, 1 or 2, words for people and JSON for programs."""

import json

import pytest

from naast import cli
from naast.flows.models import Flow
from naast.flows.tests.test_loading import GOOD

pytestmark = pytest.mark.django_db


def run(*arguments):
    """Run a command as the operator does."""
    options = cli.parser().parse_args(["flows", *arguments])
    return options.run(options)


@pytest.fixture
def broken(tmp_path):
    """Write a flow whose rule adds a step that does not exist."""
    file = tmp_path / "kapot.yaml"
    file.write_text(GOOD.replace("add: [bel]", "add: [weg]"), encoding="utf-8")
    return str(file)


def test_the_shipped_guides_are_in_order(capsys):
    assert run("check") == 0
    assert capsys.readouterr().out.count("in orde") == 9


def test_a_broken_flow_is_found_and_named(broken, capsys):
    assert run("check", broken) == 1
    assert "‘weg’" in capsys.readouterr().out


def test_a_text_that_cannot_be_read_is_a_problem_and_not_a_crash(tmp_path, capsys):
    file = tmp_path / "kapot.yaml"
    file.write_text("[", encoding="utf-8")
    assert run("check", str(file)) == 1
    assert run("paths", str(file)) == 1


def test_an_unknown_flow_is_a_wrong_call(capsys):
    assert run("check", "nergens") == 2
    assert run("paths", "nergens") == 2


def test_problems_can_be_read_by_a_program(broken, capsys):
    run("check", broken, "--json")
    found = json.loads(capsys.readouterr().out)
    assert {"unknown-step", "step-never"} <= {problem["code"] for problem in found[broken]}


def test_paths_lists_every_route_and_each_danger(capsys):
    assert run("paths", "uit-elkaar", "--json") == 0
    listed = json.loads(capsys.readouterr().out)["uit-elkaar"]
    assert {path["help"] for path in listed} == {"", "veilig", "zelfdoding"}
    assert run("paths", "kind-jongere") == 0
    assert "→ hulp er-niet-zijn" in capsys.readouterr().out


def test_paths_refuses_a_flow_that_is_not_sound(broken, capsys):
    assert run("paths", broken) == 1


def test_load_publishes_the_shipped_guides(capsys):
    assert run("load") == 0
    assert Flow.objects.count() == 9
    assert run("check", "uit-elkaar") == 0


def test_a_flow_can_be_drawn_with_its_routes_and_its_danger(capsys):
    assert run("draw", "uit-elkaar") == 0
    drawn = capsys.readouterr().out
    assert drawn.startswith("<svg ")
    assert "0 of minder" in drawn
    assert "Ik ben bang voor de andere" in drawn
    assert run("draw", "nergens") == 2


def test_the_same_can_be_had_as_text_and_for_graphviz(capsys):
    assert run("draw", "uit-elkaar", "--text") == 0
    assert "   ! Ik ben bang voor de andere ouder: Jij hoeft dit niet alleen op te lossen" in capsys.readouterr().out
    assert run("draw", "uit-elkaar", "--dot") == 0
    drawn = capsys.readouterr().out
    assert drawn.startswith('digraph "uit-elkaar" {')
    assert '"kinderen" -> "relatie" [label="kinderen –0"];' in drawn


def test_a_text_that_cannot_be_read_is_not_drawn(tmp_path):
    file = tmp_path / "kapot.yaml"
    file.write_text("[", encoding="utf-8")
    assert run("draw", str(file)) == 1
