"""What is there for whom, as readers see it: the table, the sheet, the paper, and municipalities side by side."""

import csv
import io

import pikepdf
import pytest

from naast.directory import queries as directory
from naast.directory.overview import pages, paper, queries, rules
from naast.directory.queries import SearchQuery
from naast.directory.rules import NEIGHBOUR
from naast.directory.tests.factories import offer
from naast.places.queries import by_slug
from naast.places.rules import AUDIENCES, PHASES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
PAGE, SHEET, PAPER = "/enschede/hulp/overzicht/", "/enschede/hulp/overzicht.csv", "/enschede/hulp/overzicht.pdf"


@pytest.fixture
def some():
    """Offers of every reach: own, region, country, and a neighbour's."""
    return [
        offer(slug="praten", name="Praten in Enschede", area=["enschede"], phases=["uit-elkaar"]),
        offer(slug="groep", name="Groep in Twente", area=["twente"], audiences=["kinderen"], phases=[], form=["groep"]),
        offer(
            slug="lijn", name="Landelijke lijn", area=["nederland"], audiences=["ouders", "kinderen"],
            costs={"kind": "onbekend", "text": None}, payer=["rijk"],
        ),
        offer(slug="elders", name="Alleen in Almelo", area=["almelo"]),
    ]  # fmt: skip


def lines_of(client, address=SHEET):
    body = client.get(address).content
    assert body.startswith(b"\xef\xbb\xbf"), "Excel knows UTF-8 by its mark"
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_each_cell_holds_what_search_finds_with_its_filters(some):
    place = by_slug("enschede")
    cells = rules.crossed(rules.chosen(queries.overview(place).rows))
    for audience in AUDIENCES:
        for phase in PHASES:
            query = SearchQuery(place=place, audience=audience, phase=phase, page_size=50)
            found = {one.offer.slug for one in directory.search(query).results if one.near != NEIGHBOUR}
            assert {row.slug for row in cells[(audience, phase)]} == found


def test_the_page_shows_one_cell_with_costs_payers_and_where(client, some):
    text = client.get(PAGE).content.decode()
    assert "Praten in Enschede" in text
    assert "Gratis" in text
    assert "De gemeente" in text
    assert "Groep in Twente" not in text, "that is for children"
    assert "Landelijke lijn" not in text, "that is for after the separation"
    assert "Alleen in Almelo" not in text
    assert "Landelijke lijn" in client.get(f"{PAGE}?fase=na-scheiding&land=1").content.decode()
    children = client.get(f"{PAGE}?doelgroep=kinderen&fase=spanning").content.decode()
    assert "Groep in Twente" in children
    assert "Praten in Enschede" not in children


def test_the_country_s_offers_wait_behind_a_link_where_something_is_nearer(client, some):
    offer(slug="verweg", name="Hulp voor heel het land", area=["nederland"], phases=["uit-elkaar"])
    text = client.get(PAGE).content.decode()
    assert "Voor het hele land: 1 plek" in text
    assert "Hulp voor heel het land" not in text
    assert "Hulp voor heel het land" in client.get(f"{PAGE}?land=1").content.decode()
    assert "Hulp voor heel het land" in client.get("/houten/hulp/overzicht/").content.decode(), (
        "nothing is nearer there"
    )


def test_costs_and_payer_narrow_the_page_and_its_files(client, some):
    text = client.get(f"{PAGE}?kosten=gratis&fase=na-scheiding&doelgroep=kinderen").content.decode()
    assert "Groep in Twente" in text
    assert "Landelijke lijn" not in text
    assert "overzicht.csv?kosten=gratis" in text
    assert {line[2] for line in lines_of(client, f"{SHEET}?betaalt=rijk")[1:]} == {"Landelijke lijn"}


@pytest.mark.parametrize(
    "query", ["?doelgroep=iedereen", "?kosten=%27--", "?betaalt=" + "x" * 3000, "?doelgroep=%00&fase=1"]
)
def test_a_choice_that_is_none_shows_everything(client, some, query):
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    assert "Praten in Enschede" in answer.content.decode()


def test_the_page_says_honestly_what_is_missing(client, some):
    text = client.get(PAGE).content.decode()
    assert "Nog niets" in text
    assert "alleen landelijk" in text


def test_a_place_without_any_offer_has_a_page_too(client):
    assert client.get(PAGE).status_code == 200
    assert client.get(SHEET).status_code == 200


