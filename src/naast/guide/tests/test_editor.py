"""The guides' editor as its editors use it: forms instead of YAML, nothing typed is lost, and who may come in."""

import re
from html import unescape

import pytest

from naast.content.tests.factories import article, editor_of, regional_editor_of
from naast.core import clock
from naast.flows import loading, writing
from naast.flows import queries as flows
from naast.guide import drafts, local
from naast.guide.models import GuideDraft, LocalStep
from naast.guide.tests.factories import SMALL, publish_small
from naast.people.tests.factories import sign_in, staff
from naast.places import queries as places_queries

pytestmark = pytest.mark.django_db
AT = "/beheer/wegwijzers/"


@pytest.fixture
def lotte(client, places):
    """A browser in which the regional editor is signed in, and a guide to edit."""
    publish_small(**{"calendar: Bellen": "calendar: Bellen\n    local: true"})
    return sign_in(client, regional_editor_of("twente"))


def filled(page):
    """Return every field of the page's big form as a browser would send it."""
    form = page[page.index("data-check=") :].split("</form>")[0]
    fields = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and (re.search(r"\schecked", tag) or 'type="checkbox"' not in tag):
            fields.setdefault(unescape(name[1]), []).append(unescape(value[1] if value else ""))
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"\s+selected', body) or re.search(r'value="([^"]*)"', body)
        fields[name] = [unescape(chosen[1])] if chosen else []
    for name, body in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        fields[name] = [unescape(body)]
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def opened(client, part, number):
    """Open a form and return its address and fields."""
    address = f"{AT}proef/deel/{part}/{number}/"
    answer = client.get(address)
    assert answer.status_code == 200
    return address, filled(answer.content.decode())


def tree():
    return writing.read(drafts.text_of("proef"))


PARTS = [
    ("guide", 0),
    *(("questions", number) for number in (1, 2, 3)),
    *(("steps", number) for number in (1, 4)),
    *(("rules", number) for number in (1, 3)),
    ("help", 1),
]


@pytest.mark.parametrize(("part", "number"), PARTS)
def test_saving_a_form_as_it_was_changes_nothing(lotte, part, number):
    before = tree()
    address, fields = opened(lotte, part, number)
    assert lotte.post(address, fields).status_code == 303
    assert tree() == before
    assert not GuideDraft.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["uit-elkaar", "kind-jongere", "naast-een-gezin"])
def test_every_form_of_a_shipped_guide_keeps_what_it_shows(client, shared_tree, slug):
    from naast.flows import actions

    actions.publish_shipped()
    sign_in(client, regional_editor_of("twente"))
    text = loading.shipped()[slug]
    found = writing.read(text)
    for part in ("questions", "rules", "steps", "help", "outcomes", "sources"):
        for number in range(1, len(writing.listed(found, part)) + 1):
            address = f"{AT}{slug}/deel/{part}/{number}/"
            assert client.post(address, filled(client.get(address).content.decode())).status_code == 303
    assert loading.parse(drafts.text_of(slug)) == loading.parse(text)


def test_words_are_changed_and_readers_see_them_after_publishing(lotte):
    address, fields = opened(lotte, "questions", 1)
    lotte.post(address, fields | {"title": "Kunnen jullie samen praten?"})
    assert flows.current("proef").flow.questions[0].title == "Lukt praten?"
    assert "Lezers zien nu:</strong> Lukt praten?" in lotte.get(address).content.decode()
    answer = lotte.post(f"{AT}proef/plaatsen/", {"do": "now", "note": "Duidelijker"})
    assert answer.status_code == 303
    assert flows.current("proef").flow.questions[0].title == "Kunnen jullie samen praten?"
    assert "Duidelijker" in lotte.get(f"{AT}proef/versies/").content.decode()


def test_an_answer_is_added_moved_and_removed(lotte):
    address, fields = opened(lotte, "questions", 1)
    lotte.post(address, fields | {"options-3-text": "Heel soms"})
    assert [option["id"] for option in tree()["questions"][0]["options"]] == ["goed", "slecht", "bang", "heel-soms"]
    address, fields = opened(lotte, "questions", 1)
    lotte.post(address, fields | {"do": "up:options:3"})
    assert [option["id"] for option in tree()["questions"][0]["options"]] == ["goed", "slecht", "heel-soms", "bang"]
    address, fields = opened(lotte, "questions", 1)
    lotte.post(address, fields | {"options-2-gone": "1"})
    assert [option["id"] for option in tree()["questions"][0]["options"]] == ["goed", "slecht", "bang"]


def test_a_route_is_added_by_ticking(lotte):
    address, fields = opened(lotte, "questions", 1)
    lotte.post(address, fields | {"routes-0-to": "plan", "routes-0-when-0-praten-is": ["goed"]})
    assert tree()["questions"][0]["routes"] == [{"to": "plan", "when": {"praten": "goed"}}]
    assert loading.sketch(drafts.text_of("proef")).questions[0].routes[0].to == "plan"


def test_a_rule_is_changed_by_ticking(lotte):
    address, fields = opened(lotte, "rules", 2)
    lotte.post(address, fields | {"when-0-aantal-min": "2", "add": ["samen", "rust"], "order": "now"})
    assert tree()["rules"][1] == {
        "when": {"praten": "goed", "aantal": {"min": "2"}},
        "add": ["samen", "rust"],
        "order": "now",
    }


def test_a_second_block_is_an_or_and_unticking_all_is_always(lotte):
    address, fields = opened(lotte, "rules", 2)
    lotte.post(address, fields | {"when-1-zorgen-is": ["huis"], "when-1-zorgen-never": "1"})
    assert tree()["rules"][1]["when"] == {"any": [{"praten": "goed"}, {"not": {"zorgen": "huis"}}]}
    address, fields = opened(lotte, "rules", 2)
    lotte.post(address, {name: value for name, value in fields.items() if not name.endswith(("-is", "-never"))})
    assert tree()["rules"][1]["when"] == "always"


def test_parts_are_added_moved_and_removed_and_a_removal_taken_back(lotte):
    answer = lotte.post(f"{AT}proef/", {"do": "add:steps", "title-steps": "Ga naar buiten"})
    assert answer.headers["Location"] == f"{AT}proef/deel/steps/5/"
    assert tree()["steps"][4]["id"] == "ga-naar-buiten"
    lotte.post(f"{AT}proef/", {"do": "up:steps:5"})
    assert tree()["steps"][3]["id"] == "ga-naar-buiten"
    lotte.post(f"{AT}proef/", {"do": "remove:steps:4"})
    assert "ga-naar-buiten" not in drafts.text_of("proef")
    lotte.post(f"{AT}proef/", {"do": "undo"})
    assert tree()["steps"][3]["id"] == "ga-naar-buiten"
    lotte.post(f"{AT}proef/", {"do": "drop"})
    assert not GuideDraft.objects.exists()


@pytest.mark.parametrize("do", ["", "up:steps:1", "down:steps:99", "remove:steps:x", "add:nergens", "weg:steps:1"])
def test_a_button_that_cannot_be_does_no_harm(lotte, do):
    before = tree()
    assert lotte.post(f"{AT}proef/", {"do": do}).status_code == 303
    assert tree() == before


def test_what_two_editors_type_at_once_is_not_lost(lotte):
    address, fields = opened(lotte, "questions", 1)
    lotte.post(address, fields | {"title": "Van een collega"})
    answer = lotte.post(address, fields | {"title": "Van mij"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Een collega heeft dit intussen veranderd" in page
    assert 'value="Van mij"' in page
    assert tree()["questions"][0]["title"] == "Van een collega"
    lotte.post(address, filled(page))
    assert tree()["questions"][0]["title"] == "Van mij"


def test_a_guide_with_a_circle_is_refused_in_words_and_the_draft_stays(lotte):
    address, fields = opened(lotte, "questions", 2)
    answer = lotte.post(address, fields | {"next": "praten"}, follow=True)
    assert "De vragen lopen rond" in answer.content.decode()
    answer = lotte.post(f"{AT}proef/plaatsen/", {"do": "now"})
    assert answer.status_code == 422
    assert "Niet geplaatst" in answer.content.decode()
    assert tree()["questions"][1]["next"] == "praten"
    assert flows.current("proef").number == 1
    for page in ("tekening/", "tekening.svg", "versies/", "tekst/"):
        assert lotte.get(f"{AT}proef/{page}").status_code == 200
    assert "nog niet te lopen" in lotte.get(f"{AT}proef/proberen/").content.decode()


def test_the_check_beside_the_form_keeps_nothing(lotte):
    address, fields = opened(lotte, "questions", 2)
    answer = lotte.post(f"{address}nakijken/", fields | {"next": "praten"})
    assert "De vragen lopen rond" in answer.content.decode()
    assert not GuideDraft.objects.exists()


def test_markup_in_a_field_stays_text_everywhere(lotte):
    address, fields = opened(lotte, "questions", 1)
    lotte.post(address, fields | {"title": "<script>alert(1)</script>"})
    pages = ("", "deel/questions/1/", "tekening/", "tekening.svg", "proberen/", "versies/", "tekst/", "plaatsen/")
    for page in pages:
        assert "<script>alert" not in lotte.get(f"{AT}proef/{page}").content.decode()


def test_a_translation_that_no_longer_fits_goes_and_the_editor_is_told(client, shared_tree):
    from naast.flows import actions

    actions.publish_shipped()
    sign_in(client, regional_editor_of("twente"))
    before = writing.read(drafts.text_of("uit-elkaar"))
    words = before["translations"]["en"]["steps"]
    number, step = next(
        (at, step) for at, step in enumerate(before["steps"], 1) if step["id"] in {item["id"] for item in words}
    )
    address = f"{AT}uit-elkaar/deel/steps/{number}/"
    fields = filled(client.get(address).content.decode())
    answer = client.post(address, fields | {"how": "Een.\nTwee.\nDrie.\nVier.\nVijf.\nZes."}, follow=True)
    assert "Lezers zien daar Nederlands" in answer.content.decode()
    after = writing.read(drafts.text_of("uit-elkaar"))["translations"]["en"]["steps"]
    assert {item["id"] for item in words} - {item["id"] for item in after} == {step["id"]}
    assert loading.parse(drafts.text_of("uit-elkaar"))


class TestText:
    def test_it_can_be_put_back(self, lotte):
        lotte.post(f"{AT}proef/tekst/", {"text": SMALL.replace("Proefgids", "Andere gids")})
        assert "Andere gids" in drafts.text_of("proef")

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("[", "geen leesbare YAML: regel"),
            ("- een", "Dit is geen wegwijzer"),
            ("flow: anders", "hoort bij een andere"),
        ],
    )
    def test_what_is_no_guide_is_said_and_stays_on_the_screen(self, lotte, text, says):
        answer = lotte.post(f"{AT}proef/tekst/", {"text": text})
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert f"{text}</textarea>" in answer.content.decode()
        assert not GuideDraft.objects.exists()


class TestTrying:
    def test_a_plan_says_which_rule_brought_each_step_and_nothing_is_kept(self, lotte):
        answers = {"a-praten": "goed", "a-aantal": "2", "a-zorgen": ["geld"]}
        page = lotte.post(f"{AT}proef/proberen/", answers).content.decode()
        assert "Praat samen" in page
        assert "Regel 2</a>: bij ‘Lukt praten?’ is gekozen: Ja" in page
        assert not GuideDraft.objects.exists()
        assert not [name for name in lotte.cookies if "wegwijzer" in name]

    def test_a_danger_answer_shows_the_help(self, lotte):
        page = lotte.post(f"{AT}proef/proberen/", {"a-praten": "bang"}).content.decode()
        assert "Je bent niet alleen" in page

    def test_nonsense_counts_as_skipped(self, lotte):
        page = lotte.post(f"{AT}proef/proberen/", {"a-aantal": "veel", "a-praten": "onzin"}).content.decode()
        assert page.count("Het telt als overgeslagen") == 2


class TestLater:
    def test_a_moment_is_chosen_and_taken_back(self, lotte):
        lotte.post(f"{AT}proef/tekst/", {"text": SMALL.replace("Proefgids", "Andere gids")})
        lotte.post(f"{AT}proef/plaatsen/", {"do": "later", "day": "2099-01-02", "time": "09:00"})
        assert drafts.draft_of("proef").planned_for.astimezone(clock.AMSTERDAM).hour == 9
        assert "Er staat een versie klaar" in lotte.get(f"{AT}proef/").content.decode()
        lotte.post(f"{AT}proef/plaatsen/", {"do": "unplan"})
        assert drafts.draft_of("proef").planned_for is None

    @pytest.mark.parametrize(
        ("day", "hour", "says"),
        [("2020-01-01", "09:00", "nog moet komen"), ("", "", "Vul een dag"), ("morgen", "9", "Vul een dag")],
    )
    def test_a_wrong_moment_is_said_and_what_was_typed_stays(self, lotte, day, hour, says):
        lotte.post(f"{AT}proef/tekst/", {"text": SMALL.replace("Proefgids", "Andere gids")})
        answer = lotte.post(f"{AT}proef/plaatsen/", {"do": "later", "day": day, "time": hour, "note": "Mijn regel"})
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert 'value="Mijn regel"' in answer.content.decode()


class TestVersions:
    def test_two_versions_stand_beside_each_other_with_their_words_marked(self, lotte):
        publish_small(**{"Lukt praten?": "Lukt samen praten?"})
        page = lotte.get(f"{AT}proef/versies/?oud=1&nieuw=2").content.decode()
        assert "<ins>samen</ins>" in page
        assert lotte.get(f"{AT}proef/versies/?oud=weg&nieuw=99").status_code == 200

    def test_an_old_version_becomes_the_draft_again(self, lotte):
        publish_small(**{"Lukt praten?": "Lukt samen praten?"})
        lotte.post(f"{AT}proef/versies/", {"number": "1"})
        assert tree()["questions"][0]["title"] == "Lukt praten?"
        assert lotte.post(f"{AT}proef/versies/", {"number": "x"}).status_code == 303


class TestOwnSteps:
    @pytest.fixture
    def bram(self, client, places):
        publish_small(**{"calendar: Bellen": "calendar: Bellen\n    local: true"})
        return sign_in(client, editor_of("enschede"))

    FIELDS = {
        "title": "Kom langs",
        "why": "Dat helpt.",
        "with_whom": "Het wijkteam",
        "costs": "Gratis.",
        "order": "now",
        "shown": "on",
        "when-block": "0",
        "when-0-praten-is": "goed",
    }

    def test_a_municipal_editor_adds_one(self, bram):
        answer = bram.post(f"{AT}eigen/enschede/proef/nieuw/", self.FIELDS)
        assert answer.status_code == 303
        step = LocalStep.objects.get()
        assert (step.title, step.condition, step.order) == ("Kom langs", {"praten": "goed"}, "now")
        page = bram.get(f"{AT}eigen/").content.decode()
        assert "Kom langs" in page
        assert "bij ‘Lukt praten?’ is gekozen: Ja" in page

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("title", "", "verplicht"),
            ("why", "woord " * 30, "Deze zin is te lang"),
            ("how", "woord " * 600, "Deze zin is te lang"),
            ("url", "javascript:alert(1)", "URL"),
            ("url", "http://voorbeeld.example", "https://"),
        ],
    )
    def test_a_mistake_is_said_and_what_was_typed_stays(self, bram, field, value, says):
        answer = bram.post(f"{AT}eigen/enschede/proef/nieuw/", self.FIELDS | {"costs": "Tien euro.", field: value})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert says in page
        assert "Tien euro." in page
        assert re.search(r'name="when-0-praten-is"\s+value="goed"\s+checked', page)
        assert not LocalStep.objects.exists()

    def test_words_of_its_own_in_a_marked_step(self, bram):
        address = f"{AT}eigen/enschede/proef/woorden/bel/"
        assert "Dat helpt." in bram.get(address).content.decode()
        bram.post(address, {"how": "Loop binnen.", "shown": "on"})
        assert LocalStep.objects.get().replaces == "bel"
        assert bram.get(f"{AT}eigen/enschede/proef/woorden/rust/").status_code == 404

    def test_it_is_changed_and_taken_away(self, bram):
        bram.post(f"{AT}eigen/enschede/proef/nieuw/", self.FIELDS)
        address = f"{AT}eigen/enschede/stap/{LocalStep.objects.get().pk}/"
        bram.post(address, self.FIELDS | {"title": "Kom vaker langs"})
        assert LocalStep.objects.get().title == "Kom vaker langs"
        bram.post(address, {"do": "remove"})
        assert not LocalStep.objects.exists()

    def test_the_list_says_what_no_longer_fits(self, bram):
        bram.post(f"{AT}eigen/enschede/proef/nieuw/", self.FIELDS)
        publish_small(goed="prima")
        page = bram.get(f"{AT}eigen/").content.decode()
        assert "1 stap past niet meer bij de wegwijzer" in page
        assert "Lezers zien deze stap niet." in page

    @pytest.mark.parametrize("path", ["", "proef/nieuw/", "proef/woorden/bel/"])
    def test_another_place_is_forbidden(self, bram, path):
        assert bram.get(f"{AT}eigen/zwolle/{path}").status_code == 403

    def test_a_step_of_another_place_is_not_there(self, bram):
        zwolle = places_queries.by_slug("zwolle")
        step = local.save(user=None, place=zwolle, slug="proef", step=None, fields={"title": "Elders"})
        assert bram.get(f"{AT}eigen/enschede/stap/{step.pk}/").status_code == 404
        assert "Elders" not in bram.get(f"{AT}eigen/").content.decode()


