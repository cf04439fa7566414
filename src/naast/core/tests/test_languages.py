"""Languages: what an address says, what the interface speaks, how a text says that it is in another language."""

import pytest
from django.conf import settings
from django.utils.translation import get_language, get_language_info

from naast.core import languages
from naast.core.sharing import outside


class TestTheList:
    def test_dutch_comes_first_and_english_is_there(self):
        assert list(languages.known())[:2] == ["nl", "en"]

    @pytest.mark.parametrize("code", list(languages.known()))
    def test_each_has_words_of_its_own_and_the_direction_that_django_knows(self, code):
        one = languages.known()[code]
        assert one.name
        assert one.dutch
        assert one.direction == ("rtl" if get_language_info(code)["bidi"] else "ltr")
        assert code == "nl" or (one.notice and one.urgent)

    def test_editors_choose_from_this_list(self):
        assert dict(settings.WAGTAIL_CONTENT_LANGUAGES)["tr"] == "Turks"


class TestReading:
    def test_the_interface_follows_english_and_stays_dutch_under_any_other_language(self):
        with languages.reading_in("en"):
            assert (languages.reading(), get_language()) == ("en", "en")
        with languages.reading_in("tr"):
            assert (languages.reading(), get_language()) == ("tr", "nl")
        assert languages.reading() == "nl"

    def test_words_in_the_language_around_them_say_nothing(self):
        assert languages.attributes("nl") == ""
        with languages.reading_in("en"):
            assert languages.attributes("en") == ""

    def test_words_in_another_language_say_which_and_how_they_run(self):
        with languages.reading_in("en"):
            assert languages.attributes("nl") == ' lang="nl" dir="ltr"'
        with languages.reading_in("ar"):
            assert languages.attributes("ar") == ' lang="ar" dir="rtl"'
            assert languages.attributes("nl") == ""

    def test_somebodys_dutch_words_are_marked_and_escaped_on_an_english_page(self):
        assert languages.dutch("a < b") == "a < b"
        with languages.reading_in("en"):
            assert languages.dutch("a < b") == '<span lang="nl" dir="ltr">a &lt; b</span>'


class TestTheHousesOwnAddresses:
    def test_what_residents_see_keeps_their_language(self):
        with languages.reading_in("en"):
            assert (outside("lockers:open"), outside("start")) == ("/en/kluisje/", "/en/")

    def test_what_staff_and_machines_use_has_one_language(self):
        with languages.reading_in("en"):
            assert outside("leave") == "/-/weg/"
            assert outside("wagtailadmin_home") == "/beheer/"
