"""`naast directory`: out and in again changes nothing; a faulty file writes nothing and says why."""

from pathlib import Path

import pytest
import yaml

from naast.cli import parser
from naast.core import upgrades
from naast.directory import actions
from naast.directory.models import Indexed, Offer
from naast.directory.search import upkeep

from . import factories

pytestmark = pytest.mark.django_db


def naast(*words: str) -> int:
    options = parser().parse_args(["directory", *words])
    return int(options.run(options))


def test_what_was_exported_comes_in_again_and_changes_nothing(
    places: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    actions.load_shipped()
    factories.offer(slug="eigen", locations=[{"street": "Voorbeeldstraat 1", "town": "Enschede", "place": "enschede"}])
    file = tmp_path / "aanbod.yaml"
    assert naast("export", str(file)) == 0
    assert naast("import", str(file)) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("0 records geschreven")


def test_an_export_fills_an_empty_installation(places: None, tmp_path: Path) -> None:
    factories.offer(slug="eigen", name="Tekenclub", age_min=4, age_max=12)
    file = tmp_path / "aanbod.yaml"
    naast("export", str(file))
    actions.remove_offer(offer_id=Offer.objects.get().pk, actor="system")
    assert naast("import", str(file)) == 0
    assert Offer.objects.get().age_max == 12
    assert Indexed.objects.count() == 1


def test_an_export_may_go_to_the_screen(places: None, capsys: pytest.CaptureFixture[str]) -> None:
    factories.offer(slug="eigen")
    assert naast("export") == 0
    assert yaml.safe_load(capsys.readouterr().out)["offers"][0]["slug"] == "eigen"


@pytest.mark.parametrize(
    "text",
    [
        "{{",
        "- een\n- twee\n",
        "offers: 3",
        "offers: [1, 2]",
        "offers:\n- {slug: x}",
        "organisations:\n- {slug: x}",
        "\x00",
        "offers: " + "[" * 3000,
        "offers:\n- {slug: x, checked: 2026-13-45}\n",
        "een: &een [x, x]\nmeer: [*een, *een]\noffers: []\n",
        "offers:\n- {id: 6f1b0f9e-1f2a-4c8e-9a55-3f8c1f7f2a10, slug: x, name: x, locations: [Plein]}\n",
    ],
)
def test_a_faulty_file_writes_nothing_and_says_so(
    places: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "fout.yaml"
    file.write_text(text)
    assert naast("import", str(file)) == 1
    assert "Er is niets geschreven." in capsys.readouterr().err
    assert not Offer.objects.exists()


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    assert naast("import", str(tmp_path / "weg.yaml")) == 2
    assert naast("export", str(tmp_path / "geen" / "map.yaml")) == 2


def test_the_index_can_be_made_anew(places: None, capsys: pytest.CaptureFixture[str]) -> None:
    factories.offer()
    assert naast("rebuild") == 0
    assert "1 plekken" in capsys.readouterr().out


def test_an_upgrade_with_other_language_data_makes_the_index_anew(
    places: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    factories.offer(slug="eigen", name="Tekenclub")
    upgrades.tell()
    capsys.readouterr()
    before = Indexed.objects.get().number
    upgrades.tell()
    assert (capsys.readouterr().out, Indexed.objects.get().number) == ("", before)
    monkeypatch.setattr(upkeep, "made_from", lambda: "van een andere versie")
    upgrades.tell()
    assert "zoekindex is opnieuw gemaakt" in capsys.readouterr().out
    assert Indexed.objects.get().number != before
    upgrades.tell()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("command", [["migrate"], ["worker", "--batch"]])
def test_who_migrates_or_starts_a_worker_brings_the_index_up_to_date(
    places: None, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    ran: list[str] = []
    monkeypatch.setattr(upgrades, "tell", lambda: ran.append("tell"))
    monkeypatch.setattr("django.core.management.call_command", lambda *words, **options: None)
    monkeypatch.setattr("naast.core.worker.HouseWorker.run", lambda worker: ran.append("run"))
    options = parser().parse_args(command)
    options.run(options)
    assert ran[0] == "tell"
