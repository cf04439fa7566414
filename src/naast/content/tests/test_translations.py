"""Texts in other languages: as shipped, as editors make them, and what readers get while there is none."""

import re

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from naast.content import actions, library, loading, queries
from naast.content.languages import loading as translated
from naast.content.languages.rules import Said, pieces
from naast.content.models import ArticlePage, FaqEntry, HomePage, Slot
from naast.content.search import queries as search
from naast.content.tests.factories import article, editor_of, filled, place, regional_editor_of
from naast.core import languages
from naast.core.templatetags.naast import nbsp
from naast.people.tests.factories import sign_in
from naast.places.standing import At, standing

pytestmark = pytest.mark.django_db
PLAN = "een-ouderschapsplan-maken"
PLAN_EN = "making-a-parenting-plan"


def text(answer) -> str:
    assert answer.status_code == 200, answer
    return answer.content.decode()


def english(slug: str) -> ArticlePage:
    """Return the English translation of a shipped article."""
    return ArticlePage.objects.get(translation_key=article(slug).translation_key, locale__language_code="en")


def turkish() -> Locale:
    """Let an editor have added Turkish."""
    return Locale.objects.create(language_code="tr")


def in_turkish(page: Page, **words: str) -> Page:
    """Translate a page and everything above it, and publish."""
    locale = Locale.objects.get(language_code="tr")
    if not page.get_parent().is_root() and not page.get_parent().has_translation(locale):
        in_turkish(page.get_parent().specific)
    made = page.copy_for_translation(locale)
    for name, value in words.items():
        setattr(made, name, value)
    made.save_revision().publish()
    made.refresh_from_db()
    return made


class TestWhatIsShipped:
    def test_english_has_the_pages_that_most_people_need(self, shared_tree):
        words = translated.read("en")
        assert len(words.pages["articles"]) + len(words.pages["roles"]) >= 12
        assert len(words.faq) >= 12
        assert set(words.pages["pages"]) == {"privacy", "toegankelijkheid", "wie-zit-hierachter"}
        assert len(words.doors) == 5
        assert len(words.phases) == 6

    def test_no_address_of_an_english_page_is_dutch_but_of_those_that_templates_name(self):
        words = translated.read("en")
        for folder in ("articles", "roles"):
            for dutch, page in words.pages[folder].items():
                assert page.slug != dutch

    def test_what_an_english_text_links_to_and_leaves_open_exists(self):
        slugs = {page.slug for folder in ("articles", "roles", "pages") for page in loading.pages(folder)}
        keys = {str(slot["key"]) for slot in loading.slots()}
        words = translated.read("en")
        raws = [page.raw for pages in words.pages.values() for page in pages.values()]
        raws += [entry["answer"] for entry in words.faq.values()]
        for raw in raws:
            assert set(re.findall(r"\(naast:([a-z0-9-]+)\)", raw)) <= slugs
            assert set(re.findall(r"own key=([a-z-]+)", raw)) <= keys
            assert not re.search(r"\b0[89]00[- ]?\d", raw), "a number would age in a text"

    def test_sentences_are_short(self):
        words = translated.read("en")
        for pages in words.pages.values():
            for page in pages.values():
                longest = 15 if page.audiences == ("kinderen",) else 20
                for kind, value in page.blocks:
                    if kind == "text":
                        pieces_ = re.split(r"(?<=[.!?:])\s+|</?(?:p|li|ul|ol)>", value)
                        for sentence in pieces_:
                            assert len(re.findall(r"[\w’'-]+", re.sub("<[^>]+>", "", sentence))) <= longest, sentence

    def test_they_are_translations_that_editors_see_as_such(self, shared_tree):
        page = english(PLAN)
        assert page.slug == PLAN_EN
        assert article(PLAN).get_translation(Locale.objects.get(language_code="en")).pk == page.pk
        assert page.get_parent().get_translation(Locale.objects.get(language_code="nl")).slug == "ouders"

    def test_loading_again_makes_nothing_and_changes_nothing(self, shared_tree):
        counts = actions.load_shipped()
        assert (counts["made"], counts["changed"]) == (0, 0)

    def test_what_an_editor_changed_in_english_stays(self, shared_tree):
        page = english(PLAN)
        page.title = "Our own title"
        page.save_revision(user=regional_editor_of("twente")).publish()
        actions.load_shipped()
        assert english(PLAN).title == "Our own title"

    def test_a_translation_that_an_editor_made_first_is_not_made_twice(self, shared_tree):
        page = english(PLAN)
        page.shipped_slug = ""
        page.save_revision(user=regional_editor_of("twente")).publish()
        actions.load_shipped()
        assert ArticlePage.objects.filter(translation_key=page.translation_key).count() == 2


