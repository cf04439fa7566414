"""The plan: ticking, taking along, keeping in a locker, sharing by link; who may see what, and for how long."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from naast.core import clock, kept
from naast.core import once as once_numbers
from naast.core.models import AuditLine
from naast.flows import loading
from naast.guide import actions, keeping, queries, rules
from naast.guide.models import KeptPlan, SharedPlan
from naast.guide.tests.factories import SMALL, publish_small
from naast.ledger.models import WaitingFact
from naast.lockers import actions as lockers
from naast.lockers import contents
from naast.lockers.models import Locker

pytestmark = pytest.mark.django_db
BASE = "/enschede/wegwijzer/proef/"
PLAN = f"{BASE}plan/"
# A Sunday, half past eleven at night.
NIGHT = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)


@pytest.fixture
def reader(places):
    """Give a browser that has finished the small guide."""
    publish_small()
    browser = Client(enforce_csrf_checks=True)
    for number, value in ((1, "goed"), (2, "2"), (3, "geld")):
        browser.post(f"{BASE}vraag/{number}/", {"answer": value})
    return browser


def once():
    """Return a fresh one-time number."""
    return once_numbers.issue()


def keep(browser, number=None):
    """Keep the plan and return the page."""
    return browser.post(f"{PLAN}bewaren/", {"once": number or once()})


def code_in(page):
    """Return the words of the code on a page, or None."""
    found = re.search(r'data-locker-code="([^"]+)"', page.text)
    return found and found.group(1)


def open_locker(browser, words):
    """Open a locker in a browser as its door does."""
    from django.contrib.sessions.backends.db import SessionStore

    from naast.lockers import queries as locker_queries

    locker = Locker.objects.get(locator=lockers.rules.locator(tuple(words.split()), salt=salt()))
    session = SessionStore()
    session[locker_queries.SESSION_LOCKER] = str(locker.pk)
    session[locker_queries.SESSION_SEEN] = int(clock.now().timestamp())
    session.save()
    browser.cookies["sessionid"] = session.session_key
    return locker


def salt():
    """Return the newest locker salt."""
    from django.conf import settings

    return next(iter(settings.NAAST_LOCKER_SALTS.values()))


def token(browser, address):
    """Return the token that the forms of a page carry."""
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(address).text).group(1)


# On the screen.


def test_a_plan_stands_in_stages_with_who_costs_and_why(reader):
    page = reader.get(PLAN).text
    assert page.index("Bel het loket") < page.index("Praat samen") < page.index("Rust uit")
    assert "naast-path__stage--later" in page
    assert "naast-step--both" in page
    assert "Samen met de andere ouder" in page
    assert "Gratis." in page


def test_at_night_a_plan_says_whom_to_call_now_and_whom_tomorrow(reader):
    with clock.frozen(NIGHT):
        browser = reader
        for number, value in ((1, "goed"), (2, "2"), (3, "geld")):
            browser.post(f"{BASE}vraag/{number}/", {"answer": value})
        page = browser.get(PLAN).text.replace("\xa0", " ")
    assert "dag en nacht" in page
    assert "morgen vanaf" in page


def test_a_plan_is_kept_by_nobody_and_says_so(reader):
    page = reader.get(PLAN)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "nergens bewaard" in page.text
    assert not KeptPlan.objects.exists()


def test_a_step_can_be_ticked_and_unticked(reader):
    response = reader.post(PLAN, {"step": "bel", "done": "1"})
    assert response.headers["Location"] == f"{PLAN}#stap-bel"
    assert "naast-step--done" in reader.get(PLAN).text
    reader.post(PLAN, {"step": "bel"})
    assert "naast-step--done" not in reader.get(PLAN).text


def test_a_step_that_is_not_there_ticks_nothing(reader):
    assert reader.post(PLAN, {"step": "weg", "done": "1"}).status_code == 303
    assert "naast-step--done" not in reader.get(PLAN).text


def test_a_plan_of_twenty_steps_costs_few_queries(reader, places, django_assert_max_num_queries):
    from naast.directory.actions import load_shipped
    from naast.flows.actions import publish_shipped

    load_shipped()
    publish_shipped()
    browser = Client()
    for number in range(1, 12):
        browser.post(f"/enschede/wegwijzer/uit-elkaar/vraag/{number}/", {"skip": "1"})
    address = "/enschede/wegwijzer/uit-elkaar/plan/"
    assert browser.get(address).status_code == 200
    with django_assert_max_num_queries(12):
        page = browser.get(address)
    assert page.text.count("naast-offer") > 0


# Along.


@pytest.mark.parametrize(
    ("paper", "kind", "begin"),
    [("plan.pdf", "application/pdf", b"%PDF"), ("agenda.ics", "text/calendar; charset=utf-8", b"BEGIN:VCALENDAR")],
)
def test_a_plan_can_be_taken_along_under_a_neutral_name(reader, paper, kind, begin):
    response = reader.get(PLAN + paper)
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Disposition"] == f'attachment; filename="{paper}"'
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.content.startswith(begin)


def test_another_paper_is_not_there(reader):
    assert reader.get(f"{PLAN}plan.docx").status_code == 404


# In a locker.


def test_keeping_makes_a_locker_and_shows_its_code(reader):
    page = keep(reader)
    words = code_in(page)
    assert len(words.split()) == 5
    row = KeptPlan.objects.get()
    assert row.content == rules.Plan((("bel", "now"), ("rekeningen", "now"), ("samen", "soon"), ("rust", "later")))
    assert WaitingFact.objects.filter(fact="plan-kept", dimensions="flow=proef;way=locker").count() == 1


def test_the_same_form_twice_is_one_plan_and_shows_the_same_code(reader):
    number = once()
    assert code_in(keep(reader, number)) == code_in(keep(reader, number))
    assert KeptPlan.objects.count() == Locker.objects.count() == 1


def test_later_the_code_is_not_shown_again(reader):
    number = once()
    keep(reader, number)
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        page = keep(reader, number)
    assert "Je plan is al bewaard" in page.text
    assert code_in(page) is None


@pytest.mark.parametrize("number", ["", "vals", "a.b.c.d"])
def test_a_form_without_a_good_number_comes_back_with_a_fresh_one(reader, number):
    page = reader.post(f"{PLAN}bewaren/", {"once": number})
    assert page.status_code == 200
    assert "te lang open" in page.text
    assert 'name="once"' in page.text
    assert not KeptPlan.objects.exists()


def test_no_answer_and_no_word_of_a_plan_lies_readable_in_the_database(reader):
    keep(reader)
    sealed = KeptPlan.objects.values_list("plan", flat=True).get()
    assert b"bel" not in bytes(sealed)


def test_with_an_open_locker_the_plan_goes_there_and_no_code_is_shown(reader):
    words = code_in(keep(reader))
    locker = open_locker(reader, words)
    form = {"once": once(), "csrfmiddlewaretoken": token(reader, f"{PLAN}bewaren/")}
    page = reader.post(f"{PLAN}bewaren/", form)
    assert code_in(page) is None
    assert KeptPlan.objects.filter(locker=locker).count() == 2


def test_an_open_locker_without_a_token_is_ignored(reader):
    words = code_in(keep(reader))
    locker = open_locker(reader, words)
    assert code_in(keep(reader)) not in (None, words)
    assert KeptPlan.objects.filter(locker=locker).count() == 1


def test_the_locker_lists_its_plans(reader):
    keep(reader)
    row = KeptPlan.objects.get()
    section = next(section for section in contents.of(row.locker_id) if section.key == "plans")
    assert [entry.label for entry in section.entries] == ["Proefgids"]
    assert section.entries[0].url == f"/enschede/wegwijzer/bewaard/{row.pk}/"


@pytest.fixture
def opened(reader):
    """Give the address of a kept plan whose locker is open in the reader's browser."""
    open_locker(reader, code_in(keep(reader)))
    return f"/enschede/wegwijzer/bewaard/{KeptPlan.objects.get().pk}/"


