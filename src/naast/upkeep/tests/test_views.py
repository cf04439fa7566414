"""The place administrator's pages: who may, choosing a style, what is refused, the preview, the own address."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from naast.core import live
from naast.core.models import AuditLine
from naast.people.tests.factories import sign_in, staff
from naast.places import queries
from naast.places.models import HouseStyle, Logo, OwnHost
from naast.upkeep import views as own_views

pytestmark = pytest.mark.django_db

HOME = "/loket/plaats/"
STYLE = "/loket/plaats/enschede/huisstijl/"
HOST = "/loket/plaats/enschede/adres/"


def place(slug="enschede"):
    found = queries.by_slug(slug)
    assert found
    return found


@pytest.fixture
def admin(client, places):
    sign_in(client, staff("place-admin", place()))
    return client


def picture(kind="PNG", size=(300, 120), **more) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#0a5560").save(out, kind, **more)
    return out.getvalue()


def chosen(**more):
    return {"base": "naast", "do": "save", **more}


# ---------- who ----------


def test_an_administrator_begins_at_their_own_place(admin):
    assert admin.get(HOME)["Location"] == "/loket/plaats/enschede/"
    page = admin.get("/loket/plaats/enschede/").content.decode()
    assert "Enschede" in page
    assert STYLE in page
    assert HOST in page


def test_the_menu_says_of_one_page_only_that_you_are_there(admin):
    for address in ("/loket/plaats/enschede/", "/loket/verklaringen/enschede/"):
        assert admin.get(address).content.decode().count('aria-current="page"') == 1


def test_an_administrator_finds_what_providers_may_change(admin):
    way = "/loket/plaats/enschede/aanbieders/"
    assert way in admin.get("/loket/plaats/enschede/").content.decode()
    assert admin.get(way).status_code == 200


def test_another_place_is_forbidden_for_looking_and_for_changing(admin):
    for path in ("/loket/plaats/houten/", "/loket/plaats/houten/huisstijl/", "/loket/plaats/houten/adres/"):
        assert admin.get(path).status_code == 403
    assert admin.post("/loket/plaats/houten/huisstijl/", chosen(do="publish")).status_code == 403
    assert not HouseStyle.objects.exists()


def test_an_adviser_has_no_business_here(client, places):
    sign_in(client, staff("adviser", place()))
    assert client.get(HOME).status_code == 403


def test_who_looks_after_a_region_looks_after_its_municipalities_too(client, places):
    sign_in(client, staff("place-admin", place("twente")))
    page = client.get("/loket/plaats/twente/").content.decode()
    assert "/loket/plaats/enschede/" in page


# ---------- choosing ----------


def test_nothing_changes_for_readers_before_publishing(admin, client):
    before = client.get("/enschede/").content
    assert admin.post(STYLE, chosen(light_link="#8a1c5a")).status_code == 303
    assert client.get("/enschede/").content == before
    assert HouseStyle.objects.get().state == "draft"


def test_a_published_style_is_served_from_an_address_with_its_mark(admin, client):
    admin.post(STYLE, chosen(do="publish", base="duinmond", light_link="#8a1c5a", corners="straight"))
    page = client.get("/enschede/").content.decode()
    href = page.split("/-/thema/enschede.")[1].split('"')[0]
    sheet = client.get(f"/-/thema/enschede.{href}")
    assert "--naast-link: #8a1c5a;" in sheet.content.decode()
    assert "--naast-radius: 0rem;" in sheet.content.decode()
    assert "immutable" in sheet["Cache-Control"]
    assert AuditLine.objects.filter(kind="places.HouseStyle", act="publish").count() == 1


def test_yellow_on_white_is_refused_and_the_nearest_colour_offered(admin):
    page = admin.post(STYLE, chosen(do="publish", light_link="#ffff00", light_button="#123456")).content.decode()
    assert "Te weinig contrast: 1,0; nodig: 4,5." in page
    assert 'value="light_link:#' in page
    assert 'value="#123456"' in page  # what was typed stands there still
    assert not HouseStyle.objects.exists()


def test_one_click_takes_the_offered_colour(admin):
    page = admin.post(STYLE, chosen(light_link="#ffff00")).content.decode()
    offer = page.split('value="light_link:')[1].split('"')[0]
    page = admin.post(STYLE, {**chosen(light_link="#ffff00"), "take": f"light_link:{offer}"}).content.decode()
    assert f'value="{offer}"' in page
    assert "Te weinig contrast" not in page
    admin.post(STYLE, chosen(light_link=offer))
    assert HouseStyle.objects.get().light == {"link": offer}


def test_a_word_that_is_no_colour_is_said(admin):
    page = admin.post(STYLE, chosen(dark_link="geel")).content.decode()
    assert "Schrijf een kleur als" in page
    assert 'value="geel"' in page


def test_an_earlier_style_comes_back_and_the_shipped_one_is_the_first_of_them(admin, client):
    before = client.get("/enschede/").content
    admin.post(STYLE, chosen(do="publish", light_link="#8a1c5a"))
    admin.post(STYLE, chosen(do="publish", light_link="#1b3a8a"))
    page = admin.get(STYLE).content.decode()
    assert page.count("huisstijl/terug/") == 2
    second = HouseStyle.objects.get(light={"link": "#8a1c5a"})
    admin.post(f"{STYLE}terug/{second.pk}/")
    current = queries.current_style(place())
    assert current is not None
    assert current.light == {"link": "#8a1c5a"}
    shipped = HouseStyle.objects.filter(state="earlier", light={}).first()
    assert shipped is not None
    admin.post(f"{STYLE}terug/{shipped.pk}/")
    assert client.get("/enschede/").content == before


def test_the_sheet_of_before_stays_for_pages_that_a_proxy_holds(admin, client):
    admin.post(STYLE, chosen(do="publish", light_link="#8a1c5a"))
    page = client.get("/enschede/").content.decode()
    href = "/-/thema/enschede." + page.split("/-/thema/enschede.")[1].split('"')[0]
    admin.post(STYLE, chosen(do="publish", light_link="#1b3a8a"))
    assert "#8a1c5a" in client.get(href).content.decode()


def test_a_style_of_another_place_cannot_be_put_back(admin):
    other = HouseStyle.objects.create(
        place_id=place("houten").id, base="naast", state="earlier", changed_at="2026-01-01T00:00Z"
    )
    assert admin.post(f"{STYLE}terug/{other.pk}/").status_code == 404


def test_a_draft_is_thrown_away(admin):
    admin.post(STYLE, chosen(light_link="#8a1c5a"))
    admin.post(STYLE, {"do": "drop"})
    assert not HouseStyle.objects.exists()


# ---------- the preview ----------


@pytest.mark.parametrize("page", ["begin", "formulier"])
def test_the_preview_is_the_real_page_in_the_new_style_and_may_stand_in_our_frame(admin, page):
    response = admin.get(f"{STYLE}voorbeeld/{page}/", {"base": "naast", "light_link": "#8a1c5a"})
    text = response.content.decode()
    assert response.status_code == 200
    assert "voorbeeld.css?base=naast" in text
    assert " inert" in text
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_the_sheet_of_the_preview_shows_day_or_night(admin):
    day = admin.get(f"{STYLE}voorbeeld.css", {"base": "naast", "light_link": "#8a1c5a"}).content.decode()
    night = admin.get(f"{STYLE}voorbeeld.css", {"base": "naast", "light_link": "#8a1c5a", "dark": "1"}).content.decode()
    assert "--naast-link: #8a1c5a;" in day
    assert "color-scheme: light" in day
    assert "--naast-link: #8a1c5a;" not in night
    assert "color-scheme: dark" in night


def test_nothing_but_a_colour_reaches_the_sheet(admin):
    sheet = admin.get(f"{STYLE}voorbeeld.css", {"base": "x", "light_link": "red;} body{display:none"}).content.decode()
    assert "display" not in sheet


def test_the_live_editor_hears_what_is_wrong(admin):
    found = admin.get(f"{STYLE}toets/", {"base": "naast", "light_link": "#ffff00"}).json()
    assert found["wrong"]["light_link"]["offer"].startswith("#")
    assert found["follows"]["dark_link"].startswith("#")


# ---------- the logo ----------


def test_a_logo_is_drawn_anew_and_stands_on_every_page_with_its_words(admin, client):
    upload = SimpleUploadedFile("logo.jpg", picture("JPEG", size=(1200, 600)), content_type="image/jpeg")
    admin.post(STYLE, chosen(do="publish", logo_file=upload, logo_alt="Logo van Enschede"))
    page = client.get("/enschede/").content.decode()
    assert 'alt="Logo van Enschede"' in page
    src = page.split('src="/-/logo/')[1].split('"')[0]
    answer = client.get(f"/-/logo/{src}")
    assert answer["Content-Type"] == "image/webp"
    with Image.open(BytesIO(answer.content)) as made:
        assert made.height <= 108
    assert client.get("/-/logo/houten." + src.partition(".")[2]).status_code == 404


def test_an_svg_is_refused_and_the_colours_stay(admin):
    svg = SimpleUploadedFile("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
    page = admin.post(STYLE, chosen(logo_file=svg, logo_alt="Logo", light_link="#8a1c5a")).content.decode()
    assert "Bewaar de tekening als PNG" in page
    assert 'value="#8a1c5a"' in page
    assert not Logo.objects.exists()


def test_a_logo_is_not_lost_while_a_colour_is_mended(admin):
    upload = SimpleUploadedFile("logo.png", picture())
    page = admin.post(STYLE, chosen(logo_file=upload, logo_alt="Logo", light_link="#ffff00")).content.decode()
    digest = Logo.objects.get().digest
    assert f'value="{digest}"' in page
    admin.post(STYLE, chosen(logo=digest, logo_alt="Logo"))
    assert HouseStyle.objects.get().logo == Logo.objects.get()


def test_a_logo_without_words_is_asked_for_them(admin):
    page = admin.post(STYLE, chosen(logo_file=SimpleUploadedFile("logo.png", picture()))).content.decode()
    assert "Zeg in een paar woorden" in page


# ---------- the own address ----------


def test_before_a_name_is_chosen_the_list_of_work_is_dutch_throughout(admin):
    assert "laat de naam wijzen naar" in admin.get(HOST).content.decode()


def test_an_own_name_is_entered_judged_and_goes_live_only_when_everything_is_there(admin, monkeypatch):
    monkeypatch.setattr(own_views, "resolves", lambda host: False)
    monkeypatch.setattr(live, "_checks", [lambda place: ["Er is nog geen verklaring."]])
    admin.post(HOST, {"do": "save", "host": "https://Naast.Enschede.example/"})
    row = OwnHost.objects.get()
    assert (row.host, row.live) == ("naast.enschede.example", False)
    page = admin.get(HOST).content.decode()
    assert "CNAME" in page
    assert "wijst nog nergens" in page
    assert "Vink aan" in admin.post(HOST, {"do": "live"}).content.decode()
    assert "Er is nog geen verklaring." in admin.post(HOST, {"do": "live", "seen": "on"}).content.decode()
    monkeypatch.setattr(live, "_checks", [])
    assert admin.post(HOST, {"do": "live", "seen": "on"}).status_code == 303
    assert place().own_host == "naast.enschede.example"
    admin.post(HOST, {"do": "stop"})
    assert place().own_host == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("192.168.1.4", "nummer van een computer"),
        ("naast", "minstens één punt"),
        ("naast enschede.nl", "alleen letters"),
        ("testserver", "minstens één punt"),
    ],
)
def test_a_name_that_cannot_be_is_said_and_stays_typed(admin, typed, said):
    page = admin.post(HOST, {"do": "save", "host": typed}).content.decode()
    assert said in page
    assert f'value="{typed}"' in page
    assert not OwnHost.objects.exists()


def test_a_name_that_another_place_has_is_refused(admin):
    OwnHost.objects.create(place_id=place("houten").id, host="naast.example.nl")
    page = admin.post(HOST, {"do": "save", "host": "naast.example.nl"}).content.decode()
    assert "heeft deze naam al" in page


def test_changing_the_name_takes_it_off_the_air(admin):
    OwnHost.objects.create(place_id=place().id, host="oud.example.nl", live=True)
    admin.post(HOST, {"do": "save", "host": "nieuw.example.nl"})
    assert not OwnHost.objects.get().live


def test_an_empty_name_takes_it_away(admin):
    OwnHost.objects.create(place_id=place().id, host="oud.example.nl", live=True)
    admin.post(HOST, {"do": "save", "host": ""})
    assert not OwnHost.objects.exists()
