"""CBS's postcode–house-number file: read by lines, wrong lines said, a split postcode resolved by house number."""

import json
import zipfile
from argparse import Namespace
from pathlib import Path

import pytest

from naast.places import loading, postcodes, queries, rules
from naast.places.commands import run_load
from naast.places.models import HouseNumber, Postcode, PostcodeLoad

HEADER = "PC6;Huisnummer;Buurt2025;Wijk2025;Gemeente2025\n"
ENSCHEDE, HENGELO = "0153", "0164"
LINES = [
    ("9911AA", 1, ENSCHEDE),
    ("9911AA", 3, ENSCHEDE),
    ("9911AB", 2, ENSCHEDE),
    ("9911AB", 4, HENGELO),
    ("9911AB", 6, HENGELO),
    ("9911AC", 1, HENGELO),
    ("9922AA", 1, HENGELO),
    ("9922AB", 1, HENGELO),
]


def line(pc6: str, number: object, code: str) -> str:
    return f"{pc6};{number};{code}0001;{code}00;{code}\n"


def written(tmp_path: Path, lines=LINES, *, name="pc6hnr.csv", extra="") -> Path:
    path = tmp_path / name
    path.write_text(HEADER + "".join(line(*one) for one in lines) + extra, encoding="utf-8")
    return path


def packed(path: Path) -> Path:
    made = path.with_suffix(".zip")
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("gemeentenaam2025.csv", "Gemcode2025;Gemeentenaam2025\n0153;Enschede\n")
        file.write(path, path.name)
    return made


def load(path: Path, *, as_json=False, again=False) -> int:
    return run_load(Namespace(file=path, json=as_json, again=again))


def slugs(found) -> list[str]:
    return [place.slug for place in found]


# ---------- reading ----------


@pytest.mark.parametrize(
    "header",
    [
        "PC6;Huisnummer;Buurt2025;Wijk2025;Gemeente2025",
        "\ufeffPC6,Huisnummer,Buurt2020,Wijk2020,Gemeente2020",
        '"Postcode";"Huisnummer";"GM_code"',
    ],
)
def test_the_file_of_any_year_is_known_by_its_header(header):
    assert postcodes.columns_of(header) is not None


@pytest.mark.parametrize("header", ["pc4,gm_code,gemeente,share,source", "", "NL\t7511\tEnschede"])
def test_another_file_is_not_taken_for_it(header):
    assert postcodes.columns_of(header) is None


@pytest.mark.parametrize("text", ["153", "0153", "GM0153", " gm0153 ", '"0153"'])
def test_a_code_is_read_in_every_form(text):
    assert postcodes.code_of(text) == "GM0153"


@pytest.mark.parametrize(
    ("typed", "number"), [("12", 12), (" 12 a", 12), ("12-3", 12), ("12bis", 12), ("a", None), ("", None)]
)
def test_a_house_number_is_read_as_people_type_it(typed, number):
    assert rules.house_number_of(typed) == number


def test_a_number_on_both_sides_of_a_border_goes_where_most_of_it_stands(tmp_path):
    lines = [("9911AB", 2, ENSCHEDE), ("9911AB", 2, HENGELO), ("9911AB", 2, HENGELO)]
    path = written(tmp_path, lines)
    counted = postcodes.count(path, ["GM0153", "GM0164"], lambda part: None)
    assert list(postcodes.split_rows(path, counted, lambda part: None)) == [("9911AB", 2, "GM0164")]


# ---------- loading ----------

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("zipped", [False, True])
def test_shares_come_from_addresses_and_only_split_postcodes_are_kept(places, tmp_path, zipped):
    path = written(tmp_path)
    assert load(packed(path) if zipped else path) == 0
    assert [(place.slug, share) for place, share in queries.by_postcode("9911")] == [
        ("enschede", 0.5),
        ("hengelo", 0.5),
    ]
    assert [(place.slug, share) for place, share in queries.by_postcode("9922")] == [("hengelo", 1.0)]
    assert not HouseNumber.objects.filter(pc6__startswith="9922").exists()
    assert slugs(queries.by_house_number("9911AA")) == ["enschede"]
    assert slugs(queries.by_house_number("9911AB")) == ["enschede", "hengelo"]
    assert slugs(queries.by_house_number("9911AB", 4)) == ["hengelo"]
    assert queries.by_house_number("9911AB", 99) == []


def test_the_same_file_is_loaded_once_and_again_when_asked(places, tmp_path, capsys):
    path = written(tmp_path)
    load(path)
    rows = HouseNumber.objects.count()
    assert load(path) == 0
    assert "al geladen" in capsys.readouterr().out
    assert load(path, again=True) == 0
    assert (PostcodeLoad.objects.count(), HouseNumber.objects.count()) == (1, rows)


def test_a_newer_file_takes_the_place_of_the_one_before(places, tmp_path):
    load(written(tmp_path))
    load(written(tmp_path, [("9911AB", 2, HENGELO), ("9911AB", 4, ENSCHEDE)], name="nieuw.csv"))
    assert slugs(queries.by_house_number("9911AB", 2)) == ["hengelo"]
    assert queries.by_house_number("9911AA") == []


