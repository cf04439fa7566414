"""Pages as readers meet them: in every place, for everybody the same, with few queries; and the editors' screen."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from naast.content import loading, queries
from naast.content.models import ArticlePage, DoorPage
from naast.content.tests.factories import article, editor_of, filled, regional_editor_of
from naast.core import clock
from naast.people.tests.factories import sign_in, staff

pytestmark = pytest.mark.django_db
TELL = "/enschede/ouders/hoe-vertellen-we-het-de-kinderen/"
PAGES = ["/enschede/ouders/", "/enschede/kinderen/", "/enschede/ouders/uit-elkaar/", TELL, "/enschede/privacy/"]


def text_of(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


class TestReading:
    @pytest.mark.parametrize(
        "path",
        [
            *(f"/enschede/{door}/" for door in ("ouders", "kinderen", "jongeren", "omgeving", "professionals")),
            *("/enschede/privacy/", "/enschede/toegankelijkheid/", "/enschede/wie-zit-hierachter/"),
            *("/enschede/vragen/", "/enschede/omgeving/grootouder/", "/enschede/ouders/samengesteld/", TELL),
            *("/twente/ouders/", "/houten/kinderen/is-het-mijn-schuld/", "/en/zwolle/ouders/"),
        ],
    )
    def test_every_kind_of_page_is_there_in_every_place(self, client, shared_tree, path):
        assert text_of(client, path).count("<h1") == 1

    def test_the_place_is_in_its_slots_and_nobody_elses(self, client, shared_tree):
        filled("enschede", "gesprek-oefenen", "Oefen in de Voorbeeldstraat.")
        assert "Oefen in de Voorbeeldstraat." in text_of(client, TELL)
        assert "Voorbeeldstraat" not in text_of(client, TELL.replace("enschede", "zwolle"))

    def test_what_a_place_writes_is_text_and_never_markup(self, client, shared_tree):
        filled("enschede", "gesprek-oefenen", "<script>alert(1)</script>\n\n- een\n- twee & drie")
        page = text_of(client, TELL)
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page
        assert "twee &amp; drie</li>" in page

    def test_what_nobody_looked_at_says_so(self, client, shared_tree):
        assert "Nog niet nagekeken." in text_of(client, TELL)

    def test_what_was_looked_at_says_when_and_by_whom(self, client, shared_tree):
        page = article("hoe-vertellen-we-het-de-kinderen")
        page.checked_on, page.review_due = date(2026, 11, 12), date(2027, 5, 1)
        page.save_revision().publish()
        with clock.frozen(clock.now().replace(year=2026, month=11, day=22)):
            text = text_of(client, TELL).replace("\N{NO-BREAK SPACE}", " ")
        assert "Nagekeken op 12 november 2026 door Redactie Naast." in text
        assert "Nog niet nagekeken" not in text

    def test_what_is_past_its_date_says_so(self, client, shared_tree):
        page = article("hoe-vertellen-we-het-de-kinderen")
        page.checked_on, page.review_due = clock.today() - timedelta(days=300), clock.today() - timedelta(days=1)
        page.save_revision().publish()
        assert "opnieuw nagekeken moeten worden" in text_of(client, TELL)

    def test_children_have_their_own_look_and_no_list_of_sources(self, client, shared_tree):
        page = text_of(client, "/enschede/kinderen/is-het-mijn-schuld/")
        assert 'class="naast-theme naast-kids"' in page
        assert "Waar dit vandaan komt" not in page

    def test_each_question_stands_once_on_the_page_with_all_of_them(self, client, shared_tree):
        ids = re.findall(r'id="(vraag-[a-z0-9-]+)"', text_of(client, "/enschede/vragen/"))
        assert len(ids) == len(set(ids)) == len(loading.faq())

    def test_a_page_without_translation_is_read_in_dutch_with_a_notice(self, client, shared_tree):
        page = text_of(client, "/en/enschede/omgeving/kies-geen-kant/")
        assert "This page is not translated yet" in page
        assert "Kies geen kant" in page
        assert 'href="/en/enschede/omgeving/wat-zeg-je-tegen-een-kind/"' in page

    @pytest.mark.parametrize(
        "path", ["/ouders/", "/amsterdam/ouders/", "/enschede/ouders/bestaat-niet/", "/nergens/ouders/"]
    )
    def test_elsewhere_there_is_no_page(self, client, shared_tree, path):
        assert client.get(path).status_code == 404

    def test_a_draft_is_not_served(self, client, shared_tree):
        article("hoe-vertellen-we-het-de-kinderen").unpublish()
        assert client.get(TELL).status_code == 404

    def test_only_reading_is_answered(self, client, shared_tree):
        assert client.post(TELL).status_code in (403, 405)


class TestForEverybodyTheSame:
    @pytest.mark.parametrize("path", PAGES)
    def test_a_page_is_shared_and_sets_no_cookie(self, client, shared_tree, path):
        answer = client.get(path)
        assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
        assert not answer.cookies

    @pytest.mark.parametrize("path", PAGES)
    def test_a_shared_page_holds_no_writing_form(self, client, shared_tree, path):
        page = text_of(client, path)
        assert "csrfmiddlewaretoken" not in page
        assert 'name="once"' not in page


def cost(client, path: str) -> int:
    with CaptureQueriesContext(connection) as spent:
        assert client.get(path).status_code == 200
    return len(spent)


class TestQueries:
    @pytest.mark.parametrize("path", PAGES)
    def test_a_page_costs_at_most_twelve(self, client, shared_tree, path):
        client.get(path)
        assert cost(client, path) <= 12

    def test_a_text_without_offers_costs_two_and_a_third_for_what_the_place_declares(self, client, shared_tree):
        client.get("/enschede/privacy/")
        assert cost(client, "/enschede/privacy/") <= 3

    def test_fifty_articles_cost_as_much_as_one(self, client, shared_tree):
        client.get("/enschede/jongeren/")
        few = cost(client, "/enschede/jongeren/")
        door = DoorPage.objects.get(audience="jongeren", locale__language_code="nl")
        for number in range(50):
            door.add_child(
                instance=ArticlePage(
                    title=f"Nog een {number}", slug=f"nog-{number}", audiences=["jongeren"], summary="Meer."
                )
            )
        client.get("/enschede/jongeren/")
        assert cost(client, "/enschede/jongeren/") == few
        assert text_of(client, "/enschede/jongeren/").count("Nog een ") == 50

    def test_fifty_filled_slots_cost_as_much_as_none(self, client, shared_tree):
        client.get(TELL)
        none = cost(client, TELL)
        for slot in list(queries.slot_rows(queries.places.by_slug("enschede"))):
            filled("enschede", slot.slot.key)
        client.get(TELL)
        assert cost(client, TELL) == none


class TestTheSlotsScreen:
    def test_an_editor_sees_the_own_place_with_three_states(self, client, shared_tree):
        filled("enschede", "wonen")
        filled("enschede", "school", due=clock.today() - timedelta(days=1))
        page = text_of(sign_in(client, editor_of("enschede")), "/beheer/plekken/")
        assert set(re.findall(r'data-state="(\w+)"', page)) == {"late", "empty", "filled"}

    def test_the_list_can_be_narrowed_to_one_state(self, client, shared_tree):
        filled("enschede", "wonen")
        page = text_of(sign_in(client, editor_of("enschede")), "/beheer/plekken/enschede/?stand=filled")
        assert re.findall(r'data-state="(\w+)"', page) == ["filled"]

    def test_filling_shows_to_readers(self, client, shared_tree):
        sign_in(client, editor_of("enschede"))
        due = (clock.today() + timedelta(days=60)).isoformat()
        answer = client.post(
            "/beheer/plekken/enschede/gesprek-oefenen/", {"body": "Kom maar langs.", "review_due": due}
        )
        assert answer.status_code == 302
        client.logout()
        assert "Kom maar langs." in text_of(client, TELL)

    @pytest.mark.parametrize(
        ("body", "due", "says"),
        [
            ("Kom maar langs.", "", "Kies een dag waarop iemand"),
            ("Kom maar langs.", "2020-01-01", "Kies een dag die nog moet komen"),
            (" ".join(["woord"] * 40) + ".", "2099-01-01", "Deze zin is erg lang"),
        ],
    )
    def test_a_mistake_is_said_in_words_and_nothing_is_kept(self, client, shared_tree, body, due, says):
        sign_in(client, editor_of("enschede"))
        answer = client.post("/beheer/plekken/enschede/wonen/", {"body": body, "review_due": due})
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert not queries.words_for("wonen", queries.places.by_slug("enschede")).own

    @pytest.mark.parametrize(
        "path", ["/beheer/plekken/zwolle/", "/beheer/plekken/zwolle/wonen/", "/beheer/plekken/twente/"]
    )
    def test_another_place_is_forbidden(self, client, shared_tree, path):
        assert sign_in(client, editor_of("enschede")).get(path).status_code == 403

    def test_a_regional_editor_moves_between_the_places_of_the_region(self, client, shared_tree):
        sign_in(client, regional_editor_of("twente"))
        page = text_of(client, "/beheer/plekken/")
        assert "/beheer/plekken/almelo/" in page
        assert "/beheer/plekken/zwolle/" not in page

    def test_others_are_forbidden_and_strangers_sign_in(self, client, shared_tree):
        assert client.get("/beheer/plekken/").status_code == 302
        sign_in(client, staff("adviser", queries.places.by_slug("enschede")))
        assert client.get("/beheer/plekken/").status_code == 403

    def test_the_list_costs_the_same_for_one_fill_and_for_all(self, client, shared_tree):
        sign_in(client, editor_of("enschede"))
        filled("enschede", "wonen")
        client.get("/beheer/plekken/enschede/")
        one = cost(client, "/beheer/plekken/enschede/")
        for row in queries.slot_rows(queries.places.by_slug("enschede")):
            filled("enschede", row.slot.key)
        client.get("/beheer/plekken/enschede/")
        assert cost(client, "/beheer/plekken/enschede/") == one
