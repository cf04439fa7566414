"""Suggestions while typing: words, subjects and names of offers, near first, forgiving, and written nowhere."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naast.core import generations
from naast.directory import actions
from naast.directory.search.suggest import MOST, suggest
from naast.directory.search.thesaurus import shipped as language
from naast.places.queries import by_slug

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped(places: None) -> None:
    actions.load_shipped()


def texts(typed: str, place: str = "enschede") -> list[str]:
    return [one.text for one in suggest(typed, by_slug(place))]


def asked(client: Client, typed: str) -> dict[str, Any]:
    answer = client.get("/enschede/hulp/suggesties/", {"q": typed})
    assert answer.status_code == 200
    return answer.json()


def test_the_beginning_of_a_word_suggests_its_end(places: None) -> None:
    assert "omgangsregeling" in texts("omgangsreg")
    assert any("stief" in text for text in texts("stie"))


def test_earlier_words_must_fit_too(places: None) -> None:
    assert "ruzie met de andere ouder" in texts("ruzie met de an")


def test_childrens_own_words_are_suggested(places: None) -> None:
    assert any(text.startswith("papa") for text in texts("papa ni"))


@pytest.mark.parametrize("typed", ["advokaa", "omgangsregelin", "omgangsregelng", "scheidng"])
def test_a_slip_of_the_pen_is_forgiven(shipped: None, typed: str) -> None:
    assert texts(typed)


def test_an_offer_is_suggested_by_its_name_with_who_gives_it(places: None) -> None:
    factories.offer(slug="club", name="Tekenclub")
    one = suggest("tekencl", by_slug("enschede"))[0]
    assert (one.text, one.kind, one.about, one.slug) == ("Tekenclub", "offer", "Stichting Samen", "club")


def test_names_near_the_reader_stand_first_and_foreign_ones_do_not_show(places: None) -> None:
    factories.offer(slug="land", name="Zangclub landelijk", area=["nederland"])
    factories.offer(slug="eigen", name="Zangclub eigen")
    factories.offer(slug="zwolle", name="Zangclub Zwolle", area=["zwolle"])
    assert texts("zangc") == ["Zangclub eigen", "Zangclub landelijk"]


def test_what_readers_do_not_find_is_not_suggested(places: None) -> None:
    from naast.directory.models import Offer

    factories.offer(slug="weg", name="Fluitclub")
    Offer.objects.update(state="gestopt")
    generations.bump("directory")
    assert texts("fluitc") == []


def test_words_of_danger_put_the_helplines_first(shipped: None) -> None:
    assert "Veilig Thuis" in texts("mijn man slaat me")[0]


def test_words_of_danger_are_never_suggested(places: None) -> None:
    said = {phrase.text for phrases in language().danger.values() for phrase in phrases}
    suggested = {text for word in " ".join(said).split() for text in texts(word[:5])}
    assert suggested
    assert not suggested & said


def test_a_group_named_after_danger_is_not_suggested_by_a_common_word_of_its(places: None) -> None:
    assert "Geweld meegemaakt" not in texts("is het mijn")


def test_where_danger_is_said_the_last_word_is_not_completed_into_another(shipped: None) -> None:
    assert not [text for text in texts("papa slaat") if text.startswith("papa sla")]


@given(typed=st.text(max_size=80))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered(places: None, typed: str) -> None:
    with generations.one_look():
        assert len(suggest(typed, by_slug("enschede"))) <= MOST


class TestTheAddress:
    def test_says_how_many_there_are_and_where_an_offer_stands(self, places: None, client: Client) -> None:
        factories.offer(slug="club", name="Tekenclub")
        found = asked(client, "tekenc")
        assert found["said"] == "1 suggestie"
        assert found["suggestions"][0]["href"] == "/enschede/hulp/club/"

    def test_keeps_nothing(self, places: None, client: Client) -> None:
        answer = client.get("/enschede/hulp/suggesties/?q=geheim")
        assert answer["Cache-Control"] == "private, no-store"
        assert not answer.cookies

    @pytest.mark.parametrize(
        "typed", ["", "x", "x" * 4_000, "😭" * 100, "\x00", '" OR 1=1 --', "a:* NEAR(b)", "mijn " * 900]
    )
    def test_any_input_gives_an_answer(self, places: None, client: Client, typed: str) -> None:
        assert isinstance(asked(client, typed)["suggestions"], list)

    def test_too_often_is_refused_with_nothing_and_searching_goes_on(
        self, places: None, client: Client, settings: Any, still_clock: None
    ) -> None:
        settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "suggest": 1}
        asked(client, "omgang")
        answer = client.get("/enschede/hulp/suggesties/?q=omgang")
        assert answer.status_code == 429
        assert answer.json()["suggestions"] == []
        assert int(answer["Retry-After"]) > 0
        assert client.get("/enschede/hulp/?q=omgang").status_code == 200

    def test_nothing_but_reading_is_taken(self, places: None, client: Client) -> None:
        assert client.post("/enschede/hulp/suggesties/").status_code == 405
