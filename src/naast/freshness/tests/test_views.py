"""The editors' screen of what to look at again."""

from datetime import timedelta

import pytest

from naast.content.models import ArticlePage
from naast.content.tests.conftest import shared_tree  # noqa: F401 - a fixture
from naast.content.tests.factories import article, editor_of, filled, regional_editor_of
from naast.core import clock
from naast.directory.keeping import asking
from naast.directory.keeping.tests.factories import due_offer
from naast.directory.waiting import actions as waiting
from naast.directory.waiting.rules import RANGES
from naast.freshness.models import Link
from naast.people.tests.factories import sign_in

pytestmark = pytest.mark.django_db


def test_an_editor_sees_own_words_and_how_shared_texts_stand(shared_tree, client):  # noqa: F811
    filled("enschede", "kinderen-wie-leest", due=clock.today() + timedelta(days=3))
    sign_in(client, editor_of("enschede"))
    page = client.get("/beheer/nakijken/enschede/").content.decode()
    assert "Eigen woorden van Enschede" in page
    assert article("een-ouderschapsplan-maken").title in page
    assert page.count('aria-label="Klopt nog:') == 1  # the own words; shared texts are the region's
    assert client.get("/beheer/nakijken/houten/").status_code == 404


def test_one_click_says_it_is_still_true(shared_tree, client):  # noqa: F811
    page = article("een-ouderschapsplan-maken")
    sign_in(client, regional_editor_of("twente"))
    address = f"/beheer/nakijken/twente/artikel/{page.pk}/"
    assert client.get(address).status_code == 405  # opening a link changes nothing
    assert client.post(address).status_code == 302
    assert ArticlePage.objects.get(pk=page.pk).checked_on == clock.today()


@pytest.mark.parametrize("address", ["artikel/999999/", "iets/1/", "plek/geen-nummer/"])
def test_what_does_not_exist_is_not_found(shared_tree, client, address):  # noqa: F811
    sign_in(client, regional_editor_of("twente"))
    assert client.post(f"/beheer/nakijken/twente/{address}").status_code == 404


# ---------- offers


def overdue_offer(place: str = "enschede", **changes):
    """Make an offer of a place that nobody confirmed for long."""
    found = due_offer(on=clock.today() - timedelta(days=60), email="", area=[place], **changes)
    return found


def test_editors_see_which_help_nobody_confirmed_and_confirm_it_in_one_click(shared_tree, client):  # noqa: F811
    late, elsewhere = overdue_offer(name="Praatgroep"), overdue_offer("houten", name="Wandelgroep")
    sign_in(client, editor_of("enschede"))
    page = client.get("/beheer/nakijken/enschede/").content.decode()
    assert "Praatgroep" in page
    assert "Lezers zien dat het te laat is" in page
    assert "Wandelgroep" not in page
    assert client.post(f"/beheer/nakijken/enschede/aanbod/{late.pk}/").status_code == 302
    late.refresh_from_db()
    assert (late.checked_on, late.confirmed_by) == (clock.today(), "redactie")
    assert "Praatgroep" not in client.get("/beheer/nakijken/enschede/").content.decode()
    client.post(f"/beheer/nakijken/enschede/aanbod/{elsewhere.pk}/")
    elsewhere.refresh_from_db()
    assert elsewhere.checked_on is None


def test_what_an_editor_confirms_the_provider_need_not_answer_any_more(shared_tree, client):  # noqa: F811
    from naast.directory.models import Confirmation

    found = due_offer(area=["enschede"])
    asking.ask_owners()
    Confirmation.objects.update(told_on=clock.today())
    sign_in(client, editor_of("enschede"))
    assert found.name in client.get("/beheer/nakijken/enschede/").content.decode()
    client.post(f"/beheer/nakijken/enschede/aanbod/{found.pk}/")
    assert Confirmation.objects.get().answer == "klopt"


def test_an_offer_with_a_dead_link_stands_on_the_list(shared_tree, client):  # noqa: F811
    dead = due_offer(on=clock.today() + timedelta(days=90), area=["enschede"], website="https://weg.test/hulp")
    Link.objects.create(url=dead.website, failures=3, failing_since=clock.now(), next_look=clock.now(), state="gone")
    sign_in(client, editor_of("enschede"))
    page = client.get("/beheer/nakijken/enschede/").content.decode()
    assert "Link werkt niet" in page
    assert f"/beheer/hulp/{dead.pk}/" in page


@pytest.mark.parametrize(("months", "kept"), [("24", 24), ("0", None), ("7", 12), ("nooit", 12), ("", 12)])
def test_a_place_chooses_when_it_hides_what_nobody_confirms(shared_tree, client, months, kept):  # noqa: F811
    from naast.directory.keeping.queries import choices

    sign_in(client, editor_of("enschede"))
    assert client.post("/beheer/nakijken/enschede/verbergen/", {"months": months}).status_code == 302
    assert choices().get("enschede", 12) == kept


def test_an_editor_says_the_waiting_time_in_one_click_and_sees_its_history(shared_tree, client):  # noqa: F811
    found = overdue_offer()
    sign_in(client, editor_of("enschede"))
    where = f"/beheer/wachttijd/{found.pk}/"
    for days_ago, code in ((60, "7-12"), (30, "3-6"), (0, "1-2")):
        with clock.frozen(clock.now() - timedelta(days=days_ago)):
            waiting.say(offer=found, weeks=RANGES[code], said_by="redactie", actor="system")
    assert client.post(where, {"waiting": "langer"}).status_code == 303
    found.refresh_from_db()
    assert (found.waiting_min, found.waiting_on) == (13, clock.today())
    page = client.get(where).content.decode()
    assert "<svg" in page
    assert "Hetzelfde als tabel" in page
    assert client.post(where, {"waiting": "morgen"}).status_code == 303
    sign_in(client, editor_of("houten"))
    assert client.get(where).status_code == 404
