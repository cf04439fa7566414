"""Old addresses lead on in whatever place they are asked; editors stand in their own place."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from naast.content import queries
from naast.content.tests.factories import article, editor_of, regional_editor_of
from naast.people.tests.factories import sign_in, staff
from naast.places.queries import by_slug
from naast.places.standing import At, standing

pytestmark = pytest.mark.django_db


class TestOldAddresses:
    def moved(self) -> None:
        page = article("kies-geen-kant")
        Redirect.objects.create(
            old_path=Redirect.normalise_path("/omgeving/campagne/"), site=Site.objects.get(), redirect_page=page
        )

    @pytest.mark.parametrize("place", ["/enschede", "/zwolle", "/en/zwolle"])
    def test_a_moved_page_is_found_in_every_place(self, client, shared_tree, place):
        self.moved()
        answer = client.get(f"{place}/omgeving/campagne/")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"{place}/omgeving/kies-geen-kant/")

    def test_changing_a_pages_address_makes_its_redirect_by_itself(
        self, client, shared_tree, django_capture_on_commit_callbacks
    ):
        page = article("kies-geen-kant")
        page.slug = "geen-kant-kiezen"
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        assert Redirect.objects.get().old_path == "/omgeving/kies-geen-kant"
        answer = client.get("/houten/omgeving/kies-geen-kant/")
        assert answer.headers["Location"] == "/houten/omgeving/geen-kant-kiezen/"

    def test_a_typed_redirect_gets_the_place_too(self, client, shared_tree):
        Redirect.objects.create(old_path="/oud", site=Site.objects.get(), redirect_link="/ouders/")
        assert client.get("/enschede/oud/").headers["Location"] == "/enschede/ouders/"

    def test_a_redirect_to_elsewhere_stays_as_it_was_typed(self, client, shared_tree):
        Redirect.objects.create(old_path="/oud", site=None, redirect_link="https://example.org/")
        assert client.get("/enschede/oud/").headers["Location"] == "https://example.org/"

    def test_a_page_that_was_taken_down_leads_nowhere(self, client, shared_tree):
        self.moved()
        article("kies-geen-kant").unpublish()
        assert client.get("/enschede/omgeving/campagne/").status_code == 404


class TestAddressesOfAPage:
    def test_a_page_carries_the_place_where_somebody_stands(self, shared_tree):
        page = article("kies-geen-kant")
        with standing(At(by_slug("zwolle"), "en")):
            assert page.get_url_parts()[2] == "/en/zwolle/omgeving/kies-geen-kant/"

    def test_without_a_place_it_has_its_plain_address(self, shared_tree):
        assert article("kies-geen-kant").get_url_parts()[2] == "/omgeving/kies-geen-kant/"

    def test_a_request_without_a_place_gets_none_even_where_somebody_stands(self, shared_tree, rf):
        # Wagtail's redirects ask with a made-up request and store what they get.
        with standing(At(by_slug("zwolle"))):
            assert article("kies-geen-kant").get_url_parts(rf.get("/"))[2] == "/omgeving/kies-geen-kant/"


class TestTheEditorsAdmin:
    def test_an_editor_of_slots_begins_at_the_slots(self, client, shared_tree):
        answer = sign_in(client, editor_of("enschede")).get("/beheer/")
        assert answer.headers["Location"] == "/beheer/plekken/"

    def test_view_live_shows_the_editors_own_place(self, client, shared_tree):
        sign_in(client, regional_editor_of("twente"))
        page = client.get(f"/beheer/pages/{article('kies-geen-kant').pk}/edit/").content.decode()
        assert "/twente/omgeving/kies-geen-kant/" in page

    @pytest.mark.parametrize("role", ["adviser", "policy-officer", "provider"])
    def test_others_are_refused(self, client, shared_tree, role):
        assert sign_in(client, staff(role, by_slug("enschede"))).get("/beheer/").status_code == 403

    def test_strangers_sign_in_at_the_houses_own_page(self, client, shared_tree):
        assert client.get("/beheer/").headers["Location"].startswith("/loket/aanmelden/")
        assert client.get("/beheer/login/").headers["Location"].startswith("/loket/aanmelden/")

    def test_the_first_page_lists_what_waits_to_be_looked_at(self, client, shared_tree):
        page = sign_in(client, regional_editor_of("twente")).get("/beheer/").content.decode()
        assert "Teksten om na te kijken" in page
        assert min(row.title for row in queries.to_review()) in page
