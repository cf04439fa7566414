"""The editors' screens: adding words with a try box, and why results stand in their order."""

import pytest
from django.test import Client

from naast.directory.tests import factories
from naast.directory.wording.models import Wording
from naast.people.tests.factories import sign_in, staff
from naast.places.queries import by_slug

from .factories import wording

pytestmark = pytest.mark.django_db
WORDS, EXPLAINED = "/beheer/woorden/", "/beheer/zoeken-uitleg/"


def browser(role: str, slug: str) -> Client:
    place = by_slug(slug)
    assert place
    client = Client()
    sign_in(client, staff(role, place))
    return client


@pytest.fixture
def editor(places: None) -> Client:
    """An editor of the region, signed in, where one offer is."""
    factories.offer(slug="mediation", name="Mediator in de buurt", audiences=["ouders"])
    return browser("regional-editor", "twente")


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_an_entry_is_added_and_stands_in_the_list(editor: Client) -> None:
    answer = editor.post(WORDS, {"say": "kwibus\nkwibussen", "find": "mediator"}, follow=True)
    assert "kwibus, kwibussen" in answer.content.decode()
    assert Wording.objects.get().find == ["mediator"]


def test_what_was_typed_stays_with_the_reason(editor: Client) -> None:
    answer = editor.post(WORDS, {"say": "kwibus", "find": "kwantumfysica"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "kwibus" in shown
    assert "Geen aanbod en geen onderwerp heeft “kwantumfysica”" in shown


@pytest.mark.parametrize(
    ("say", "find"),
    [("", ""), (" , ,", "mediator"), ("x" * 81, "mediator"), ("\n".join(map(str, range(1000, 1041))), "mediator")],
)
def test_a_form_that_is_not_right_is_shown_again(editor: Client, say: str, find: str) -> None:
    assert editor.post(WORDS, {"say": say, "find": find}).status_code == 422


def test_an_entry_is_taken_out(editor: Client) -> None:
    row = wording()
    assert editor.get(f"{WORDS}{row.pk}/weg/").status_code == 405
    editor.post(f"{WORDS}{row.pk}/weg/")
    assert not Wording.objects.exists()


def test_trying_a_question_shows_what_it_becomes(editor: Client) -> None:
    shown = text(editor, f"{WORDS}?proef=mediatr+voor+mijn+dochter+van+9+xyzzyq")
    for words in ("mediatr → mediator", "Leeftijd: 9 (door “dochter van 9”)", "xyzzyq", "Mediator in de buurt"):
        assert words in shown


@pytest.mark.parametrize("question", ["", "%00", "😀" * 500, "x" * 4000, "' OR 1=1 --", "<script>alert(1)</script>"])
def test_any_question_can_be_tried_and_explained(editor: Client, question: str) -> None:
    for answer in (editor.get(WORDS, {"proef": question}), editor.get(EXPLAINED, {"q": question})):
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()


def test_results_are_explained_in_numbers(places: None) -> None:
    factories.offer(slug="mediation", name="Mediator in de buurt", audiences=["ouders"])
    factories.offer(slug="scholing", name="Mediator worden", audiences=["professionals"])
    shown = text(browser("editor", "enschede"), f"{EXPLAINED}?q=mediator+voor+ouders&plaats=enschede")
    assert "“mediator” in de naam" in shown
    assert "1,20" in shown
    assert "Als laatste, want het is alleen voor professionals." in shown


def test_danger_is_explained(places: None) -> None:
    factories.offer(slug="veilig-thuis", name="Veilig Thuis", helpline=True)
    shown = text(browser("editor", "enschede"), f"{EXPLAINED}?q=papa+slaat+mama")
    assert "Als eerste, want er klonk gevaar in de vraag." in shown


def test_an_editor_of_one_municipality_sees_the_explanation_of_that_place_only(places: None) -> None:
    client = browser("editor", "enschede")
    assert client.get(EXPLAINED).status_code == 200
    assert client.get(f"{EXPLAINED}?plaats=houten").status_code == 404
    assert client.get(WORDS).status_code == 403
