"""Editors see the language level: while they type, and of all texts in one list; readers see who tried a text."""

from datetime import date

import pytest

from naast.content.level import queries as level_list
from naast.content.models import ArticlePage
from naast.content.tests.factories import article, editor_of, place, regional_editor_of, texts
from naast.people.tests.factories import sign_in, staff

pytestmark = pytest.mark.django_db
LIST, MEASURE = "/beheer/taalniveau/", "/beheer/taalniveau/meten/"
BLOCK = '{"key":"a","type":"unstyled","text":"%s","depth":0,"inlineStyleRanges":[],"entityRanges":[],"data":{}}'
DRAFT = f'{{"blocks":[{BLOCK}],"entityMap":{{}}}}'


def editor(client):
    return sign_in(client, regional_editor_of("twente"))


def body(words: str) -> dict[str, str]:
    return {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "",
        "body-0-value": DRAFT % words,
    }


def measured(client, **posted) -> str:
    answer = client.post(MEASURE, posted)
    assert answer.status_code == 200
    return answer.content.decode()


class TestWhileTyping:
    def test_what_is_typed_is_measured_for_its_readers(self, client, shared_tree):
        editor(client)
        sentence = " ".join(["Woord", *["woord"] * 16]) + "."
        assert "Dit leest goed." in measured(client, audiences="ouders", **body(sentence))
        assert "17 woorden; hoogstens 15." in measured(client, audiences="kinderen", **body(sentence))

    def test_a_hard_word_comes_with_another(self, client, shared_tree):
        editor(client)
        assert "Liever: geven." in measured(client, audiences="ouders", short="Wij verstrekken hulp.")

    def test_a_sentence_of_600_words_gets_a_clear_message(self, client, shared_tree):
        editor(client)
        page = measured(client, audiences="ouders", **body(" ".join(["Woord", *["woord"] * 599]) + "."))
        assert "Deze zin telt 600 woorden. Dat leest niemand in één adem." in page

    def test_nothing_is_kept(self, client, shared_tree):
        editor(client)
        before = list(ArticlePage.objects.order_by("pk").values("pk", "latest_revision_id", "body"))
        measured(client, audiences="ouders", **body("Een geheim dat niemand kent."))
        assert list(ArticlePage.objects.order_by("pk").values("pk", "latest_revision_id", "body")) == before

    def test_markup_in_a_text_is_shown_and_not_run(self, client, shared_tree):
        editor(client)
        page = measured(client, short="<script>alert(1)</script> " + "woord " * 30)
        assert "<script>" not in page

    def test_an_empty_form_is_no_fault(self, client, shared_tree):
        editor(client)
        assert "Nog geen tekst." in measured(client)

    @pytest.mark.parametrize("bad", [{"body-count": "veel"}, {"body-count": "1"}])
    def test_a_broken_form_is_refused_without_a_crash(self, client, shared_tree, bad):
        editor(client)
        assert client.post(MEASURE, bad).status_code == 400

    def test_a_municipality_sees_it_beside_its_own_words(self, client, shared_tree):
        sign_in(client, editor_of("enschede"))
        assert f'data-level="{MEASURE}"' in client.get("/beheer/plekken/enschede/wonen/").content.decode()
        assert "Liever: geven." in measured(client, body="Wij verstrekken hulp.\n\n- en meer")

    def test_who_edits_nothing_does_not_measure(self, client, shared_tree):
        sign_in(client, staff("adviser", place("enschede")))
        assert client.post(MEASURE, {}).status_code in (302, 403)

    def test_the_panel_stands_beside_a_page(self, client, shared_tree):
        editor(client)
        page = client.get(f"/beheer/pages/{article('omgang-loopt-vast').pk}/edit/").content.decode()
        assert f'data-level="{MEASURE}"' in page
        assert "content/level.js" in page


class TestTheList:
    def test_every_text_stands_in_it_and_leads_to_its_editor(self, client, shared_tree):
        editor(client)
        page = client.get(LIST).content.decode()
        assert page.count('class="title"') == len(level_list.rows("title"))
        assert f"/beheer/pages/{article('twee-huizen').pk}/edit/" in page

    def test_what_is_to_be_mended_comes_first(self, client, shared_tree):
        texts(article("twee-huizen"), " ".join(["Woord", *["woord"] * 30]) + ".").save_revision().publish()
        assert level_list.rows("-todo")[0].title == "Twee huizen"

    @pytest.mark.parametrize("column", level_list.COLUMNS)
    def test_each_column_sorts_both_ways(self, shared_tree, column):
        up, down = level_list.rows(column), level_list.rows(f"-{column}")
        assert level_list._order(up[0], column) == level_list._order(down[-1], column)
        assert level_list._order(up[-1], column) == level_list._order(down[0], column)

    def test_an_unknown_column_falls_back(self, client, shared_tree):
        editor(client)
        assert client.get(f"{LIST}?sort=--drop").status_code == 200

    def test_it_is_in_the_menu_of_who_keeps_the_texts(self, client, shared_tree):
        editor(client)
        assert LIST in client.get("/beheer/").content.decode()


class TestTestedWithReaders:
    def test_nobody_is_named_where_nobody_tried_it(self, client, shared_tree):
        page = client.get("/enschede/kinderen/twee-huizen/").content.decode()
        assert "Getest met lezers" not in page

    def test_readers_and_editors_see_who_tried_it(self, client, shared_tree):
        page = article("twee-huizen")
        page.tested_on, page.tested_with = date(2026, 5, 3), "Vier kinderen lazen hem hardop."
        page.save_revision().publish()
        shown = client.get("/enschede/kinderen/twee-huizen/").content.decode().replace("\u00a0", " ")
        assert "Getest met lezers op 3 mei 2026. Vier kinderen lazen hem hardop." in shown
        (row,) = [row for row in level_list.rows("tested") if row.title == "Twee huizen"]
        assert row.tested == date(2026, 5, 3)
