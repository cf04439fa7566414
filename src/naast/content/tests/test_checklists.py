"""Lists to tick off: on the screen, on paper, beside the texts they belong to."""

import io

import pikepdf
import pytest

from naast.content import loading
from naast.content.level.prose import words
from naast.content.level.readability import measures_for
from naast.content.media import loading as extras_loading
from naast.content.media import queries as extras
from naast.content.media.models import Checklist

pytestmark = pytest.mark.django_db


def roles(element):
    """Yield the role of every element of the structure tree."""
    if isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S)
        if "/K" in element:
            yield from roles(element.K)
    elif isinstance(element, pikepdf.Array):
        for item in element:
            yield from roles(item)


class TestOnTheScreen:
    def test_all_lists_stand_by_whom_they_are_for(self, client, shared_tree):
        text = client.get("/enschede/lijsten/").content.decode()
        for card in extras.extras().lists.values():
            assert f"/enschede/lijsten/{card.key}/" in text

    def test_a_list_needs_no_script_and_keeps_nothing(self, client, shared_tree):
        answer = client.get("/enschede/lijsten/eerste-week/")
        text = answer.content.decode()
        assert text.count('type="checkbox"') == 12
        assert "naast-exit" in text
        assert not answer.cookies

    def test_a_list_for_children_looks_like_their_pages(self, client, shared_tree):
        assert "naast-kids" in client.get("/houten/lijsten/tas-tussen-twee-huizen/").content.decode()

    def test_an_unknown_list_or_place_is_not_there(self, client, shared_tree):
        assert client.get("/enschede/lijsten/geen-lijst/").status_code == 404
        assert client.get("/enschede/lijsten/geen-lijst.pdf").status_code == 404
        assert client.get("/amsterdam/lijsten/eerste-week/").status_code == 404

    def test_a_list_that_is_not_ready_is_not_there(self, client, shared_tree):
        Checklist.objects.get(key="eerste-week").delete()
        assert client.get("/enschede/lijsten/eerste-week/").status_code == 404

    def test_it_is_offered_beside_the_text_it_belongs_to(self, client, shared_tree):
        text = client.get("/enschede/ouders/hoe-vertellen-we-het-de-kinderen/").content.decode()
        assert "/enschede/lijsten/vertellen-aan-de-kinderen/" in text

    def test_it_is_offered_in_its_phase_of_life(self, client, shared_tree):
        assert "/enschede/lijsten/eerste-week/" in client.get("/enschede/ouders/uit-elkaar/").content.decode()


class TestOnPaper:
    @pytest.mark.parametrize("data", extras_loading.checklists(), ids=lambda data: data["key"])
    def test_each_list_is_a_tagged_paper_in_dutch_with_a_title(self, client, shared_tree, data):
        answer = client.get(f"/enschede/lijsten/{data['key']}.pdf")
        assert answer["Content-Type"] == "application/pdf"
        with pikepdf.open(io.BytesIO(answer.content)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == "nl-NL"
            assert str(pdf.docinfo["/Title"]) == data["title"]
            assert {"/H1", "/H2", "/L", "/LI", "/P"} <= set(roles(pdf.Root.StructTreeRoot.K))

    def test_the_name_in_the_list_of_downloads_says_nothing(self, client, shared_tree):
        answer = client.get("/enschede/lijsten/eerste-week.pdf")
        assert answer["Content-Disposition"] == 'attachment; filename="lijst.pdf"'

    def test_it_names_the_desk_but_not_to_a_child(self, shared_tree):
        from naast.content.media import papers
        from naast.content.tests.factories import place
        from naast.places.views import desk_context

        found = extras.checklist("eerste-week")
        told = papers._data(found, "Enschede", desk_context(place("enschede")))
        assert told["desk"]["title"] == "Vraag het iemand in Enschede"
        assert told["footer"] == "Naast Enschede"
        assert papers._data(found, "Enschede", None)["desk"] is None

    def test_many_papers_in_a_minute_are_slowed_down(self, client, shared_tree, settings, still_clock):
        settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "search": 1}
        client.get("/enschede/lijsten/eerste-week.pdf")
        answer = client.get("/enschede/lijsten/geld-en-wonen.pdf")
        assert (answer.status_code, "Retry-After" in answer) == (429, True)


class TestShippedWords:
    def test_there_are_enough_lists(self):
        assert len(extras_loading.checklists()) >= 5

    @pytest.mark.parametrize("data", extras_loading.checklists(), ids=lambda data: data["key"])
    def test_sentences_are_short(self, data):
        longest = measures_for(data["audiences"]).longest
        lines = [
            line
            for group in data["groups"]
            for item in group["items"]
            for line in (item["text"], item.get("why") or "")
        ]
        for line in [data["summary"], *lines]:
            assert all(len(words(part)) <= longest for part in line.split(". ")), line

    @pytest.mark.parametrize("script", extras_loading.scripts(), ids=lambda script: script.key)
    def test_a_film_speaks_in_short_sentences(self, script):
        from naast.content.media.rules import read_vtt

        longest = measures_for(script.audiences).longest
        assert all(len(words(cue.text)) <= longest for cue in read_vtt(script.subtitles["nl"]))

    def test_lists_stand_beside_pages_that_are_there(self):
        slugs = {page.slug for folder in ("articles", "roles", "pages") for page in loading.pages(folder)}
        for data in extras_loading.checklists():
            assert set(data.get("pages") or ()) <= slugs, data["key"]

    def test_each_article_and_role_says_first_what_it_comes_down_to(self):
        for folder in ("articles", "roles"):
            assert [page.slug for page in loading.pages(folder) if len(page.short) < 2] == []

    def test_texts_show_films_that_are_there_and_each_film_is_shown(self):
        pages = [page for folder in ("articles", "roles", "pages") for page in loading.pages(folder)]
        shown = {
            value["key"] for page in pages for kind, value in page.blocks if kind == "slot" and value["kind"] == "film"
        }
        assert shown == {script.key for script in extras_loading.scripts()}