def test_a_loading_that_was_cut_off_leaves_the_one_before_whole_and_is_cleared(places, tmp_path, monkeypatch):
    load(written(tmp_path))
    with monkeypatch.context() as cut:
        cut.setattr(loading, "load_postcodes", lambda rows: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            loading.load_house_numbers(written(tmp_path, LINES[:4], name="nieuw.csv"))
    assert slugs(queries.by_house_number("9911AC")) == ["hengelo"]
    loading.load_house_numbers(written(tmp_path, LINES[:4], name="nieuw.csv"))
    assert PostcodeLoad.objects.count() == 1


def test_wrong_lines_are_said_with_their_number_and_passed_over(places, tmp_path, capsys):
    path = written(tmp_path, extra="12AB;1;x;x;0153\n9911AA;twee;x;x;0153\nte;kort\n\n")
    assert load(path) == 0
    told = capsys.readouterr().out
    assert "regel 10: ‘12AB’ is geen postcode." in told
    assert "regel 11: ‘twee’ is geen huisnummer." in told
    assert "regel 12: 2 velden" in told


def test_too_many_wrong_lines_refuse_the_file_and_change_nothing(places, tmp_path, capsys):
    before = Postcode.objects.count()
    path = written(tmp_path, extra="fout;1;x;x;0153\n" * 50)
    assert load(path) == 1
    assert "Er is niets geladen" in capsys.readouterr().err
    assert Postcode.objects.count() == before
    assert not PostcodeLoad.objects.exists()


def test_unknown_municipalities_are_told_by_code(places, tmp_path, capsys):
    load(written(tmp_path, [*LINES, ("9933AA", 1, "9998")]))
    assert "GM9998 (1 regels)" in capsys.readouterr().out


def test_a_zip_without_the_file_says_what_is_in_it(places, tmp_path, capsys):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("lees.csv", "a;b\n")
    assert load(path) == 1
    assert "lees.csv" in capsys.readouterr().err


def test_progress_goes_to_the_error_stream_and_json_alone_to_the_other(places, tmp_path, capsys):
    load(written(tmp_path), as_json=True)
    told = capsys.readouterr()
    assert json.loads(told.out)["split"] == 1
    assert "100 %" in told.err


def test_a_csv_of_ours_with_a_wrong_share_names_the_line(places, tmp_path, capsys):
    path = tmp_path / "pc4.csv"
    path.write_text("pc4,gm_code,share\n9995,GM0363,0.3\n9996,GM0363,veel\n")
    assert load(path) == 1
    assert "regel 3" in capsys.readouterr().err


# ---------- the question on the page ----------


def ask(client, postcode):
    return client.get("/kies/", {"postcode": postcode})


def test_a_full_postcode_within_one_municipality_needs_no_number(client, places, tmp_path):
    load(written(tmp_path))
    assert ask(client, "9911 aa")["Location"] == "/enschede/"


def test_the_number_is_asked_only_where_it_is_needed_and_leads_on(client, places, tmp_path):
    load(written(tmp_path))
    page = ask(client, "9911AB").content.decode()
    assert "Wat is je huisnummer?" in page
    answer = client.post("/kies/", {"postcode": "9911AB", "huisnummer": "4 a"})
    assert (answer.status_code, answer["Location"]) == (303, "/hengelo/")
    assert not answer.cookies


@pytest.mark.parametrize(("typed", "said"), [("", "Een nummer is genoeg"), ("99", "kennen dit nummer niet")])
def test_a_number_that_does_not_help_leaves_the_choice(client, places, tmp_path, typed, said):
    load(written(tmp_path))
    page = client.post("/kies/", {"postcode": "9911AB", "huisnummer": typed}).content.decode()
    assert said in page
    assert f'value="{typed}"' in page
    assert 'href="/hengelo/"' in page
    assert 'href="/enschede/"' in page


def test_four_digits_that_are_split_ask_for_the_letters(client, places, tmp_path):
    load(written(tmp_path))
    page = ask(client, "9911").content.decode()
    assert "Wat is je hele postcode?" in page
    assert 'href="/enschede/"' in page


def test_a_full_postcode_we_do_not_know_leaves_the_choice_between_those_of_its_digits(client, places, tmp_path):
    load(written(tmp_path))
    page = ask(client, "9911ZZ").content.decode()
    assert 'href="/enschede/"' in page
    assert "huisnummer" not in page


def test_a_posted_nonsense_leads_back_to_the_question(client, places):
    assert client.post("/kies/", {"postcode": "x", "huisnummer": "1"}).status_code == 303


def test_the_api_keeps_its_shape(client, places, tmp_path):
    load(written(tmp_path))
    rows = client.get("/api/v1/gemeenten", {"postcode": "9911"}).json()["results"]
    assert [(row["slug"], row["aandeel"]) for row in rows] == [("enschede", 0.5), ("hengelo", 0.5)]
