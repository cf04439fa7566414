"""Reading, filling in and deciding on the register and the DPIA at the privacy officer's screen."""

from datetime import timedelta

import pytest
from django.test import Client

from naast.core import clock, kept
from naast.core.models import AuditLine
from naast.people.tests.factories import sign_in, staff
from naast.places.queries import by_slug
from naast.upkeep.register import queries
from naast.upkeep.register.models import Account
from naast.upkeep.register.tests.factories import decided, whole
from naast.upkeep.statements.tests.factories import declared

pytestmark = pytest.mark.django_db
OURS = "/loket/gegevens/enschede/"
REGISTER, DPIA = f"{OURS}register/", f"{OURS}dpia/"


@pytest.fixture
def officer(places):
    declared("enschede")
    return sign_in(Client(), staff("privacy-officer", by_slug("enschede")))


def sent(kind, **changed):
    """What a browser sends of a whole form."""
    filled = whole(kind)
    data = {name: str(value or "") for name, value in vars(filled).items() if not isinstance(value, tuple)}
    for number, row in enumerate(getattr(filled, "processors", getattr(filled, "risks", ()))):
        data |= {f"{name}_{number}": str(value or "") for name, value in vars(row).items()}
    return {**data, **changed}


def test_both_are_reached_from_what_is_kept_and_ask_for_what_only_people_know(officer):
    page = officer.get(OURS).content.decode()
    for address in (REGISTER, DPIA):
        assert address in page
        said = officer.get(address).content.decode()
        assert "Hier heeft nog niemand over besloten." in said
        assert "Nog in te vullen door de gemeente" in said


def test_a_draft_shows_in_the_paper_and_can_be_thrown_away(officer):
    assert officer.post(f"{REGISTER}invullen/", sent("register", do="save")).status_code == 303
    assert "Voorbeeld Hosting" in officer.get(REGISTER).content.decode()
    assert "Voorbeeld Hosting" in officer.get(DPIA).content.decode()
    officer.post(f"{REGISTER}invullen/", {"do": "drop"})
    assert "Voorbeeld Hosting" not in officer.get(REGISTER).content.decode()


@pytest.mark.parametrize("kind", ["register", "dpia"])
def test_deciding_keeps_a_dated_version_that_can_be_read_later(officer, kind):
    assert officer.post(f"{OURS}{kind}/invullen/", sent(kind, do="decide")).status_code == 303
    row = Account.objects.get(kind=kind)
    assert (row.state, row.decided_on) == ("decided", clock.today())
    address = f"{OURS}{kind}/{row.pk}"
    assert address in officer.get(f"{OURS}{kind}/").content.decode()
    assert "vastgesteld" in officer.get(f"{address}/").content.decode()
    assert officer.get(f"{address}.pdf").content.startswith(b"%PDF")
    assert AuditLine.objects.filter(kind="upkeep.Account", act="publish", place="enschede").exists()


def test_a_version_does_not_change_when_the_software_does_and_the_page_says_so(officer, monkeypatch):
    row = decided(by_slug("enschede"), "register")
    assert "Sindsdien is er niets veranderd." in officer.get(REGISTER).content.decode()
    with clock.frozen(clock.now() + timedelta(days=3)):  # another day alone is no change
        assert not queries.standing(by_slug("enschede"), "register").changed
    new = kept.Kept("core.New", purpose="Iets", ground="AVG", retention="een dag", show="x", name="Nieuwe soort")
    monkeypatch.setitem(kept._registry, "core.new", new)
    page = officer.get(REGISTER).content.decode()
    assert "Nieuwe soort" in page
    assert "Sindsdien is er iets veranderd" in page
    assert "Nieuwe soort" not in officer.get(f"{REGISTER}{row.pk}/").content.decode()


def test_what_lacks_is_said_at_its_field_and_nothing_typed_is_lost(officer):
    typed = sent("dpia", do="decide", advice_on="31-02-2026", advice="Een lang advies", review_on="")
    answer = officer.post(f"{DPIA}invullen/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Schrijf een dag als dag-maand-jaar" in page
    assert "31-02-2026" in page
    assert "Een lang advies" in page
    assert not Account.objects.exists()


def test_deciding_without_advice_is_refused_in_words(officer):
    answer = officer.post(f"{DPIA}invullen/", sent("dpia", do="decide", advice=""))
    assert answer.status_code == 422
    assert "Schrijf kort op wat de functionaris" in answer.content.decode()


def test_deciding_needs_published_statements(places):
    client = sign_in(Client(), staff("place-admin", by_slug("hengelo")))
    answer = client.post("/loket/gegevens/hengelo/register/invullen/", sent("register", do="decide"))
    assert answer.status_code == 422
    assert "Publiceer eerst wie verantwoordelijk is" in answer.content.decode()


def test_a_row_without_a_name_is_refused_and_stays(officer):
    answer = officer.post(f"{REGISTER}invullen/", sent("register", do="save", name_0="", what_0="Laat draaien"))
    assert answer.status_code == 422
    assert "Laat draaien" in answer.content.decode()


def test_one_more_row_keeps_what_was_typed(officer):
    page = officer.post(f"{REGISTER}invullen/", sent("register", do="more")).content.decode()
    assert "Voorbeeld Hosting" in page
    assert 'name="name_1"' in page


def test_the_sheet_asks_for_a_fresh_sign_in_and_is_logged(officer):
    assert officer.get(f"{OURS}register.csv").status_code == 200
    assert AuditLine.objects.filter(kind="upkeep.Account", act="export").exists()
    late = sign_in(Client(), staff("privacy-officer", by_slug("enschede")), minutes_ago=11)
    assert late.get(f"{OURS}register.csv").status_code == 302


@pytest.mark.parametrize("last", ["register/", "dpia/", "register/invullen/", "dpia/papier.pdf", "register.csv"])
def test_another_place_is_refused(officer, last):
    assert officer.get(f"/loket/gegevens/hengelo/{last}").status_code == 403


def test_an_unknown_paper_or_version_is_not_there(officer):
    assert officer.get(f"{OURS}iets/").status_code == 404
    other = decided(declared("hengelo"), "register")
    assert officer.get(f"{REGISTER}{other.pk}/").status_code == 404
    mine = decided(by_slug("enschede"), "register")
    assert officer.get(f"{DPIA}{mine.pk}/").status_code == 404