class TestReading:
    def test_a_page_has_its_own_address_in_english(self, client, shared_tree):
        page = text(client.get(f"/en/enschede/ouders/{PLAN_EN}/"))
        assert "<h1" in page
        assert "Making a parenting plan" in page
        assert "Wie moet een plan maken?" not in page

    @pytest.mark.parametrize(
        ("asked", "led"),
        [
            (f"/en/enschede/ouders/{PLAN}/", f"/en/enschede/ouders/{PLAN_EN}/"),
            (f"/enschede/ouders/{PLAN_EN}/", f"/enschede/ouders/{PLAN}/"),
        ],
    )
    def test_its_address_in_the_other_language_leads_to_it(self, client, shared_tree, asked, led):
        assert client.get(asked).headers["Location"] == led

    def test_dutch_stands_in_with_a_notice_and_says_that_it_is_dutch(self, client, shared_tree):
        page = text(client.get("/en/enschede/ouders/omgang-loopt-vast/"))
        assert "This page is not translated yet" in page
        assert re.search(r'<h1 class="utrecht-heading-1" lang="nl" dir="ltr">De omgang loopt vast', page)
        assert '<link rel="canonical" href="http://testserver/enschede/ouders/omgang-loopt-vast/">' in page

    def test_in_a_further_language_the_notice_is_in_that_language_and_in_dutch(self, client, shared_tree):
        turkish()
        page = text(client.get("/tr/enschede/ouders/omgang-loopt-vast/"))
        assert re.search(r'<html lang="nl"', page)  # the buttons around it are Dutch
        assert '<p class="utrecht-paragraph" lang="tr" dir="ltr">Bu sayfa' in page
        assert "Deze pagina is nog niet vertaald" in page

    def test_arabic_leads_to_the_emergency_page_in_arabic(self, client, shared_tree):
        page = text(client.get("/ar/enschede/ouders/"))
        assert '<p class="utrecht-paragraph" lang="ar" dir="rtl">' in page
        assert '<a class="utrecht-link utrecht-link--html-a" href="/ar/enschede/hulp-nu/">' in page

    def test_links_in_an_english_text_lead_to_english_pages(self, client, shared_tree):
        page = text(client.get("/en/enschede/ouders/when-there-is-strain-between-you/"))
        assert 'href="/en/enschede/ouders/when-you-are-afraid-of-the-other/"' in page

    def test_a_door_shows_each_page_once_translated_where_it_is(self, client, shared_tree):
        page = text(client.get("/en/enschede/ouders/"))
        assert page.count(f'href="/en/enschede/ouders/{PLAN_EN}/"') == 1
        assert f"/ouders/{PLAN}/" not in page
        assert re.search(r'href="/en/enschede/ouders/omgang-loopt-vast/" lang="nl" dir="ltr">', page)

    def test_questions_are_english_where_they_are_and_marked_where_not(self, client, shared_tree):
        dutch_only = FaqEntry.objects.create(
            key="alleen-nl", question="Alleen Nederlands?", answer="<p>Ja.</p>", audiences=["ouders"], live=True
        )
        page = text(client.get("/en/enschede/vragen/"))
        assert "Do I have to say my name?" in page
        assert "Moet ik mijn naam zeggen?" not in page
        assert re.search(rf'id="vraag-{dutch_only.key}" lang="nl" dir="ltr"', page)

    def test_national_words_of_a_slot_are_english_and_a_places_own_are_marked(self, shared_tree):
        with standing(At(place("zwolle"), "en")):
            assert queries.words_for("wonen", place("zwolle")).body.startswith("Ask your municipality")
            filled("zwolle", "wonen", "Bel ons.")
            words = queries.words_for("wonen", place("zwolle"))
        assert (words.title, words.body, words.language) == ("A place to live", "Bel ons.", "nl")

    def test_a_search_finds_a_page_once_in_the_readers_language(self, shared_tree):
        with standing(At(place("enschede"), "en")):
            english_ = search.everything("parenting plan", place("enschede"), "en")
            dutch = search.everything("ouderschapsplan", place("enschede"), "en")
        assert english_.pages[0].path == f"ouders/{PLAN_EN}/"
        assert f"ouders/{PLAN}/" not in [text.path for text in dutch.pages]

    def test_a_reader_is_shown_the_languages_a_page_is_in(self, client, shared_tree):
        dutch = text(client.get(f"/enschede/ouders/{PLAN}/"))
        assert f'<link rel="alternate" hreflang="en" href="http://testserver/en/enschede/ouders/{PLAN_EN}/">' in dutch
        assert re.search(rf'href="/en/enschede/ouders/{PLAN_EN}/"\s+lang="en"', dutch)
        only_dutch = text(client.get("/enschede/ouders/omgang-loopt-vast/"))
        assert 'rel="alternate"' not in only_dutch
        assert re.search(r'href="/en/enschede/ouders/omgang-loopt-vast/"\s+lang="en"', only_dutch)

    def test_a_page_in_english_stays_within_the_budget_of_queries(
        self, client, shared_tree, django_assert_max_num_queries
    ):
        client.get(f"/en/enschede/ouders/{PLAN_EN}/")
        with django_assert_max_num_queries(12):
            client.get(f"/en/enschede/ouders/{PLAN_EN}/")