def test_a_kept_plan_can_be_ticked_off_in_the_locker(reader, opened):
    mark = token(reader, opened)
    response = reader.post(opened, {"step": "bel", "done": "1", "csrfmiddlewaretoken": mark})
    assert response.headers["Location"] == f"{opened}#stap-bel"
    assert KeptPlan.objects.get().content.done == ("bel",)
    assert "1 van 4 stappen klaar" in reader.get(opened).text


def test_a_forged_tick_changes_nothing_and_is_not_refused(reader, opened):
    page = reader.post(opened, {"step": "bel", "done": "1"})
    assert page.status_code == 200
    assert KeptPlan.objects.get().content.done == ()


def test_a_kept_plan_can_be_taken_along(reader, opened):
    assert reader.get(f"{opened}plan.pdf").content.startswith(b"%PDF")
    assert reader.get(f"{opened}agenda.ics").status_code == 200
    assert reader.get(f"{opened}plan.docx").status_code == 404


def test_a_kept_plan_can_be_erased(reader, opened):
    reader.post(opened, {"erase": "1", "csrfmiddlewaretoken": token(reader, opened)})
    assert not KeptPlan.objects.exists()
    assert reader.get(opened).status_code == 404


def test_a_kept_plan_does_not_exist_for_another_locker(reader, opened):
    other = Client()
    stranger = lockers.open_or_create(once=once_numbers.read(once()), place_slug="enschede", audience="ouders")
    open_locker(other, " ".join(stranger.code_words))
    assert other.get(opened).status_code == 404
    assert other.get(f"{opened}plan.pdf").status_code == 404


def test_a_closed_locker_leads_to_its_door(reader, opened):
    response = Client().get(opened)
    assert response.status_code == 303
    assert response.headers["Location"].startswith("/kluisje/")


