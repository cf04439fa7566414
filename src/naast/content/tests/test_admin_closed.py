"""What Wagtail would open to editors and this house does not; and a form that arrived in part."""

import html
import re

import pytest
from django.test import Client

from naast.content.tests.factories import article
from naast.people.tests.factories import sign_in, staff
from naast.places.queries import by_slug

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
REPORTS = ["site-history", "locked", "workflow", "workflow_tasks", "aging-pages", "page-types-usage"]


def fields_of(page):
    """Return the fields of a form as a browser would send them: names and values of its inputs."""
    found = re.findall(r"<input[^>]*>", page)
    pairs = [(re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one)) for one in found]
    return {name[1]: html.unescape(value[1]) if value else "" for name, value in pairs if name}


def editor(role, place):
    """Return a browser of somebody who edits at a place; a fault of ours is an answer, as readers meet it."""
    return sign_in(Client(raise_request_exception=False), staff(role, by_slug(place)))


def test_no_address_that_an_editor_names_is_fetched(settings):
    for role, place in (("editor", "enschede"), ("regional-editor", "twente")):
        client = editor(role, place)
        for address in ("/beheer/embeds/chooser/", "/beheer/embeds/chooser/upload/"):
            assert client.get(address).status_code == 404
            answer = client.post(address, {"embed-chooser-url": "http://169.254.169.254/latest/meta-data/"})
            assert answer.status_code == 404
    assert settings.WAGTAILEMBEDS_FINDERS == []


@pytest.mark.parametrize("report", REPORTS)
def test_reports_on_the_whole_site_are_for_who_keeps_the_shared_pages(report):
    assert editor("editor", "enschede").get(f"/beheer/reports/{report}/").status_code == 403
    assert editor("regional-editor", "twente").get(f"/beheer/reports/{report}/").status_code != 403


def parts(data):
    """Yield a form cut off at different places, as a connection that breaks leaves it."""
    names = list(data)
    for length in (0, 1, len(names) // 4, len(names) // 2, len(names) - 1):
        yield {name: data[name] for name in names[:length]}


@pytest.mark.parametrize("action", ["", "action-publish"])
def test_a_form_that_arrived_in_part_is_no_fault_of_ours_and_changes_nothing(shared_tree, action):
    page = article("omgang-loopt-vast")
    client = editor("regional-editor", "twente")
    address = f"/beheer/pages/{page.pk}/edit/"
    whole = fields_of(client.get(address).content.decode())
    assert len(whole) > 10
    for sent in parts(whole):
        answer = client.post(address, {**sent, **({action: "1"} if action else {})})
        assert answer.status_code < 500, sorted(sent)
        page.refresh_from_db()
        assert page.title == whole["title"]
        assert page.body


def test_before_a_shared_text_goes_it_says_how_many_places_show_it(shared_tree):
    page = article("omgang-loopt-vast")
    said = editor("regional-editor", "twente").get(f"/beheer/pages/{page.pk}/unpublish/").content.decode()
    assert "Deze tekst is van iedereen" in said
    assert "gemeenten laten hem zien" in said