class TestWhatEditorsTranslate:
    def test_a_published_translation_is_read_under_its_language(self, client, shared_tree):
        turkish()
        in_turkish(article("omgang-loopt-vast"), title="Görüşme tıkandı", slug="gorusme-tikandi")
        page = text(client.get("/tr/enschede/ouders/gorusme-tikandi/"))
        assert 'lang="tr" dir="ltr">Görüşme tıkandı</h1>' in page
        assert "Görüşme" not in text(client.get("/enschede/ouders/"))

    def test_it_is_seen_at_once_by_those_who_hold_the_tree_in_memory(self, client, shared_tree):
        turkish()
        assert "Bu sayfa" in text(client.get("/tr/enschede/ouders/omgang-loopt-vast/"))
        in_turkish(article("omgang-loopt-vast"), title="Görüşme tıkandı")
        assert "Görüşme tıkandı" in text(client.get("/tr/enschede/ouders/omgang-loopt-vast/"))

    def test_what_was_left_in_dutch_is_marked_piece_by_piece(self, client, shared_tree):
        turkish()
        in_turkish(article("omgang-loopt-vast"), title="Görüşme tıkandı")
        page = text(client.get("/tr/enschede/ouders/omgang-loopt-vast/"))
        assert '<div class="naast-flow" lang="tr" dir="ltr">' in page
        assert re.search(r'<p class="utrecht-paragraph" lang="nl" dir="ltr">Omgang is een van de punten', page)

    def test_a_copy_that_only_follows_the_dutch_page_is_no_translation(self, client, shared_tree):
        turkish()
        in_turkish(article(PLAN), title="Ebeveynlik planı")
        door = Page.objects.get(locale__language_code="tr", slug="ouders")
        Page.objects.filter(pk=door.pk).update(alias_of=article(PLAN).get_parent().pk)
        queries.forget()
        assert "Bu sayfa" in text(client.get("/tr/enschede/ouders/"))

    def test_a_draft_is_not_read(self, client, shared_tree):
        turkish()
        in_turkish(article("omgang-loopt-vast"), title="Görüşme").unpublish()
        assert "Bu sayfa" in text(client.get("/tr/enschede/ouders/omgang-loopt-vast/"))

    def test_loading_does_not_take_a_translation_for_the_shipped_page(self, shared_tree):
        turkish()
        made = in_turkish(article("omgang-loopt-vast"), title="Görüşme tıkandı")
        actions.load_shipped(overwrite=True)
        made.refresh_from_db()
        assert made.title == "Görüşme tıkandı"

    def test_a_question_and_a_slot_get_a_row_of_their_own(self, shared_tree):
        locale = turkish()
        for model, key in ((FaqEntry, "naam-nodig"), (Slot, "wonen")):
            copy = model.objects.get(key=key).copy_for_translation(locale)
            copy.save()
            assert copy.key == f"{key}-tr"
            assert copy.get_translation(Locale.objects.get(language_code="nl")).key == key
        assert "wonen-tr" not in library.library().slots

    def test_a_questions_copy_is_no_translation_until_its_words_differ(self, shared_tree):
        locale = turkish()
        copy = FaqEntry.objects.get(key="naam-nodig").copy_for_translation(locale)
        copy.save()
        with languages.reading_in("tr"):
            assert not [entry for entry in queries.faq_for() if entry.language == "tr"]
            copy.question = "Adımı söylemek zorunda mıyım?"
            copy.save()
            assert [entry.question for entry in queries.faq_for() if entry.language == "tr"] == [copy.question]

    def test_an_old_address_leads_to_the_page_in_the_language_asked_for(self, client, shared_tree):
        # All languages share one list of old addresses.
        Redirect.objects.create(old_path="/oud", site=Site.objects.get(), redirect_page=english(PLAN))
        assert client.get("/enschede/oud/").headers["Location"] == f"/enschede/ouders/{PLAN}/"
        assert client.get("/en/enschede/oud/").headers["Location"] == f"/en/enschede/ouders/{PLAN_EN}/"

    def test_view_live_in_the_admin_shows_a_translation_in_its_language(self, shared_tree):
        with standing(At(place("enschede"))):
            assert english(PLAN).get_url_parts()[2] == f"/en/enschede/ouders/{PLAN_EN}/"
            assert article(PLAN).get_url_parts()[2] == f"/enschede/ouders/{PLAN}/"


