"""What a place declares, below the words that all places share: readers, children, the footer."""

import pytest

from naast.upkeep.statements import actions, rules
from naast.upkeep.statements.tests.factories import declared, place

pytestmark = pytest.mark.django_db


def test_readers_find_both_statements_from_the_footer_of_every_page(client, shared_tree):
    declared()
    page = client.get("/enschede/").content.decode()
    assert 'href="/enschede/privacy/"' in page
    assert 'href="/enschede/toegankelijkheid/"' in page
    privacy = client.get("/enschede/privacy/").content.decode()
    assert "Gemeente Test" in privacy
    assert "fg@test.example" in privacy
    accessibility = client.get("/enschede/toegankelijkheid/").content.decode()
    assert "eerste maatregelen genomen" in accessibility
    assert "toegankelijk@test.example" in accessibility


def test_a_new_statement_is_on_the_shared_page_at_once(client, shared_tree):
    assert "nog niet ingevuld" in client.get("/enschede/privacy/").content.decode()
    declared()
    assert "Gemeente Test" in client.get("/enschede/privacy/").content.decode()


def test_what_a_place_declares_never_becomes_markup(client, shared_tree):
    declared()
    actions.load(
        place=place(),
        kind="contact",
        statement=rules.Contact("<script>alert(1)</script>", "1", "a@b.example", "<b>P</b>", "", "yes"),
    )
    page = client.get("/enschede/privacy/").content.decode()
    assert "<script>alert(1)" not in page
    assert "<b>P</b>" not in page


def test_children_read_it_in_their_own_words_and_their_footer_leads_there(client, shared_tree):
    from naast.content import loading

    path = "/enschede/kinderen/wat-weet-naast-van-jou/"
    assert f'href="{path}"' in client.get("/enschede/kinderen/").content.decode()
    assert client.get(path).status_code == 200
    text = next(page for page in loading.pages("articles") if page.slug == "wat-weet-naast-van-jou")
    words = sum(len(str(value).split()) for _kind, value in text.blocks)
    assert words <= 150
