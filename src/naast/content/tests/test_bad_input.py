"""What an editor does wrong gets an answer in words; nothing typed is lost, and readers see nothing broken."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from naast.content import uses
from naast.content.models import ArticlePage, FaqEntry
from naast.content.tests.factories import article, editor_of, regional_editor_of, texts
from naast.people.tests.factories import sign_in

pytestmark = pytest.mark.django_db
ENDLESS = " ".join(["woord"] * 600) + "."
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {mso-style-parent:""}</style>
</head><body><!--[if gte mso 9]><xml>opmerking</xml><![endif]--><p class="MsoNormal" style="mso-margin-top-alt:auto">
<font face="Calibri">Luister eerst, <b style="mso-bidi-font-weight:normal">rustig</b>.<o:p></o:p></font></p>
<ul><li class="MsoListParagraph" style="mso-list:l0">Eerst dit</li></ul>
<table class="MsoTableGrid"><tr><td>Maandag</td><td>Bij mama</td></tr></table>
<p onclick="alert(1)"><a href="https://www.rijksoverheid.nl/">Meer</a> <a href="javascript:alert(1)">niet</a></p>
<script>alert(1)</script></body></html>"""
ADDRESS = "/enschede/omgeving/kies-geen-kant/"


@pytest.fixture
def lotte(client, shared_tree):
    """A regional editor, signed in."""
    return sign_in(client, regional_editor_of("twente"))


def form_of(page: ArticlePage, body: list[tuple[str, object]] | None = None, **changes: object) -> dict[str, str]:
    """What the form of an article sends."""
    values = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "short": page.short,
        "audiences": page.audiences,
        "phases": page.phases,
        "subjects": page.subjects,
        "related": page.related,
        "drawing": page.drawing,
        "owner_name": page.owner_name,
        "sources": page.sources,
        "body": streamfield(body if body is not None else [("text", rich_text("<p>Nieuwe woorden.</p>"))]),
        "comments": inline_formset([]),
        **changes,
    }
    return nested_form_data(values)


def send(client, page: ArticlePage, data: dict[str, str], *, publish: bool = True):
    button = {"action-publish": "1"} if publish else {}
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**data, **button})


def shown(client, address: str = ADDRESS) -> str:
    return client.get(address).content.decode()


class TestAnEndlessSentence:
    @pytest.mark.parametrize(
        "changes",
        [{"body": [("text", rich_text(f"<p>{ENDLESS}</p>"))]}, {"body": [("quote", ENDLESS)]}, {"short": ENDLESS}],
        ids=["text", "quote", "in short"],
    )
    def test_does_not_reach_readers_and_is_said_with_its_length(self, client, lotte, changes):
        page = article("kies-geen-kant")
        body = changes.pop("body", None)
        answer = send(client, page, form_of(page, body, **changes))
        assert answer.status_code == 200
        assert "Deze zin heeft 600 woorden" in json.dumps(answer.content.decode(), ensure_ascii=False)
        assert "woord woord woord" in answer.content.decode()  # what was typed stands there
        assert "woord woord woord" not in shown(client)

    def test_can_always_be_kept_as_a_draft(self, client, lotte):
        page = article("kies-geen-kant")
        answer = send(client, page, form_of(page, [("text", rich_text(f"<p>{ENDLESS}</p>"))]), publish=False)
        assert answer.status_code == 302
        page.refresh_from_db()
        assert ENDLESS in str(page.get_latest_revision_as_object().body)
        assert "woord woord woord" not in shown(client)

    def test_is_not_handed_in_for_review_either(self, client, lotte):
        page = article("kies-geen-kant")
        data = form_of(page, [("text", rich_text(f"<p>{ENDLESS}</p>"))])
        assert (
            client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**data, "action-submit": "1"}).status_code
            == 200
        )
        assert page.current_workflow_state is None

    def test_in_an_answer_is_held_back_too(self, client, lotte):
        entry = FaqEntry.objects.filter(locale__language_code="nl").first() or FaqEntry.objects.first()
        data = nested_form_data(
            {
                "question": entry.question,
                "answer": rich_text(f"<p>{ENDLESS}</p>"),
                "audiences": entry.audiences,
                "key": entry.key,
                "order": entry.order,
                "owner_name": entry.owner_name,
                "sources": entry.sources,
            }
        )
        address = reverse("wagtailsnippets_content_faqentry:edit", args=[entry.pk])
        answer = client.post(address, {**data, "action-publish": "1"})
        assert "Deze zin heeft 600 woorden" in answer.content.decode()
        assert client.post(address, data).status_code == 302  # as a draft
        entry.refresh_from_db()
        assert ENDLESS not in entry.answer

    def test_in_a_places_own_words_stays_typed(self, client, shared_tree):
        sign_in(client, editor_of("enschede"))
        answer = client.post("/beheer/plekken/enschede/ontmoeten/", {"body": ENDLESS, "review_due": "2099-01-01"})
        assert answer.status_code == 422
        assert "Knip" in answer.content.decode()
        assert ENDLESS in answer.content.decode()

    @pytest.mark.parametrize("code", ['<p class="MsoNormal">', "</o:p>", "{{slot:own key=wonen}}"])
    def test_codes_in_a_places_own_words_are_named_before_a_reader_sees_them(self, client, shared_tree, code):
        sign_in(client, editor_of("enschede"))
        typed = {"body": f"Bel ons. {code} Tot snel.", "review_due": "2099-01-01"}
        answer = client.post("/beheer/plekken/enschede/ontmoeten/", typed)
        assert answer.status_code == 422
        assert "staan codes, zoals" in answer.content.decode()
        assert "Tot snel." in answer.content.decode()

    def test_fewer_than_is_no_code(self, client, shared_tree):
        sign_in(client, editor_of("enschede"))
        typed = {"body": "Voor kinderen < 8 jaar en > 4 jaar.", "review_due": "2099-01-01"}
        assert client.post("/beheer/plekken/enschede/ontmoeten/", typed).status_code == 302

    def test_who_takes_old_words_away_needs_no_new_day(self, client, shared_tree):
        sign_in(client, editor_of("enschede"))
        gone = {"body": "", "review_due": "2020-01-01"}
        assert client.post("/beheer/plekken/enschede/wonen/", gone).status_code == 302

    def test_an_ordinary_text_is_published(self, client, lotte):
        page = article("kies-geen-kant")
        assert send(client, page, form_of(page)).status_code == 302
        assert "Nieuwe woorden." in shown(client)


