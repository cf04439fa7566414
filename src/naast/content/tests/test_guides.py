"""From a page to the guide that fits it: each phase to its own, each door to its own, a text to that of its phase."""

import pytest

pytestmark = pytest.mark.django_db
GUIDE = 'href="/enschede/wegwijzer/{}/"'


@pytest.fixture
def pages(shared_tree, shipped_guides, client):
    """Return a reader of the shipped pages and guides: path → text."""
    return lambda path: client.get(f"/enschede/{path}").text


def test_each_phase_of_life_leads_to_its_own_guide(pages):
    for phase, guide in (
        ("verwachting", "verwachten"),
        ("jonge-ouders", "verwachten"),
        ("uit-elkaar", "uit-elkaar"),
        ("na-scheiding", "na-scheiding"),
        ("samengesteld", "samengesteld-gezin"),
    ):
        assert GUIDE.format(guide) in pages(f"ouders/{phase}/"), phase


def test_where_there_is_tension_staying_and_leaving_weigh_the_same(pages):
    page = pages("ouders/spanning/")
    buttons = [page.split(GUIDE.format(guide))[0].rpartition("<a")[2] for guide in ("bij-elkaar-blijven", "overwegen")]
    assert buttons[0].split() == buttons[1].split()


def test_a_door_leads_to_its_own_guide_and_parents_to_the_list(pages):
    assert GUIDE.format("naast-een-gezin") in pages("omgeving/")
    assert GUIDE.format("professional") in pages("professionals/")
    assert 'href="/enschede/wegwijzer/"' in pages("ouders/").partition("<main")[2].partition("</main>")[0]


def test_a_text_leads_to_the_guide_of_its_phase(pages):
    assert GUIDE.format("na-scheiding") in pages("ouders/omgang-loopt-vast/")
    assert GUIDE.format("naast-een-gezin") in pages("omgeving/kies-geen-kant/")


def test_without_guides_the_pages_lead_to_the_list(shared_tree, client):
    assert 'href="/enschede/wegwijzer/"' in client.get("/enschede/ouders/uit-elkaar/").text.partition("<main")[2]
