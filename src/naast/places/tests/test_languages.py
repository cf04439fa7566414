"""Addresses in a language, the emergency page in Arabic, help lines and hours in English."""

import re
from datetime import time

import pytest
import yaml
from wagtail.models import Locale

from naast.core import languages
from naast.places import emergency, queries, rules
from naast.places.rules import Hours, hours_in_words

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode()


class TestAddresses:
    def test_the_start_page_exists_in_english(self, client, places):
        page = text(client.get("/en/"))
        assert '<html lang="en"' in page
        assert 'href="/en/enschede/"' in page
        assert 'action="/en/kies/"' in page

    @pytest.mark.parametrize("typed", ["7511", "Enschede"])
    def test_choosing_a_place_keeps_the_language(self, client, places, typed):
        assert client.get("/en/kies/", {"postcode": typed}).headers["Location"] == "/en/enschede/"

    def test_staff_and_machines_have_no_language(self, client, places):
        for path in ("/en/loket/", "/en/beheer/", "/en/api/v1/", "/en/-/live"):
            assert client.get(path).status_code == 404, path

    def test_a_language_has_addresses_once_an_editor_added_it(self, client, places):
        assert client.get("/tr/enschede/").status_code == 404
        Locale.objects.create(language_code="tr")
        assert client.get("/tr/enschede/").status_code == 200
        Locale.objects.get(language_code="tr").delete()
        assert client.get("/tr/enschede/").status_code == 404

    def test_no_place_can_have_a_languages_code_as_its_slug(self):
        assert set(languages.known()) <= rules.RESERVED

    def test_no_municipality_has_one(self, places):
        assert not set(languages.known()) & set(queries.snapshot().by_slug)

    def test_each_language_is_told_to_search_engines_and_to_readers(self, client, places):
        page = text(client.get("/en/enschede/"))
        assert '<link rel="canonical" href="http://testserver/en/enschede/">' in page
        assert '<link rel="alternate" hreflang="nl" href="http://testserver/enschede/">' in page
        assert re.search(r'<a href="/enschede/"\s+lang="nl"\s+dir="ltr"\s+hreflang="nl">Nederlands</a>', page)

    def test_two_languages_of_one_page_are_held_apart(self, client, places):
        assert "Wie ben je?" in text(client.get("/enschede/"))
        assert "Who are you?" in text(client.get("/en/enschede/"))


class TestTheEmergencyPageInArabic:
    @pytest.fixture
    def page(self, client, places):
        return text(client.get("/ar/enschede/hulp-nu/"))

    def test_it_is_arabic_and_runs_from_right_to_left(self, page):
        assert re.search(r'<html lang="ar" dir="rtl"', page)
        assert "مساعدة عاجلة" in page

    def test_every_number_can_be_called_and_keeps_its_own_direction(self, page):
        for tel, number in (("112", "112"), ("08002000", "0800-2000"), ("113", "113"), ("08000432", "0800-0432")):
            assert f'href="tel:{tel}"' in page
            assert f'<bdi dir="ltr">{number}</bdi>' in page

    def test_times_stand_apart_too(self, page):
        assert '<bdi dir="ltr">11:00</bdi>' in page

    def test_dutch_in_it_says_that_it_is(self, page):
        assert '<dt lang="nl" dir="ltr">Ik ben in gevaar.</dt>' in page

    def test_it_lies_outside_every_place_too(self, client, places):
        assert "مساعدة عاجلة" in text(client.get("/ar/hulp-nu/"))

    @pytest.mark.parametrize("path", ["/enschede/hulp-nu/", "/en/enschede/hulp-nu/"])
    def test_the_dutch_and_the_english_page_lead_to_it_in_arabic_script(self, client, places, path):
        page = text(client.get(path))
        link = re.search(r'<a\b[^>]*href="/ar/enschede/hulp-nu/"[^>]*>[^<]*بالعربية', page)
        assert link
        assert all(part in link[0] for part in ('hreflang="ar"', 'lang="ar"', 'dir="rtl"'))

    def test_hours_that_the_words_cannot_say_are_left_out(self, places):
        line = next(line for line in queries.helplines() if line.key == "hear-my-voice")  # Monday to Friday
        assert line.hours
        assert emergency._hours(line, emergency.words("ar")["hours"]) == ""


@pytest.mark.parametrize("code", sorted(emergency.codes()))
def test_an_emergency_page_has_every_word_and_knows_only_lines_that_exist(code):
    words = emergency.words(code)
    shape = emergency.words("ar")
    for name in ("title", "lead", "call", "free", "more", "link", "elsewhere"):
        assert words[name], name
    for part in ("frame", "hours", "say", "know"):
        assert set(words[part]) == set(shape[part]), part
    keys = {row["slug"] for row in yaml.safe_load((emergency.DATA.parent / "helplines.yaml").read_text("utf-8"))}
    assert set(words["lines"]) <= keys
    assert {"112", "veilig-thuis", "113", "kindertelefoon"} <= set(words["lines"])
    assert code in languages.known()


class TestInEnglish:
    def test_help_lines_speak_english(self, places):
        with languages.reading_in("en"):
            line = next(line for line in queries.helplines() if line.key == "veilig-thuis")
            assert line.about.startswith("There is violence at home")
            assert line.hours_text == "day and night"

    def test_every_help_line_is_translated_whole(self):
        rows = yaml.safe_load((emergency.DATA.parent / "helplines.yaml").read_text("utf-8"))
        for row in rows:
            for field in ("about", "about_children", "hours_note"):
                assert bool(row[field]) == bool(row["en"].get(field)) or field == "hours_note", (row["slug"], field)

    def test_under_a_further_language_they_stay_dutch_like_the_buttons(self, places):
        with languages.reading_in("tr"):
            assert queries.helplines()[0].language == "nl"

    def test_hours_are_said_as_english_people_do(self):
        week = [Hours(day, time(9), time(17)) for day in range(1, 6)] + [Hours(6, time(10, 30), time(12))]
        assert hours_in_words(week, "en") == "Monday to Friday 9:00–17:00, Saturday 10:30–12:00"
        assert hours_in_words(week, "nl") == "maandag t/m vrijdag 9.00–17.00 uur, zaterdag 10.30–12.00 uur"


def test_two_slashes_behind_a_language_are_no_address(places, client):
    assert client.get("/en//elsewhere.example/").status_code == 404
    assert client.get("/en/").status_code == 200
