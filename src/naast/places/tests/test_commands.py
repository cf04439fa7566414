"""`naast places load FILE`."""

from argparse import Namespace
from pathlib import Path

import pytest

from naast.places import queries
from naast.places.commands import run_load

pytestmark = pytest.mark.django_db

GEONAMES = "NL\t{pc}\t{town}\tProvincie\tPR\t{town}\t{code}\t\t\t52.1\t6.2\t6\n"


def load(path: Path) -> int:
    return run_load(Namespace(file=path))


def slugs(pc4: str) -> list[str]:
    return [place.slug for place, _ in queries.by_postcode(pc4)]


def test_a_csv_with_shares(places, tmp_path, capsys):
    path = tmp_path / "pc4.csv"
    path.write_text(
        "pc4,gm_code,gemeente,share,source\n9995,GM0363,Amsterdam,0.3,x\n9995,GM0344,Utrecht,0.7,x\n12,GM0344,Utrecht,1,x\n"
    )
    assert load(path) == 0
    assert slugs("9995") == ["utrecht", "amsterdam"]
    assert "2 postcodes geladen, 1 regels overgeslagen" in capsys.readouterr().out


def test_a_postcode_over_two_municipalities_asks_which(places, tmp_path, client):
    path = tmp_path / "pc4.csv"
    path.write_text("pc4,gm_code,share\n9996,GM0363,0.3\n9996,GM0344,0.7\n")
    load(path)
    page = client.get("/kies/", {"postcode": "9996"}).content.decode()
    assert "In welke gemeente woon je?" in page
    assert 'href="/utrecht/"' in page


def test_the_postal_file_of_geonames(places, tmp_path):
    path = tmp_path / "NL.txt"
    lines = [
        GEONAMES.format(pc="9994 AB", town="Utrecht", code="0344"),
        GEONAMES.format(pc="9993", town="X", code="9999"),
    ]
    path.write_text("".join(lines) + "BE\t1000\tBrussel\n")
    assert load(path) == 0
    assert slugs("9994") == ["utrecht"]
    assert slugs("9993") == []


def test_what_is_loaded_again_replaces_what_was_known(places, tmp_path):
    path = tmp_path / "pc4.csv"
    path.write_text("pc4,gm_code,share\n7511,GM0344,1\n")
    load(path)
    assert slugs("7511") == ["utrecht"]


def test_a_file_that_is_not_there_is_said(tmp_path, capsys):
    assert load(tmp_path / "niets.csv") == 2
    assert "is er niet" in capsys.readouterr().err


def test_a_file_without_a_known_place_is_said(places, tmp_path):
    path = tmp_path / "pc4.csv"
    path.write_text("pc4,gm_code,share\n7511,GM9999,1\n")
    assert load(path) == 1


def test_a_file_with_other_columns_is_told_what_we_read(places, tmp_path, capsys):
    path = tmp_path / "anders.csv"
    path.write_text("a;b\n1;2\n")
    assert load(path) == 1
    assert "pc4, gm_code en share" in capsys.readouterr().err
