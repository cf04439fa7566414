"""In danger somebody of a desk reads one question elsewhere: with a reason, for an hour, seen by who must see it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from naast.contact.tests.factories import asked, place
from naast.core import clock
from naast.core.models import AuditLine, OutboxMail
from naast.people.access import actions, rules, tasks
from naast.people.access.models import BrokenGlass
from naast.people.tests.factories import sign_in, staff

REASON = "Moeder belt in paniek, haar vraag ligt in Hengelo en daar neemt niemand op."
GLASS = "/loket/noodtoegang/"


@pytest.fixture
def tess(places):
    return staff("adviser", place("hengelo"), display_name="Tess Lubberink")


@pytest.fixture
def marije(places):
    return staff("adviser", place(), display_name="Marije de Boer")


@pytest.fixture
def question(tess):
    return asked("Ik ben bang voor vanavond.", at="hengelo")


def _broken(by, question, reason=REASON):
    return actions.break_glass(by=by, place=place("hengelo"), number=question.number, reason=reason)


def _url(row):
    return f"{GLASS}{row.pk}/"


@pytest.mark.django_db
class TestBreaking:
    def test_the_question_is_read_for_an_hour_and_not_answered(self, client, marije, question):
        browser = sign_in(client, marije)
        sent = browser.post(GLASS, {"place": "hengelo", "number": question.number, "reason": REASON})
        row = BrokenGlass.objects.get()
        assert sent["Location"] == _url(row)
        said = browser.get(_url(row)).content.decode()
        assert "Ik ben bang voor vanavond." in said
        assert "Je leest dit in een noodgeval." in said
        assert "<textarea" not in said
        assert browser.get(f"/loket/vraag/{question.pk}/").status_code == 404
        with clock.frozen(clock.now() + rules.OPEN_FOR):
            assert actions.read_by_glass(by=marije, glass_id=row.pk) is None

    def test_the_reason_lies_sealed_and_the_mail_holds_no_word_of_it(self, marije, question):
        joost, karin = staff("privacy-officer", place("hengelo")), staff("place-admin", place("hengelo"))
        staff("privacy-officer", place("zwolle"))
        row = _broken(marije, question)
        assert str(BrokenGlass.objects.get(pk=row.pk).reason) == REASON
        mails = OutboxMail.objects.filter(kind="people/glass_broken")
        assert {str(mail.to) for mail in mails} == {joost.email, karin.email}
        assert all("paniek" not in str(mail.context) for mail in mails)

    def test_each_reading_is_a_line_with_its_reason_by_id(self, marije, question):
        row = _broken(marije, question)
        actions.read_by_glass(by=marije, glass_id=row.pk)
        lines = AuditLine.objects.filter(why=str(row.pk)).order_by("pk")
        assert [line.act for line in lines] == ["break-glass", "read"]
        assert {line.about for line in lines} == {str(question.thread.locker_id)}
        assert {(line.place, line.role) for line in lines} == {("hengelo", "adviser")}

    @pytest.mark.parametrize("reason", ["", "nood", "noodgeval noodgeval noodgeval", "                         ."])
    def test_a_reason_that_says_nothing_is_refused_and_nothing_typed_is_lost(self, client, marije, question, reason):
        sent = sign_in(client, marije).post(GLASS, {"place": "hengelo", "number": question.number, "reason": reason})
        said = sent.content.decode()
        assert question.number in said
        assert "chrijf" in said
        assert not BrokenGlass.objects.exists()

    def test_a_number_of_another_place_is_not_betrayed(self, client, marije, tess):
        elsewhere = asked("Iets anders.", at="almelo")
        sent = sign_in(client, marije).post(GLASS, {"place": "hengelo", "number": elsewhere.number, "reason": REASON})
        assert "Er is geen vraag met dit nummer bij Hengelo" in sent.content.decode().replace("\xa0", " ")

    def test_outside_the_own_region_there_is_no_glass_to_break(self, marije, places):
        staff("adviser", place("zwolle"))
        far = asked("Ver weg.", at="zwolle")
        with pytest.raises(PermissionDenied):
            actions.break_glass(by=marije, place=place("zwolle"), number=far.number, reason=REASON)

    def test_what_lies_at_the_own_desk_needs_none(self, tess, question):
        with pytest.raises(actions.AlreadyYours):
            _broken(tess, question)

    def test_twice_is_once(self, marije, question):
        assert _broken(marije, question).pk == _broken(marije, question).pk

    def test_it_is_nobody_elses_and_ends_by_hand(self, client, marije, tess, question):
        row = _broken(marije, question)
        sander = staff("adviser", place())
        assert sign_in(client, sander).get(_url(row)).status_code == 404
        assert client.post(f"{_url(row)}sluiten/").status_code == 404
        browser = sign_in(client, marije)
        browser.post(f"{_url(row)}sluiten/")
        assert browser.get(_url(row)).status_code == 404

    def test_what_its_asker_erased_says_so(self, client, marije, question):
        row = _broken(marije, question)
        question.delete()
        assert "is gewist" in sign_in(client, marije).get(_url(row), follow=True).content.decode()

    def test_who_lost_their_desk_reads_nothing_by_it(self, marije, question):
        row = _broken(marije, question)
        marije.grants.all().delete()
        assert actions.read_by_glass(by=marije, glass_id=row.pk) is None

    @pytest.mark.parametrize("role", ["editor", "policy-officer", "buddy", "trainer", "place-admin", "privacy-officer"])
    def test_who_has_no_desk_cannot(self, client, places, role):
        assert sign_in(client, staff(role, place())).get(GLASS).status_code == 403

    def test_it_asks_who_you_are_after_a_while(self, client, marije, question):
        answer = sign_in(client, marije, minutes_ago=11).get(GLASS)
        assert "bevestigen" in answer["Location"]


@pytest.mark.django_db
class TestJudging:
    @pytest.fixture
    def joost(self, places):
        return staff("privacy-officer", place("hengelo"), display_name="Joost Terpstra")

    def test_the_privacy_officer_reads_the_reason_and_judges(self, client, joost, marije, question):
        row = _broken(marije, question)
        browser = sign_in(client, joost)
        assert REASON in browser.get(f"{GLASS}overzicht/").content.decode()
        browser.post(f"{_url(row)}oordeel/", {"judgement": "wrong", "note": "Er was geen gevaar."})
        row.refresh_from_db()
        assert (row.judgement, row.judged_by, str(row.judged_note)) == ("wrong", joost, "Er was geen gevaar.")
        assert "<strong>Niet terecht</strong>" in browser.get(f"{GLASS}overzicht/").content.decode()

    def test_nothing_chosen_gets_clear_words_and_keeps_the_note(self, client, joost, marije, question):
        row = _broken(marije, question)
        said = sign_in(client, joost).post(f"{_url(row)}oordeel/", {"note": "Nog even kijken."}).content.decode()
        assert "Kies of dit terecht was." in said
        assert "Nog even kijken." in said

    def test_a_foreign_privacy_officer_neither_sees_nor_judges(self, client, marije, question):
        row = _broken(marije, question)
        browser = sign_in(client, staff("privacy-officer", place("zwolle")))
        assert question.number not in browser.get(f"{GLASS}overzicht/").content.decode()
        assert browser.post(f"{_url(row)}oordeel/", {"judgement": "right"}).status_code == 403

    def test_nobody_judges_themselves(self, marije, question):
        staff("privacy-officer", place("hengelo"))
        row = _broken(marije, question)
        from naast.people.tests.factories import GrantFactory

        GrantFactory(user=marije, role="privacy-officer", scope_kind="municipality", scope_id=place("hengelo").id)
        with pytest.raises(PermissionDenied):
            actions.judge(by=marije, glass_id=row.pk, judgement="right")

    def test_the_list_of_the_week_comes_once_on_monday(self, joost, marije, question):
        _broken(marije, question)
        monday = datetime(2026, 11, 30, 7, 30, tzinfo=UTC)
        with clock.frozen(monday):
            tasks.weekly_list()
            tasks.weekly_list()
        with clock.frozen(monday + timedelta(days=1)):
            tasks.weekly_list()
        assert [str(mail.to) for mail in OutboxMail.objects.filter(kind="people/glass_weekly")] == [joost.email]


@given(st.text(max_size=19))
def test_a_short_reason_never_does(reason):
    assert rules.reason_fault(reason) == "short"


@given(st.lists(st.text("abcdefgh", min_size=6, max_size=9), min_size=4, max_size=9, unique=True))
def test_a_sentence_does(words):
    assert rules.reason_fault(" ".join(words)) == ""


def test_who_finds_no_question_is_shown_the_way_for_danger(client, marije):
    found = sign_in(client, marije).get("/loket/", {"q": "K7M3-9QXB"}).content.decode()
    assert "Niets gevonden" in found
    assert "Hier wacht niets" not in found
    assert f'href="{GLASS}">Is er iemand in gevaar' in found
