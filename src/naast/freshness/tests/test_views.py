"""The editors' screen of what to look at again."""

from datetime import timedelta

import pytest

from naast.content.models import ArticlePage
from naast.content.tests.conftest import shared_tree  # noqa: F401 - a fixture
from naast.content.tests.factories import article, editor_of, filled, regional_editor_of
from naast.core import clock
from naast.people.tests.factories import sign_in

pytestmark = pytest.mark.django_db


def test_an_editor_sees_own_words_and_how_shared_texts_stand(shared_tree, client):  # noqa: F811
    filled("enschede", "kinderen-wie-leest", due=clock.today() + timedelta(days=3))
    sign_in(client, editor_of("enschede"))
    page = client.get("/beheer/nakijken/enschede/").content.decode()
    assert "Eigen woorden van Enschede" in page
    assert article("een-ouderschapsplan-maken").title in page
    assert page.count('aria-label="Klopt nog:') == 1  # the own words; shared texts are the region's
    assert client.get("/beheer/nakijken/houten/").status_code == 404


def test_one_click_says_it_is_still_true(shared_tree, client):  # noqa: F811
    page = article("een-ouderschapsplan-maken")
    sign_in(client, regional_editor_of("twente"))
    address = f"/beheer/nakijken/twente/artikel/{page.pk}/"
    assert client.get(address).status_code == 405  # opening a link changes nothing
    assert client.post(address).status_code == 302
    assert ArticlePage.objects.get(pk=page.pk).checked_on == clock.today()


@pytest.mark.parametrize("address", ["artikel/999999/", "iets/1/", "plek/geen-nummer/"])
def test_what_does_not_exist_is_not_found(shared_tree, client, address):  # noqa: F811
    sign_in(client, regional_editor_of("twente"))
    assert client.post(f"/beheer/nakijken/twente/{address}").status_code == 404