TABS = ("", "deel/steps/1/", "tekening/", "tekening.svg", "proberen/", "versies/", "tekst/", "plaatsen/")
SHARED = ["", *(f"proef/{tab}" for tab in TABS)]


@pytest.mark.parametrize("path", SHARED)
def test_only_who_may_edit_guides_comes_in(client, places, path):
    publish_small()
    assert client.get(AT + path).status_code == 302
    for person in (editor_of("enschede"), staff("adviser", places_queries.by_slug("enschede"))):
        assert sign_in(client, person).get(AT + path).status_code == 403
    assert sign_in(client, regional_editor_of("twente")).get(AT + path).status_code == 200


@pytest.mark.parametrize("path", ["weg/", "weg/tekening.svg", "proef/deel/weg/1/", "proef/deel/steps/99/"])
def test_what_is_not_there_is_not_found(lotte, path):
    assert lotte.get(AT + path).status_code == 404


class TestPagesThatGuidesName:
    @pytest.fixture
    def naming(self, client, shared_tree):
        publish_small(**{"link: vraag": "read: [hoe-vertellen-we-het-de-kinderen]"})
        sign_in(client, regional_editor_of("twente"))
        return article("hoe-vertellen-we-het-de-kinderen")

    @pytest.mark.parametrize("act", ["delete", "unpublish"])
    def test_taking_it_away_is_refused_and_the_guide_is_named(self, client, naming, act):
        for ask in (client.get, client.post) if act == "delete" else (client.post,):
            answer = ask(f"/beheer/pages/{naming.pk}/{act}/")
            assert answer.status_code == 409
            assert "Een wegwijzer noemt deze pagina" in answer.content.decode()
            assert "Proefgids" in answer.content.decode()
            assert "Bel het loket" in answer.content.decode()
        naming.refresh_from_db()
        assert naming.live

    def test_a_page_above_it_and_many_at_once_are_refused_too(self, client, naming):
        assert client.post(f"/beheer/pages/{naming.get_parent().pk}/delete/").status_code == 409
        bulk = f"/beheer/bulk/wagtailcore/page/delete/?id={naming.pk}&next=/beheer/"
        assert client.post(bulk).status_code == 409

    def test_another_page_may_go(self, client, naming):
        other = article("een-ouderschapsplan-maken")
        assert client.get(f"/beheer/pages/{other.pk}/delete/").status_code == 200

    def test_a_place_that_names_it_is_named(self, client, naming):
        publish_small()
        place = places_queries.by_slug("enschede")
        local.save(user=None, place=place, slug="proef", step=None, fields={"title": "Lees dit", "page": naming.slug})
        answer = client.post(f"/beheer/pages/{naming.pk}/delete/")
        assert "een stap van Enschede" in answer.content.decode()

    def test_readers_see_nothing_broken_when_it_went_all_the_same(self, client, naming):
        title = naming.title
        client.logout()

        def plan():
            for number, answer in enumerate(("goed", "2", "geld"), 1):
                client.post(f"/enschede/wegwijzer/proef/vraag/{number}/", {"answer": answer})
            return client.get("/enschede/wegwijzer/proef/plan/").content.decode()

        assert title in plan()
        naming.delete()
        page = plan()
        assert title not in page
        assert "Bel het loket" in page