class TestWhoMayTranslate:
    def test_keepers_of_shared_pages_add_languages_and_translate(self, client, shared_tree):
        sign_in(client, regional_editor_of("twente"))
        pk = article("omgang-loopt-vast").pk
        assert client.get("/beheer/locales/").status_code == 200
        assert client.post("/beheer/locales/new/", {"language_code": "tr"}).status_code == 302
        assert client.get(f"/beheer/localize/submit/page/{pk}/").status_code == 200
        assert client.get("/tr/enschede/").status_code == 200

    @pytest.mark.parametrize("path", ["/beheer/locales/", "/beheer/localize/reports/translations/"])
    def test_who_only_fills_slots_does_not(self, client, shared_tree, path):
        assert sign_in(client, editor_of("enschede")).get(path).status_code == 403

    def test_a_new_languages_tree_is_theirs_to_edit(self, client, shared_tree):
        turkish()
        in_turkish(article("omgang-loopt-vast"))
        home = HomePage.objects.get(locale__language_code="tr")
        editor = regional_editor_of("twente")
        actions.let_in(user=editor)
        assert home.permissions_for_user(editor).can_publish()


class TestPieces:
    def test_spaces_that_hold_words_together_make_no_difference(self, shared_tree):
        page = article("omgang-loopt-vast")
        page.title = "Een plan van 6 weken"
        with languages.reading_in("tr"):
            said = Said("tr", pieces(page))
            assert said.attr(nbsp(page.title)) == ""  # Dutch, as the page around it
            assert said.attr("Altı hafta") == ' lang="tr" dir="ltr"'