def test_a_kept_plan_stays_readable_when_its_guide_changes(reader, opened):
    publish_small(**{"title: Bel het loket": "title: Schrijf het loket"})
    assert "Bel het loket" in reader.get(opened).text


# Behind a link.


def share(browser, number=None):
    """Share the plan and return the path of its link."""
    page = browser.post(f"{PLAN}delen/", {"once": number or once()})
    return re.search(r'href="http://testserver(/enschede/wegwijzer/plan/[^"]+)"', page.text).group(1)


def test_sharing_asks_first_and_says_who_can_read_it(reader):
    page = reader.get(f"{PLAN}delen/")
    assert "Iedereen met de link kan je plan lezen." in page.text
    assert "30 dagen" in page.text.replace("\xa0", " ")
    assert not SharedPlan.objects.exists()


def test_whoever_has_the_link_reads_the_plan_and_nothing_else(reader):
    reader.post(PLAN, {"step": "bel", "done": "1"})
    page = Client().get(share(reader))
    assert "Bel het loket" in page.text
    assert "naast-step--done" not in page.text
    assert "Praten lukt." not in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_same_form_twice_is_one_link(reader):
    number = once()
    assert share(reader, number) == share(reader, number)
    assert SharedPlan.objects.count() == 1


def test_the_link_cannot_be_read_from_the_table(reader):
    link = share(reader).rstrip("/").rsplit("/", 1)[-1]
    row = SharedPlan.objects.values().get()
    assert link not in str(row)
    assert len(link) >= 22


def test_a_shared_plan_can_be_taken_away_by_who_holds_the_link(reader):
    link = share(reader)
    assert "Het plan is weg" in Client().post(link).text
    assert Client().get(link).status_code == 404
    assert not SharedPlan.objects.exists()


def test_a_shared_plan_is_gone_after_thirty_days(reader):
    link = share(reader)
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert Client().get(link).status_code == 404
        assert actions.expire_shared() == 1
    assert not SharedPlan.objects.exists()


def test_a_made_up_link_is_not_there(places):
    page = Client().get("/enschede/wegwijzer/plan/zomaar/")
    assert page.status_code == 404
    assert "Dit plan is hier niet meer" in page.text


# What is kept about people.


def test_both_kinds_of_plan_are_declared():
    declared = {entry.model for entry in kept.all_kept()}
    assert {"guide.KeptPlan", "guide.SharedPlan"} <= declared


def test_a_locker_takes_its_plans_along_and_gives_them_out(reader):
    keep(reader)
    locker_id = KeptPlan.objects.get().locker_id
    rows = keeping.export(locker_id)
    assert [row["stap"] for row in rows] == ["Bel het loket", "Leg je rekeningen klaar", "Praat samen", "Rust uit"]
    assert {row["klaar"] for row in rows} == {"nee"}
    assert actions.erase_of_locker(locker_id) == 1
    assert not KeptPlan.objects.exists()


def test_a_plan_nobody_looks_at_goes_after_two_years(reader):
    keep(reader)
    with clock.frozen(clock.now() + timedelta(days=729)):
        assert actions.expire_kept() == 0
    with clock.frozen(clock.now() + timedelta(days=732)):
        assert actions.expire_kept() == 1


def test_keeping_sharing_and_erasing_leave_their_lines(reader):
    keep(reader)
    Client().post(share(reader))
    acts = set(AuditLine.objects.filter(kind__startswith="guide.").values_list("act", flat=True))
    assert {"keep", "share", "unshare"} <= acts


def test_reading_a_plan_moves_the_day_from_which_it_is_kept(reader, opened):
    KeptPlan.objects.update(last_used_on=clock.today() - timedelta(days=100))
    reader.get(opened)
    assert KeptPlan.objects.get().last_used_on == clock.today()


def test_a_place_without_a_telephone_promises_no_call(places):
    from naast.places import queries as place_queries
    from naast.places.rules import PlaceInfo

    bare = PlaceInfo(id=place_queries.by_slug("enschede").id, kind="municipality", slug="bare", name="Bare")
    assert queries.first_call(bare, loading.parse(SMALL)) is None


def test_a_number_that_kept_no_plan_here_says_nothing_of_keeping(reader):
    number = once()
    reader.post(f"{PLAN}delen/", {"once": number})
    page = keep(reader, number)
    assert code_in(page) is None
    assert "bewaard" not in re.search(r"<h1.*?</h1>", page.text, re.DOTALL)[0]
    assert 'name="once"' in page.text
    assert not KeptPlan.objects.exists()


def test_sent_again_after_its_locker_closed_no_code_that_opens_nothing_is_shown(reader):
    open_locker(reader, code_in(keep(reader)))
    number = once()
    reader.post(f"{PLAN}bewaren/", {"once": number, "csrfmiddlewaretoken": token(reader, f"{PLAN}bewaren/")})
    assert KeptPlan.objects.count() == 2
    del reader.cookies["sessionid"]
    page = keep(reader, number)
    assert code_in(page) is None
    assert KeptPlan.objects.count() == 2
