"""The way through a guide, as a browser walks it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from naast.core import clock
from naast.flows import actions as flows
from naast.guide import runs
from naast.guide.models import KeptPlan, SharedPlan
from naast.guide.tests.factories import publish_small
from naast.ledger.models import WaitingFact

pytestmark = pytest.mark.django_db
BASE = "/enschede/wegwijzer/proef/"
COOKIE = "naast-guide-proef"


@pytest.fixture
def small(places):
    """Publish the small guide."""
    return publish_small()


def question(number):
    """Return a question's address."""
    return f"{BASE}vraag/{number}/"


def answer(client, number, *values, **extra):
    """Answer a question and return the answer of the site."""
    return client.post(question(number), {"answer": list(values), **extra})


def walk(client):
    """Answer all three questions and return the address at the end."""
    answer(client, 1, "goed")
    answer(client, 2, "2")
    return answer(client, 3, "geld").headers["Location"]


def test_the_list_shows_every_guide_and_is_shared(client, places):
    flows.publish_shipped()
    page = client.get("/enschede/wegwijzer/")
    for title in ("We gaan uit elkaar", "Ik ben een kind of jongere", "Ik sta naast een gezin"):
        assert title in page.text
    assert "s-maxage" in page.headers["Cache-Control"]
    assert not page.cookies


def test_reading_a_question_sets_no_cookie(client, small):
    page = client.get(BASE, follow=True)
    assert page.redirect_chain == [(question(1), 303)] or page.redirect_chain[0][0] == question(1)
    assert "Lukt praten?" in page.text
    assert not client.cookies
    assert page.headers["Cache-Control"] == "private, no-store"


def test_each_answer_leads_to_the_next_question_and_at_last_to_the_plan(client, small):
    assert answer(client, 1, "goed").headers["Location"] == question(2)
    assert answer(client, 2, "2").headers["Location"] == question(3)
    response = answer(client, 3, "geld", "huis")
    assert response.status_code == 303
    assert response.headers["Location"] == f"{BASE}plan/"


def test_the_cookie_is_limited_to_its_guide_and_to_an_hour(client, small):
    answer(client, 1, "goed")
    cookie = client.cookies[COOKIE]
    assert cookie["path"] == BASE
    assert cookie["max-age"] == 3600
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_question_says_why_and_how_far(client, small):
    answer(client, 1, "goed")
    page = client.get(question(2))
    assert "Dan weten we wat past." in page.text
    assert "Vraag 2 van ongeveer 3" in page.text
    assert f'href="{question(1)}"' in page.text


def test_what_was_told_stands_beside_the_question_with_a_way_to_change_it(client, small):
    answer(client, 1, "goed")
    page = client.get(question(2))
    assert "Praten lukt." in page.text
    assert "Wijzig" in page.text


def test_going_back_shows_the_answer_and_changing_it_keeps_the_later_ones(client, small):
    walk(client)
    assert 'value="goed" checked' in client.get(question(1)).text
    assert answer(client, 1, "slecht").headers["Location"] == f"{BASE}plan/"
    page = client.get(f"{BASE}plan/")
    assert "Praat samen" not in page.text
    assert "Leg je rekeningen klaar" in page.text


def test_all_answers_can_be_seen_and_changed(client, small):
    walk(client)
    page = client.get(f"{BASE}antwoorden/")
    assert "Praten lukt." in page.text
    assert page.text.count("Wijzig") == 3


def test_a_question_can_be_skipped(client, small):
    assert answer(client, 1, skip="1").headers["Location"] == question(2)
    assert "Overgeslagen" in client.get(question(2)).text


@pytest.mark.parametrize(
    ("number", "values", "words"),
    [
        (1, [], "Kies een antwoord"),
        (1, ["onzin"], "Kies een van deze antwoorden"),
        (2, ["veel"], "Vul een heel getal in van 0 tot en met 9"),
        (2, ["10"], "Vul een heel getal in"),
        (3, ["geld", "geen"], "past niet bij de andere"),
    ],
)
def test_an_error_says_how_to_mend_it(client, small, number, values, words):
    for before in range(1, number):
        answer(client, before, skip="1")
    page = answer(client, number, *values)
    assert page.status_code == 200
    assert page.text.count(words) == 2
    assert 'href="#answer-1"' in page.text


def test_a_number_that_does_not_fit_stays_in_its_field(client, small):
    answer(client, 1, skip="1")
    assert 'value="10"' in answer(client, 2, "10").text


# Danger.


def test_a_danger_answer_leads_to_help_at_once(client, small):
    page = answer(client, 1, "bang")
    assert page.status_code == 200
    assert "Je bent niet alleen" in page.text
    assert 'href="tel:112"' in page.text
    assert 'href="tel:08002000"' in page.text
    assert "data-urgent-help" not in page.text


def test_nothing_of_a_danger_answer_is_kept_anywhere(client, small):
    page = answer(client, 1, "bang")
    assert not page.cookies
    assert not WaitingFact.objects.exists()
    assert page.headers["Cache-Control"] == "private, no-store"


def test_danger_after_another_answer_leaves_a_skipped_question(client, small):
    walk(client)
    answer(client, 1, "bang")
    page = client.get(f"{BASE}plan/")
    assert "Praat samen" not in page.text
    assert "Bel het loket" in page.text


def test_after_danger_one_can_go_on(client, small):
    page = answer(client, 1, "bang")
    assert f'action="{question(1)}"' in page.text
    assert answer(client, 1, skip="1").headers["Location"] == question(2)


