"""Statements of a place: filling in, publishing, what readers and machines get, what stops going live, reminders."""

import json
from datetime import timedelta

import pytest
from sectxt import Parser

from naast.core import clock, live
from naast.core.models import AuditLine, OutboxMail
from naast.people.tests.factories import sign_in, staff
from naast.places import actions as places_actions
from naast.places.models import OwnHost, Place
from naast.settings.hosts import AllowedHosts
from naast.upkeep import actions as upkeep_actions
from naast.upkeep.statements import actions, declare, queries, rules, security_txt
from naast.upkeep.statements.models import Statement
from naast.upkeep.statements.tests.factories import declared, place, whole

pytestmark = pytest.mark.django_db

HOME = "/loket/verklaringen/"
OURS = "/loket/verklaringen/enschede/"


@pytest.fixture
def admin(client, places):
    sign_in(client, staff("place-admin", place()))
    return client


def ten_months():
    return clock.frozen(clock.now() + timedelta(days=310))


def lacks(slug="enschede"):
    return declare.statements_are_there(Place.objects.get(slug=slug))


# ---------- the screen ----------


def test_one_page_says_what_is_missing_and_what_to_do(admin):
    assert admin.get(HOME)["Location"] == OURS
    page = admin.get(OURS).content.decode()
    assert page.count("Deze ontbreekt. Vul hem in en publiceer hem.") == 3
    assert "Nog niet nodig" in page  # security.txt, without an address of its own
    assert "Niet alles is in orde" in page
    assert OURS in admin.get("/loket/plaats/enschede/").content.decode()


def test_who_looks_after_a_region_sees_all_its_places_at_once(client, places):
    sign_in(client, staff("place-admin", place("twente")))
    declared("enschede")
    page = client.get(HOME).content.decode()
    assert f'href="{OURS}"' in page
    assert "In orde" in page
    assert page.count("Ontbreekt") >= 14


def test_another_place_is_forbidden_and_an_adviser_has_no_business_here(admin, client):
    for path in ("/loket/verklaringen/houten/", "/loket/verklaringen/houten/privacy/"):
        assert admin.get(path).status_code == 403
    assert admin.post("/loket/verklaringen/houten/privacy/", {"do": "publish"}).status_code == 403
    assert admin.get(f"{OURS}nothing/").status_code == 404
    sign_in(client, staff("adviser", place()))
    assert client.get(HOME).status_code == 403


def sent(kind, **more):
    """Return what a form of a whole statement sends."""
    if kind == "accessibility":
        base = {
            "status": "C",
            "planned_on": (clock.today() + timedelta(days=90)).isoformat(),
            "email": "a@test.example",
        }
    elif kind == "security":
        base = {"contacts": "cert@test.example\nhttps://test.example/melden", "languages": ["nl"]}
    else:
        base = {name: value for name, value in rules.write(whole(kind)).items() if value}
    return {**base, "do": "publish", **more}


