"""The glossary: loaded once, shown by alphabet, explained where a term stands first; editors keep it short."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from naast.content import loading
from naast.content.glossary import queries as glossary
from naast.content.glossary.loading import load_terms
from naast.content.models import FaqEntry, GlossaryTerm
from naast.content.tests.factories import article, regional_editor_of, texts
from naast.core import generations
from naast.people.tests.factories import sign_in

pytestmark = pytest.mark.django_db
ARTICLE = "/enschede/ouders/omgang-loopt-vast/"
LIST = "/enschede/woordenlijst/"


def marks(page: str) -> list[str]:
    return re.findall(r'popovertarget="uitleg-([^"]+)"', page)


def text_of(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def published(slug: str, words: str) -> str:
    page = texts(article(slug), words)
    page.short = ""
    page.summary = "Kort."
    page.save_revision().publish()
    return f"/enschede/{page.get_parent().slug}/{page.slug}/"


class TestLoading:
    def test_at_least_forty_terms_come_with_a_source_and_an_explanation(self, shared_tree):
        terms = glossary.terms()
        assert len(terms) >= 40
        assert all(term.text and term.sources for term in terms)

    @pytest.mark.parametrize("term", loading.glossary(), ids=lambda term: term["term"])
    def test_each_explanation_is_at_most_two_short_sentences(self, term):
        found = glossary.faults_of(term["text"], term.get("simple") or "")
        assert found == {"text": [], "simple": []}

    def test_no_form_belongs_to_two_terms(self):
        forms = [form.lower() for term in loading.glossary() for form in (term["term"], *(term.get("forms") or ()))]
        assert sorted(form for form in set(forms) if forms.count(form) > 1) == []

    def test_loading_again_adds_nothing_and_keeps_what_an_editor_wrote(self, shared_tree):
        GlossaryTerm.objects.filter(key="gezag").update(text="Onze eigen uitleg.")
        assert load_terms() == 0
        assert GlossaryTerm.objects.get(key="gezag").text == "Onze eigen uitleg."


class TestEditing:
    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("Een zin. Nog een zin. En een derde.", "3 zinnen"),
            (" ".join(["Woord", *["woord"] * 24]) + ".", "25 woorden"),
        ],
    )
    def test_an_explanation_that_explains_nothing_is_refused(self, shared_tree, text, says):
        term = GlossaryTerm.objects.get(key="gezag")
        term.text = text
        with pytest.raises(ValidationError, match=says):
            term.full_clean()

    def test_a_change_shows_at_once(self, client, shared_tree):
        text_of(client, LIST)
        term = GlossaryTerm.objects.get(key="gezag")
        term.text = "Wie mag beslissen."
        term.save()
        assert "Wie mag beslissen." in text_of(client, LIST)

    def test_what_is_taken_offline_explains_nothing(self, client, shared_tree):
        GlossaryTerm.objects.filter(key="gezag").update(live=False)
        generations.bump()
        assert "uitleg-gezag" not in text_of(client, published("omgang-loopt-vast", "Wie heeft gezag?"))


class TestInTheAdmin:
    def form(self, **changes):
        term = {"term": "gezag", "forms": "ouderlijk gezag", "text": "Wie mag beslissen.", "simple": "", "key": "gezag"}
        kept = {"owner_name": "Redactie", "sources": "Bron", "checked_on": "", "review_due": ""}
        return {**term, **kept, "tested_on": "", "tested_with": "", "action-publish": "1", **changes}

    def edit(self, client, **changes):
        sign_in(client, regional_editor_of("twente"))
        pk = GlossaryTerm.objects.get(key="gezag").pk
        return client.post(f"/beheer/snippets/content/glossaryterm/edit/{pk}/", self.form(**changes))

    def test_an_editor_of_the_shared_texts_changes_an_explanation(self, client, shared_tree):
        assert self.edit(client).status_code == 302
        assert "Wie mag beslissen." in text_of(client, LIST)

    def test_too_much_explanation_comes_back_with_what_was_typed(self, client, shared_tree):
        answer = self.edit(client, text="Een zin. Nog een zin. En een derde.")
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "Dit zijn 3 zinnen; hoogstens 2." in page
        assert "Een zin. Nog een zin. En een derde." in page

    def test_a_new_term_gets_a_language_and_shows(self, client, shared_tree):
        sign_in(client, regional_editor_of("twente"))
        answer = client.post(
            "/beheer/snippets/content/glossaryterm/add/", self.form(term="spreekrecht", key="spreekrecht", forms="")
        )
        assert answer.status_code == 302
        assert GlossaryTerm.objects.get(key="spreekrecht").locale.language_code == "nl"
        assert 'id="spreekrecht"' in text_of(client, LIST)


class TestTheList:
    def test_every_term_has_an_address_under_its_letter(self, client, shared_tree):
        page = text_of(client, LIST)
        for term in glossary.terms():
            assert f'id="{term.key}"' in page
            assert f'href="#letter-{term.letter.lower()}"' in page

    def test_it_is_linked_from_the_foot(self, client, shared_tree):
        assert f'href="{LIST}"' in text_of(client, "/enschede/vragen/").split("<footer")[1]

    @pytest.mark.parametrize("path", ["/amsterdam/woordenlijst/", "/woordenlijst/"])
    def test_outside_a_place_that_takes_part_it_is_not_there(self, client, shared_tree, path):
        assert client.get(path).status_code == 404

    def test_a_region_has_it_too(self, client, shared_tree):
        assert client.get("/twente/woordenlijst/").status_code == 200


class TestInTexts:
    def test_a_term_is_explained_once_and_leads_to_the_list_of_this_place(self, client, shared_tree):
        page = text_of(
            client, published("omgang-loopt-vast", "Wie heeft gezag? Gezag delen jullie. Een mediator helpt.")
        )
        assert marks(page) == ["gezag", "mediator"]
        assert 'href="/enschede/woordenlijst/#gezag"' in page

    def test_the_first_place_is_in_the_summary_if_it_stands_there(self, client, shared_tree):
        page = article("omgang-loopt-vast")
        page.summary, page.short = "Een mediator & jij.", "Gezag delen jullie."
        texts(page, "Een mediator helpt bij gezag.").save_revision().publish()
        shown = text_of(client, ARTICLE)
        assert marks(shown) == ["mediator", "gezag"]
        assert "&amp; jij." in shown

    def test_children_get_the_simple_words_and_no_way_to_the_list_for_adults(self, client, shared_tree):
        page = text_of(client, published("is-het-mijn-schuld", "Een mediator helpt je ouders."))
        assert "Iemand die je ouders helpt om samen te praten." in page
        assert "/woordenlijst/#mediator" not in page.split("<footer")[0]

    def test_an_answer_explains_its_own_terms_and_no_id_stands_twice(self, client, shared_tree):
        for key in ("een", "twee"):
            FaqEntry.objects.create(key=key, question="Wat?", answer="<p>Een mediator helpt.</p>", audiences=["ouders"])
        found = marks(text_of(client, "/enschede/vragen/"))
        assert {"een-mediator", "twee-mediator"} <= set(found)
        assert len(found) == len(set(found))

    def test_a_language_without_terms_gets_no_dutch_ones(self, shared_tree):
        assert glossary.marker("ar", for_children=False) is None

    def test_a_page_costs_no_query_more(self, client, shared_tree):
        client.get(ARTICLE)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(ARTICLE + "?x=1")
        assert not [one["sql"] for one in seen if "glossaryterm" in one["sql"]]