# Losing the way.


def test_a_question_further_on_without_a_run_leads_to_the_first_and_says_why(client, small):
    page = client.get(question(3), follow=True)
    assert "Je antwoorden zijn weg." in page.text
    assert "Lukt praten?" in page.text


def test_an_answer_sent_after_the_run_was_lost_says_so_and_is_kept(client, small):
    response = answer(client, 2, "2")
    assert response.headers["Location"] == f"{question(1)}?weg=1"
    assert answer(client, 1, "goed").headers["Location"] == question(3)


def test_an_unfinished_run_leads_from_the_plan_to_its_question(client, small):
    answer(client, 1, "goed")
    for page in ("plan/", "plan/plan.pdf", "plan/agenda.ics", "plan/bewaren/", "plan/delen/"):
        assert client.get(BASE + page).headers["Location"] == question(2)


def test_after_an_hour_the_guide_begins_again(client, small):
    with clock.frozen(datetime(2026, 11, 22, 20, tzinfo=UTC)):
        answer(client, 1, "goed")
    with clock.frozen(datetime(2026, 11, 22, 20, tzinfo=UTC) + timedelta(minutes=61)):
        assert client.get(BASE).headers["Location"] == question(1)


@pytest.mark.parametrize("number", [0, 4, 99])
def test_a_question_that_is_not_there_leads_to_one_that_is(client, small, number):
    assert client.get(question(number)).headers["Location"].startswith(question(1))


def test_an_unknown_guide_is_not_found(client, small):
    assert client.get("/enschede/wegwijzer/nergens/").status_code == 404


def test_a_run_keeps_its_version_when_a_newer_one_is_published(client, small):
    answer(client, 1, "goed")
    publish_small(**{"Hoeveel kinderen?": "Hoeveel kinderen zijn er?"})
    assert "Hoeveel kinderen?" in client.get(question(2)).text
    fresh = Client()
    answer(fresh, 1, "goed")
    assert "Hoeveel kinderen zijn er?" in fresh.get(question(2)).text


def test_a_run_of_another_place_does_not_count_here(client, small):
    answer(client, 1, "goed")
    client.cookies[COOKIE]["path"] = "/"
    assert client.get("/hengelo/wegwijzer/proef/").headers["Location"] == "/hengelo/wegwijzer/proef/vraag/1/"


def test_no_form_of_the_guide_needs_a_token_and_none_is_refused(small):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(question(1), {"answer": "goed"}).status_code == 303
    assert strict.post(f"{BASE}wissen/").status_code == 303


# Leaving, wiping, other languages.


def test_wiping_takes_the_run_away(client, small):
    answer(client, 1, "goed")
    response = client.post(f"{BASE}wissen/")
    assert response.headers["Location"] == "/enschede/wegwijzer/"
    assert response.cookies[COOKIE]["path"] == BASE
    assert response.cookies[COOKIE]["max-age"] == 0


def test_leaving_from_a_guide_takes_the_run_along_without_scripts(client, small):
    answer(client, 1, "goed")
    page = client.get(question(2))
    assert page.text.count(f'href="{BASE}weg/"') == 2
    response = client.get(f"{BASE}weg/")
    assert response.status_code == 303
    assert not response.headers["Location"].startswith("/")
    assert response.cookies[COOKIE]["path"] == BASE
    assert response.cookies[COOKIE]["max-age"] == 0
    assert response.headers["Clear-Site-Data"] == '"storage"'


def test_leaving_from_another_page_of_the_place_empties_its_guides(client, small):
    response = client.get("/-/weg/", headers={"referer": "http://testserver/enschede/hulp/"})
    assert response.cookies[COOKIE]["path"] == BASE
    assert response.cookies[f"{COOKIE}-en"]["path"] == f"/en{BASE}"


def test_in_english_the_frame_is_english_and_the_guide_says_it_is_dutch(client, small):
    page = client.get("/en/enschede/wegwijzer/proef/", follow=True)
    assert "This guide is in Dutch for now." in page.text
    assert "Next question" in page.text
    assert "Lukt praten?" in page.text


def test_children_have_their_own_frame(client, places):
    flows.publish_shipped()
    page = client.get("/enschede/wegwijzer/kind-jongere/", follow=True)
    assert "naast-kids" in page.text
    assert page.text.index("0800-0432") < page.text.index("0800-2000")


# Counting, budgets.


def test_a_run_counts_once_at_its_start_and_once_at_its_end(client, small):
    walk(client)
    answer(client, 1, "slecht")
    facts = sorted(WaitingFact.objects.values_list("fact", "place", "dimensions"))
    assert facts == [("guide-finish", "enschede", "flow=proef"), ("guide-start", "enschede", "flow=proef")]


def test_nothing_is_kept_of_a_run_but_counters(client, small):
    walk(client)
    assert not KeptPlan.objects.exists()
    assert not SharedPlan.objects.exists()


def test_a_step_of_a_guide_asks_the_database_little(client, small, django_assert_max_num_queries):
    answer(client, 1, "goed")
    with django_assert_max_num_queries(4):
        client.get(question(2))
    with django_assert_max_num_queries(4):
        answer(client, 2, "3")


def test_the_cookie_name_is_ours_so_that_leaving_finds_it():
    from naast.core.sharing import has_our_cookie

    assert has_our_cookie([runs.named("proef", "nl")])