@pytest.mark.parametrize("kind", rules.KINDS)
def test_a_whole_statement_is_published_and_logged(admin, kind):
    assert admin.post(f"{OURS}{kind}/", sent(kind)).status_code == 303
    row = Statement.objects.get(kind=kind)
    assert (row.state, row.published_at is not None) == ("current", True)
    assert AuditLine.objects.filter(kind="upkeep.Statement", act="publish", place="enschede").count() == 1
    assert "Gepubliceerd op" in admin.get(f"{OURS}{kind}/").content.decode()


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("contact", {"organisation": ""}, "Zeg welke organisatie verantwoordelijk is."),
        ("contact", {"email": "info@"}, "Dit is geen e-mailadres."),
        ("contact", {"phone": "bel maar"}, "Dit is geen telefoonnummer."),
        ("privacy", {"fg_email": ""}, "Noem de functionaris gegevensbescherming als functie"),
        ("accessibility", {"status": ""}, "Kies een status."),
        ("accessibility", {"status": "B"}, "Geef de dag van het laatste onderzoek."),
        ("accessibility", {"planned_on": "2040-01-01"}, "Kies een eerdere dag."),
        ("accessibility", {"planned_on": "morgen"}, "geldige datum"),
        ("accessibility", {"what_0": "De kaart"}, "Schrijf wat je eraan doet"),
        ("accessibility", {"plan_1": "Iets"}, "Schrijf op wat niet werkt"),
        ("accessibility", {"report_url": "www.rapport.nl"}, "Het begint met https://"),
        ("security", {"contacts": "bel ons even"}, "‘bel ons even’ is geen e-mailadres"),
    ],
)
def test_what_cannot_be_published_is_said_at_its_field_and_nothing_typed_is_lost(admin, kind, typed, said):
    answer = admin.post(f"{OURS}{kind}/", sent(kind, **typed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    for name, value in {**sent(kind), **typed}.items():
        if isinstance(value, str) and value and name not in ("do", "status"):
            assert value.split("\n")[0] in page
    assert not Statement.objects.exists()


def test_a_draft_may_lack_things_and_readers_see_nothing_of_it(admin, client):
    admin.post(f"{OURS}contact/", {"do": "save", "organisation": "Gemeente Half"})
    assert Statement.objects.get().state == "draft"
    assert "Gemeente Half" in admin.get(f"{OURS}contact/").content.decode()
    assert queries.in_force(place().id) == {}
    admin.post(f"{OURS}contact/", {"do": "drop"})
    assert not Statement.objects.exists()


def test_looking_shows_what_readers_get_and_keeps_nothing(admin):
    page = admin.post(f"{OURS}accessibility/", sent("accessibility", do="look")).content.decode()
    assert "Zo krijgen lezers het" in page
    assert "eerste maatregelen genomen" in page
    assert not Statement.objects.exists()


def test_two_more_rows_of_shortcomings_keep_those_that_were_typed(admin):
    typed = {f"what_{n}": f"Punt {n}" for n in range(2)}
    page = admin.post(f"{OURS}accessibility/", sent("accessibility", do="more", **typed)).content.decode()
    assert 'name="what_3"' in page
    assert "Punt 1" in page


def test_a_municipality_begins_with_what_its_region_says(client, places):
    sign_in(client, staff("place-admin", place()))
    actions.load(place=place("twente"), kind="privacy", statement=rules.Privacy("F", "fg@twente.example", "", "r", "g"))
    assert "?van=regio" in client.get(f"{OURS}privacy/").content.decode()
    assert "fg@twente.example" in client.get(f"{OURS}privacy/?van=regio").content.decode()


def test_publishing_again_keeps_the_one_of_before(admin):
    declared()
    admin.post(f"{OURS}contact/", sent("contact", organisation="Gemeente Nieuw"))
    assert queries.in_force(place().id)["contact"].statement.organisation == "Gemeente Nieuw"
    assert Statement.objects.filter(kind="contact", state="earlier").count() == 1


# ---------- readers and machines ----------


def test_machines_get_the_same_as_data(client, places):
    declared()
    data = json.loads(client.get("/enschede/toegankelijkheid/verklaring.json").content)
    assert (data["status"], data["inOrder"], data["contact"]["email"]) == ("C", True, "toegankelijk@test.example")
    assert data["organisation"] == "Gemeente Test"
    assert data["site"].endswith("/enschede/")
    assert json.loads(client.get("/houten/toegankelijkheid/verklaring.json").content)["status"] == "E"
    assert client.get("/amsterdam/toegankelijkheid/verklaring.json").status_code == 404


# ---------- security.txt ----------


def told(client, host):
    answer = client.get("/.well-known/security.txt", secure=True, headers={"host": host})
    assert answer["Content-Type"].startswith("text/plain")
    url = f"https://{host}/.well-known/security.txt"
    assert Parser(answer.content, urls=url).errors == []
    text = answer.content.decode()
    assert security_txt.problems(text, url=url, now=clock.now()) == []
    return text


def test_each_host_names_its_own_people_and_the_shared_host_those_of_the_installation(client, places, settings):
    settings.ALLOWED_HOSTS = AllowedHosts(["testserver", "localhost"])
    declared()
    places_actions.answer_on(slug="enschede", host="enschede.localhost")
    own = told(client, "enschede.localhost")
    assert "Contact: mailto:cert@test.example" in own
    assert "Policy: https://test.example/cvd" in own
    assert f"Contact: {settings.NAAST_SECURITY_CONTACT}" in told(client, "localhost")


def test_an_address_that_nobody_confirmed_for_a_year_gives_way_and_the_end_moves_along(client, places, settings):
    settings.ALLOWED_HOSTS = AllowedHosts(["testserver", "localhost"])
    declared()
    places_actions.answer_on(slug="enschede", host="enschede.localhost")
    with clock.frozen(clock.now() + timedelta(days=370)):
        answer = client.get("/.well-known/security.txt", secure=True, headers={"host": "enschede.localhost"})
        text = answer.content.decode()
        assert settings.NAAST_SECURITY_CONTACT in text
        assert (
            security_txt.problems(text, url="https://enschede.localhost/.well-known/security.txt", now=clock.now())
            == []
        )


# ---------- going live ----------


@pytest.mark.parametrize("kind", ["contact", "privacy", "accessibility"])
def test_a_place_is_not_published_without_one_of_its_statements(places, monkeypatch, kind):
    monkeypatch.setattr(live, "_checks", [declare.statements_are_there])
    declared(without=kind)
    with pytest.raises(places_actions.NotReady) as refused:
        places_actions.publish(slug="enschede")
    assert len(refused.value.missing) == 1
    assert "Deze ontbreekt. Vul hem in en publiceer hem." in refused.value.missing[0]
    assert refused.value.lines[0].endswith(f"→ {OURS}{kind}/")
    actions.load(place=place(), kind=kind, statement=whole(kind))
    assert places_actions.publish(slug="enschede").live


@pytest.mark.parametrize("kind", rules.KINDS)
def test_an_own_host_does_not_go_live_without_one_of_the_four(admin, monkeypatch, kind):
    monkeypatch.setattr(live, "_checks", [declare.statements_are_there])
    declared(without=kind)
    user = staff("place-admin", place())
    upkeep_actions.set_host(user=user, place=place(), host="naast.enschede.example")
    page = admin.post("/loket/plaats/enschede/adres/", {"do": "live", "seen": "on"}).content.decode()
    assert f'href="{OURS}{kind}/"' in page
    assert not OwnHost.objects.get().live
    actions.load(place=place(), kind=kind, statement=whole(kind))
    assert upkeep_actions.host_goes_live(user=user, place=place()).live


def test_the_register_is_asked_for_only_with_an_address_of_ones_own(places):
    declared()
    actions.load(place=place(), kind="contact", statement=rules.Contact("G", "1", "", "P", "", "no"))
    assert lacks() == []
    OwnHost.objects.create(place_id=place().id, host="naast.enschede.example")
    assert ["RIO" in word for word in lacks()] == [True]


def test_an_examination_of_36_months_ago_and_status_d_stop_it_too(places):
    declared()
    old = rules.Accessibility(
        status="A", tested_on=clock.today(), tested_by="B", tested_what="W", email="a@test.example"
    )
    actions.load(place=place(), kind="accessibility", statement=old)
    assert lacks() == []
    with clock.frozen(clock.now() + timedelta(days=3 * 366)):
        assert any("ouder dan 36 maanden" in word for word in lacks())
    actions.load(place=place(), kind="accessibility", statement=rules.Accessibility(status="D", email="a@test.example"))
    assert ["status D" in word for word in lacks()] == [True]


# ---------- reminding ----------


def test_who_keeps_a_place_hears_it_two_months_ahead_once_a_month_and_no_more_when_it_is_done(places):
    staff("place-admin", place())
    staff("adviser", place())
    declared()
    with clock.frozen(clock.now() + timedelta(days=10)):
        assert actions.remind() == 0
    with ten_months():
        first = actions.remind()
        assert first == 3  # privacy, security, and the examination that was planned
        assert actions.remind() == 0
        assert all("/loket/verklaringen/enschede/" in mail.context["url"] for mail in OutboxMail.objects.all())
        assert "Gemeente Test" not in json.dumps([mail.context for mail in OutboxMail.objects.all()])
    with clock.frozen(clock.now() + timedelta(days=341)):
        assert actions.remind() == 3
        for kind in ("privacy", "security"):
            actions.load(place=place(), kind=kind, statement=whole(kind))
    with clock.frozen(clock.now() + timedelta(days=372)):
        assert actions.remind() == 1


def test_the_mail_is_written_in_words(places):
    from naast.core.mail import compose

    staff("place-admin", place())
    declared()
    with ten_months():
        actions.remind()
    mail = compose(OutboxMail.objects.first())
    assert mail.subject == "Een verklaring om na te kijken"
    assert "Enschede" in mail.body