class TestAnEmptySlot:
    def test_a_slot_without_a_choice_waits_as_a_draft(self, client, lotte):
        page = article("kies-geen-kant")
        body = [("text", rich_text("<p>Nieuwe woorden.</p>")), ("own", {"key": ""})]
        assert send(client, page, form_of(page, body)).status_code == 200
        assert "Nieuwe woorden." not in shown(client)
        assert send(client, page, form_of(page, body), publish=False).status_code == 302

    def test_readers_see_no_hole_where_a_slot_names_nothing(self, client, shared_tree):
        page = article("kies-geen-kant")
        page.body = [
            ("text", "<p>Voor.</p>"),
            ("own", {"key": ""}),
            ("own", {"key": "bestaat-niet"}),
            ("text", "<p>Na.</p>"),
        ]
        page.save_revision().publish()
        page_shown = shown(client)
        assert "Voor." in page_shown
        assert "Na." in page_shown
        assert "bestaat-niet" not in page_shown


class TestWhatLeadsToAPage:
    def test_is_named_before_the_page_is_deleted(self, client, lotte):
        page = article("kies-geen-kant")
        other = texts(article("twee-huizen"), f'<a linktype="page" id="{page.pk}">kies geen kant</a>')
        other.save_revision().publish()
        named = (
            article("school-na-de-scheiding")
            if ArticlePage.objects.filter(shipped_slug="school-na-de-scheiding").exists()
            else article("is-het-mijn-schuld")
        )
        named.related = "kies-geen-kant"
        named.save_revision().publish()
        found = {use.where for use in uses.of_pages([Page.objects.get(pk=page.pk)])}
        assert {other.title, named.title} <= found

    @pytest.mark.parametrize("act", ["delete", "unpublish"])
    def test_is_named_on_the_page_that_asks_for_confirmation(self, client, lotte, act):
        page = article("twee-huizen")
        source = article("is-het-mijn-schuld")
        source.related = "twee-huizen"
        source.save_revision().publish()
        answer = client.get(reverse(f"wagtailadmin_pages:{act}", args=[page.pk]))
        assert source.title in answer.content.decode().replace("&#x27;", "'")

    def test_keeps_the_pages_name_in_its_address(self, client, lotte):
        page = article("twee-huizen")
        source = article("is-het-mijn-schuld")
        source.related = "twee-huizen"
        source.save_revision().publish()
        answer = send(client, page, form_of(page, slug="een-ander-adres"))
        assert answer.status_code == 200
        assert "Andere teksten noemen deze pagina" in answer.content.decode()

    def test_follows_a_page_that_is_moved(self, client, shared_tree):
        page = article("kies-geen-kant")
        source = texts(article("twee-huizen"), f'<a linktype="page" id="{page.pk}">kies geen kant</a>')
        source.save_revision().publish()
        page.move(article("twee-huizen").get_parent(), pos="last-child")
        assert 'href="/enschede/kinderen/kies-geen-kant/"' in shown(client, "/enschede/kinderen/twee-huizen/")
        assert client.get(ADDRESS).url == "/enschede/kinderen/kies-geen-kant/"


