"""A guide in English: questions, help, plan, papers; what nobody translated stays Dutch and says so."""

import pytest

from naast.guide import papers

pytestmark = pytest.mark.django_db
BASE = "/en/enschede/wegwijzer/uit-elkaar/"
# Heard it just now, talking works sometimes, no children, married, rented home, debts, sleeps badly, nobody to talk to.
ANSWERS = {1: "net-gehoord", 2: "soms", 3: "0", 6: "getrouwd", 8: "huur", 9: "schulden", 10: "pieker", 11: "nee"}


@pytest.fixture
def shipped(places, shipped_guides):
    """The shipped guides."""


def walk(client, base=BASE):
    """Answer every question that is asked and return the address of the plan."""
    address = client.get(base).headers["Location"]
    while not address.endswith("/plan/"):
        number = int(address.rstrip("/").rpartition("/")[2])
        address = client.post(f"{base}vraag/{number}/", {"answer": ANSWERS[number]}).headers["Location"]
    return address


def test_a_question_is_asked_in_english(client, shipped):
    page = client.get(f"{BASE}vraag/1/").text
    assert '<html lang="en"' in page
    assert "Where are you now?" in page
    assert "I have just heard" in page
    assert "This guide is in Dutch" not in page


def test_danger_leads_to_help_in_english(client, shipped):
    client.post(f"{BASE}vraag/1/", {"answer": "net-gehoord"})
    page = client.post(f"{BASE}vraag/2/", {"answer": "bang"})
    assert "You do not have to solve this alone" in page.text
    assert "0800-2000" in page.text
    assert not page.cookies


def test_the_plan_is_in_english_and_marks_what_is_not(client, shipped):
    page = client.get(walk(client)).text
    assert "Decide nothing yet" in page
    assert "Ask for help with debts" in page
    assert "Together with the other parent" in page
    assert "Beslis nu nog niets" not in page
    assert "You have just heard." in client.get(f"{BASE}antwoorden/").text


def test_papers_carry_the_language(client, shipped, monkeypatch):
    seen = {}
    monkeypatch.setattr(papers, "_compile", lambda data: seen.update(data) or b"%PDF-1.7")
    plan = walk(client)
    assert client.get(f"{plan}plan.pdf").status_code == 200
    assert (seen["lang"], seen["title"]) == ("en", "Your step plan")
    assert seen["stages"][0]["steps"][0]["title"] == "Decide nothing yet"
    calendar = client.get(f"{plan}agenda.ics").content.decode()
    assert "SUMMARY:Quiet moment" in calendar
    assert "Rustmoment" not in calendar


def test_a_shared_plan_is_read_in_the_language_of_whoever_opens_it(client, shipped):
    plan = walk(client)
    form = client.get(f"{plan}delen/").text
    once = form.split('name="once" value="')[1].split('"')[0]
    done = client.post(f"{plan}delen/", {"once": once}).text
    token = done.split("/wegwijzer/plan/")[1].split("/")[0]
    assert "Decide nothing yet" in client.get(f"/en/enschede/wegwijzer/plan/{token}/").text
    assert "Beslis nu nog niets" in client.get(f"/enschede/wegwijzer/plan/{token}/").text


def test_the_list_and_a_guide_without_translation_say_that_they_are_dutch(client, shipped):
    page = client.get("/en/enschede/wegwijzer/").text
    assert "We are separating" in page
    assert page.count("in Dutch") == 8
    assert ' lang="nl"' in page.split("Na de scheiding loopt het niet")[0].rpartition("<a")[2]
    question = client.get("/en/enschede/wegwijzer/overwegen/vraag/1/").text
    assert "This guide is in Dutch for now." in question
    assert 'lang="nl"' in question
    assert "in het Nederlands" not in client.get("/enschede/wegwijzer/").text


def test_the_list_groups_guides_by_who_reads_them(client, shipped):
    page = client.get("/enschede/wegwijzer/").text
    order = [page.index(f'id="{key}"') for key in ("eigen", "naast", "kind", "werk")]
    assert order == sorted(order)
    assert page.index("Samengesteld gezin") < order[1] < page.index("Ik sta naast een gezin") < order[2]
    assert order[2] < page.index("Ik ben een kind of jongere") < order[3] < page.index("Ik ben professional")


def test_at_work_a_step_says_with_whom_and_a_couple_does_it_together(client, shipped):
    base = "/enschede/wegwijzer/professional/"
    for number, value in ((1, "school"), (2, "leren"), (11, "team")):
        client.post(f"{base}vraag/{number}/", {"answer": value})
    work = client.get(f"{base}plan/").text
    assert "Dit kun je alleen" not in work
    assert "Je team en je leidinggevende" in work
    base = "/enschede/wegwijzer/bij-elkaar-blijven/"
    for number, value in ((1, "druk"), (2, "ja"), (3, "praten"), (4, "taken"), (5, "geen"), (6, "weinig"), (7, "zelf")):
        client.post(f"{base}vraag/{number}/", {"answer": value})
    for number in (8, 9):
        client.post(f"{base}vraag/{number}/", {"skip": "1"})
    couple = client.get(f"{base}plan/").text
    assert "Samen met je partner" in couple
    assert "Samen met de andere ouder" not in couple