def test_hidden_and_ended_offers_stand_nowhere(client, some):
    from naast.directory.models import Offer

    Offer.objects.filter(slug="praten").update(state="verborgen")
    assert "Praten in Enschede" not in client.get(PAGE).content.decode()
    assert "Praten in Enschede" not in client.get(SHEET).content.decode()


def test_a_line_of_the_sheet_for_each_cell_and_the_address_of_the_page(client, some):
    lines = lines_of(client)
    assert lines[0][:3] == ["Voor wie", "Fase", "Hulp"]
    own = [line for line in lines if line[2] == "Praten in Enschede"]
    assert [line[:2] for line in own] == [["Ouders", "Uit elkaar gaan"]]
    assert own[0][-1].endswith("/enschede/hulp/praten/")
    assert sum(line[2] == "Groep in Twente" for line in lines) == len(PHASES)


@pytest.mark.parametrize("name", ["=1+1", "+31 praten", "-hulp", "@SUM(A1)", "\t=1+1"])
def test_no_cell_is_read_as_a_formula(client, name):
    offer(slug="raar", name=name, area=["enschede"], phases=["uit-elkaar"])
    line = next(line for line in lines_of(client) if line[-1].endswith("/raar/"))
    assert line[2].startswith("'")


def test_the_sheet_comes_as_a_file_in_dutch_also_from_an_english_page(client, some):
    answer = client.get("/en" + SHEET)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="overzicht-enschede.csv"'
    assert "Voor wie;Fase;Hulp" in answer.content.decode("utf-8-sig")
    assert "<span" not in answer.content.decode()


def roles(element):
    if isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S)
        if "/K" in element:
            yield from roles(element.K)
    elif isinstance(element, pikepdf.Array):
        for item in element:
            yield from roles(item)


def test_the_paper_is_tagged_with_headings_and_tables(client, some):
    answer = client.get(PAPER)
    assert answer.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("nl")
        assert str(pdf.docinfo["/Title"]) == "Wat is er voor wie in Enschede"
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
        assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD"} <= set(roles(pdf.Root.StructTreeRoot.K))


def test_the_paper_holds_every_audience_and_what_was_chosen(some):
    whole = queries.overview(by_slug("enschede"))
    data = paper._data(whole, pages.Wanted(costs="gratis"))
    assert [part["title"] for part in data["parts"]][:2] == ["Ouders", "Kinderen tot 12 jaar"]
    names = {row["name"] for part in data["parts"] for group in part["groups"] for row in group["rows"]}
    assert names == {"Praten in Enschede", "Groep in Twente"}
    everything = paper._data(whole, pages.Wanted())["parts"]
    assert [row["where"] for row in everything[0]["national"]] == ["Na de scheiding"], "with its phase, each once"


def test_words_of_an_offer_never_break_the_paper(client):
    offer(name='#eval(1) $ * _ \\ [ ] #import "x" 🏠 𓀀 \u202e', area=["enschede"])
    assert client.get(PAPER).content.startswith(b"%PDF")


def test_a_region_counts_its_municipalities_own_as_its_own(some):
    rows = {row.slug: row.near for row in queries.overview(by_slug("twente")).rows}
    assert rows == {"praten": "own", "groep": "own", "elders": "own", "lijn": "nation"}


@pytest.mark.parametrize("view", ["doelgroep", "fase", "vorm", "kosten", "onderwerp", "onzin"])
def test_municipalities_of_a_region_stand_side_by_side(client, some, view):
    answer = client.get(f"/twente/hulp/vergelijken/?op={view}")
    text = answer.content.decode()
    assert answer.status_code == 200
    for name in ("Enschede", "Almelo"):
        assert name in text


def test_a_municipality_without_region_has_nothing_to_compare(client, some):
    assert client.get("/houten/hulp/vergelijken/").status_code == 404
    assert "vergelijken" not in client.get("/houten/hulp/overzicht/").content.decode()


@pytest.mark.parametrize("address", [PAGE, "/twente/hulp/vergelijken/"])
def test_pages_are_shared_and_cost_few_queries(client, some, django_assert_max_num_queries, address):
    client.get(address)
    with django_assert_max_num_queries(12):
        answer = client.get(address)
    assert "s-maxage" in answer.headers["Cache-Control"]