class TestTitles:
    @pytest.mark.parametrize("title", ["", "   ", "\u00a0 \t"])
    def test_a_title_of_nothing_is_refused(self, client, lotte, title):
        page = article("kies-geen-kant")
        assert send(client, page, form_of(page, title=title)).status_code == 200
        page.refresh_from_db()
        assert page.title.strip()

    def test_a_title_that_is_too_long_is_refused_in_words(self, client, lotte):
        page = article("kies-geen-kant")
        answer = send(client, page, form_of(page, title="Een titel " * 40)).content.decode()
        assert "255 tekens" in answer
        assert "Een titel Een titel" in answer

    def test_an_address_that_is_taken_is_said(self, client, lotte):
        page = article("kies-geen-kant")
        other = page.get_siblings(inclusive=False).first()
        answer = send(client, page, form_of(page, slug=other.slug)).content.decode()
        assert "al in gebruik" in answer or "wordt al gebruikt" in answer or "reeds in gebruik" in answer

    @pytest.mark.parametrize("title", ["Samen 👨‍👩‍👧 verder", "بيتان لي"])
    def test_any_writing_is_kept_and_shown(self, client, lotte, title):
        page = article("kies-geen-kant")
        body = [("text", rich_text("<p>Woorden 🙂 en مرحبا.</p>"))]
        assert send(client, page, form_of(page, body, title=title)).status_code == 302
        assert title in shown(client)
        assert "Woorden 🙂 en مرحبا." in shown(client)


class TestWordsFromElsewhere:
    def test_html_of_word_keeps_its_meaning_and_nothing_else(self, client, lotte):
        page = article("kies-geen-kant")
        data = form_of(page)
        data["body-0-value"] = WORD
        assert send(client, page, data).status_code == 302
        page.refresh_from_db()
        stored = str(page.body[0].value.source)
        for kept in (
            "Luister eerst",
            "<b>rustig</b>",
            "<li",
            "Maandag – Bij mama",
            'href="https://www.rijksoverheid.nl/"',
        ):
            assert kept in stored
        for gone in ("mso", "Mso", "o:p", "font", "style", "script", "alert", "onclick", "opmerking", "<table"):
            assert gone not in stored
        assert "Luister eerst" in shown(client)

    @pytest.mark.parametrize("broken", ["{kapot", "null", "[]", "5", ""])
    def test_a_broken_form_is_no_crash(self, client, lotte, broken):
        page = article("kies-geen-kant")
        data = form_of(page)
        data["body-0-value"] = broken
        assert send(client, page, data).status_code in (200, 302, 400)

    def test_markup_that_the_editor_does_not_know_never_reaches_the_page(self, client, lotte):
        page = article("kies-geen-kant")
        raw = {
            "blocks": [
                {
                    "key": "aaaaa", "text": "Uit <script>alert(1)</script> Word", "type": "atomic:word", "depth": 0,
                    "inlineStyleRanges": [{"offset": 0, "length": 3, "style": "MSO"}],
                    "entityRanges": [{"offset": 0, "length": 3, "key": 0}],
                }
            ],
            "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}},
        }  # fmt: skip
        data = form_of(page)
        data["body-0-value"] = json.dumps(raw)
        send(client, page, data)
        seen = shown(client)
        assert "<script>alert(1)" not in seen
        assert "javascript:" not in seen


def test_of_two_editors_the_second_hears_that_there_is_a_newer_version(client, lotte):
    page = article("kies-geen-kant")
    mine = page.save_revision()
    page.save_revision(user=regional_editor_of("drechtsteden"))
    data = {
        **form_of(page),
        "loaded_revision_id": str(mine.pk),
        "loaded_revision_created_at": mine.created_at.isoformat(),
    }
    answer = client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), data, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    assert "nieuwere versie" in answer.json()["error_message"]
