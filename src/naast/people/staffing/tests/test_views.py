"""The administrator's screens, as somebody who looks after Enschede uses them."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from naast.core import clock
from naast.core.models import AuditLine
from naast.people.models import Absence, Grant, User
from naast.people.policy_table import PHRASES
from naast.people.staffing import actions
from naast.people.staffing.models import Invitation, Mandate
from naast.people.staffing.tests.test_actions import at, invited, mandate, place
from naast.people.tests.factories import AbsenceFactory, GrantFactory, UserFactory, sign_in, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def karin() -> User:
    return staff("place-admin", place(), display_name="Karin Meijerink")


@pytest.fixture
def desk(karin: User) -> Client:
    return sign_in(Client(), karin)


def page(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def send(client: Client, name: str, *args: Any, **data: str) -> str:
    """Send a form and follow it; the page that comes."""
    return client.post(reverse(name, args=args), data, follow=True).content.decode()


class TestTable:
    def test_everybody_whose_role_counts_stands_in_it_with_where_it_comes_from(self, desk: Client) -> None:
        staff("adviser", place(), display_name="Marije", ends=clock.today() + timedelta(days=9))
        staff("adviser", place("twente"), display_name="Noor")
        staff("adviser", place("hengelo"), display_name="Tess")
        found = page(desk, "people:place", "enschede")
        assert "Marije" in found
        assert "Noor" in found
        assert "via de regio" in found
        assert "Tess" not in found

    def test_it_says_who_is_away_invited_or_without_a_second_step(self, desk: Client, karin: User) -> None:
        away = staff("adviser", place(), display_name="Sander")
        AbsenceFactory(user=away, deputy=karin)
        invited(karin)
        found = page(desk, "people:place", "enschede")
        assert "vervangt" in found
        assert "Uitgenodigd" in found

    def test_roles_that_ended_and_closed_accounts_are_gone(self, desk: Client) -> None:
        GrantFactory(user=UserFactory(display_name="Weg"), scope_id=place().id, ended=True)
        staff("adviser", place(), display_name="Dicht", is_active=False)
        found = page(desk, "people:place", "enschede")
        assert "Weg" not in found
        assert "Dicht" not in found

    @pytest.mark.parametrize("name", ["people:place", "people:matrix", "people:invite", "people:mandates"])
    def test_another_place_is_closed(self, desk: Client, name: str) -> None:
        assert desk.get(reverse(name, args=["hengelo"])).status_code == 403

    def test_it_takes_as_many_queries_for_ten_people_as_for_one(
        self, desk: Client, django_assert_max_num_queries: Any
    ) -> None:
        for _number in range(10):
            staff("adviser", place())
        with django_assert_max_num_queries(12):
            page(desk, "people:place", "enschede")


class TestMatrix:
    def test_it_is_made_from_the_policys_table(self, desk: Client) -> None:
        staff("adviser", place(), display_name="Marije")
        found = page(desk, "people:matrix", "enschede")
        assert "beantwoordt vragen" in found
        only = page(desk, "people:matrix", "enschede", wat="desk.answer")
        assert "Marije" in only
        assert '<th scope="row">Karin' not in " ".join(only.split())

    def test_an_invited_person_sees_nothing_yet(self, desk: Client, karin: User) -> None:
        invited(karin)
        assert "Ziet nog niets" in page(desk, "people:matrix", "enschede")

    def test_the_sheet_has_a_column_for_each_action_and_no_cell_that_runs(self, desk: Client, karin: User) -> None:
        staff("adviser", place(), display_name="=HYPERLINK(1)")
        answer = desk.get(reverse("people:matrix-sheet", args=["enschede"]))
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert len(rows[0]) == 8 + len(PHRASES)
        assert {row[0] for row in rows[1:]} == {"'=HYPERLINK(1)", "Karin Meijerink"}
        assert all(cell[:1] not in "=+-@\t" for row in rows for cell in row if cell)
        line = AuditLine.objects.get(act="export", actor=f"staff:{karin.pk}", place="enschede")
        assert line.role == "place-admin"

    def test_the_privacy_officer_reads_but_changes_nothing(self) -> None:
        joost = sign_in(Client(), staff("privacy-officer", place()))
        marije = staff("adviser", place())
        assert "Iemand uitnodigen" not in page(joost, "people:place", "enschede")
        assert "Wijzigen of beëindigen" not in page(joost, "people:person", "enschede", marije.pk)
        assert joost.get(reverse("people:invite", args=["enschede"])).status_code == 403


class TestInviting:
    FORM = {"email": "nieuw@gemeente.example", "display_name": "Nieuwe Collega", "role": "adviser"}

    def test_a_colleague_is_invited(self, desk: Client) -> None:
        found = send(desk, "people:invite", "enschede", **self.FORM)
        assert "Nieuwe Collega" in found
        assert Invitation.objects.count() == 1

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"email": "geen adres"}, "geen e-mailadres"),
            ({"display_name": " "}, "naam"),
            ({"role": ""}, "Kies een rol"),
            ({"role": "regional-editor"}, "rol"),
            ({"ends": "2020-01-01"}, "voorbij"),
            ({"ends": "morgen"}, "dag-maand-jaar"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(
        self, desk: Client, wrong: dict[str, str], words: str
    ) -> None:
        found = send(desk, "people:invite", "enschede", **{**self.FORM, **wrong})
        assert words in found
        assert (self.FORM | wrong)["email"] in found
        assert not Invitation.objects.exists()

    def test_oneself_is_refused_in_words(self, desk: Client, karin: User) -> None:
        found = send(desk, "people:invite", "enschede", **{**self.FORM, "email": karin.email})
        assert "Niemand geeft zichzelf een rol" in found

    def test_who_signed_in_long_ago_proves_it_again_first(self, karin: User) -> None:
        late = sign_in(Client(), karin, minutes_ago=11)
        answer = late.get(reverse("people:invite", args=["enschede"]))
        assert answer.status_code == 302
        assert "bevestigen" in answer.headers["Location"]

    def test_it_is_sent_again_or_taken_back(self, desk: Client, karin: User) -> None:
        _user, row = invited(karin)
        send(desk, "people:invitation", "enschede", row.pk, do="again")
        row.refresh_from_db()
        assert row.times == 2
        send(desk, "people:invitation", "enschede", row.pk, do="withdraw")
        row.refresh_from_db()
        assert row.withdrawn_at
        assert "al gebruikt of ingetrokken" in send(desk, "people:invitation", "enschede", row.pk, do="again")

    def test_who_decides_about_roles_is_shown_there(self, desk: Client, karin: User) -> None:
        assert "geen mandaat" in page(desk, "people:invite", "enschede")
        actions.save_mandate(
            by=karin, place=place(), values=mandate(decision="grant-roles", office="Teammanager jeugd")
        )
        assert "Teammanager jeugd" in page(desk, "people:invite", "enschede")


class TestRoles:
    def test_a_role_is_given_changed_and_ended(self, desk: Client) -> None:
        marije = staff("adviser", place())
        send(desk, "people:give-role", "enschede", marije.pk, role="editor")
        grant = Grant.objects.get(user=marije, role="editor")
        day = clock.today() + timedelta(days=30)
        send(desk, "people:role", "enschede", marije.pk, grant.pk, ends=day.isoformat())
        grant.refresh_from_db()
        assert grant.ends == day
        send(desk, "people:role", "enschede", marije.pk, grant.pk, do="end")
        assert not Grant.objects.in_force(clock.today()).filter(user=marije, role="editor").exists()

    def test_the_regions_role_is_not_this_administrators(self, desk: Client) -> None:
        noor = staff("adviser", place("twente"))
        grant = Grant.objects.get(user=noor)
        assert desk.post(reverse("people:role", args=["enschede", noor.pk, grant.pk]), {"do": "end"}).status_code == 404

    def test_somebody_elses_grant_under_another_name_is_nothing(self, desk: Client) -> None:
        marije, other = staff("adviser", place()), staff("adviser", place("hengelo"))
        foreign = Grant.objects.get(user=other)
        address = reverse("people:role", args=["enschede", marije.pk, foreign.pk])
        assert desk.post(address, {"do": "end"}).status_code == 404

    def test_the_last_administrator_stays_and_the_page_says_why(self, desk: Client, karin: User) -> None:
        grant = Grant.objects.get(user=karin)
        assert "laatste beheerder" in send(desk, "people:role", "enschede", karin.pk, grant.pk, do="end")
        assert "laatste beheerder" in send(desk, "people:leaves", "enschede", karin.pk)
        karin.refresh_from_db()
        assert karin.is_active

    def test_who_ends_their_own_role_reads_that_it_ended_and_not_that_nothing_changed(
        self, desk: Client, karin: User
    ) -> None:
        staff("place-admin", place())
        own = Grant.objects.get(user=karin)
        said = send(desk, "people:role", "enschede", karin.pk, own.pk, do="end")
        assert "De rol is beëindigd." in said
        assert "niets veranderd" not in said

    def test_a_role_for_somebody_new_that_ends_in_the_past_names_no_button_that_is_not_there(
        self, desk: Client
    ) -> None:
        marije = staff("adviser", place())
        said = send(desk, "people:give-role", "enschede", marije.pk, role="editor", ends="2020-01-01")
        assert "Kies vandaag of een latere dag." in said

    def test_a_page_of_another_role_leads_back_to_ones_own(self) -> None:
        adviser = sign_in(Client(), staff("adviser", place()))
        refused = adviser.get(reverse("people:place", args=["enschede"]))
        assert refused.status_code == 403
        assert 'href="/loket/account/"' in refused.content.decode()

    def test_the_way_back_to_ones_work_stands_first(self, desk: Client) -> None:
        assert "Je werk</a>" in page(desk, "people:place", "enschede")

    def test_leaving_service_says_what_happens_and_closes(self, desk: Client) -> None:
        marije = staff("adviser", place())
        assert "geen open vragen" in page(desk, "people:leaves", "enschede", marije.pk)
        assert "gesloten" in send(desk, "people:leaves", "enschede", marije.pk)
        marije.refresh_from_db()
        assert not marije.is_active


class TestAway:
    def test_one_notes_ones_own_days_and_takes_them_out(self) -> None:
        marije = staff("adviser", place())
        client = sign_in(Client(), marije)
        first, last = clock.today(), clock.today() + timedelta(days=2)
        send(client, "people:absence", who=str(marije.pk), starts=first.isoformat(), ends=last.isoformat())
        row = Absence.objects.get(user=marije)
        assert row.ends == last
        send(client, "people:absence-end", row.pk)
        assert not Absence.objects.exists()

    def test_a_refusal_stands_at_its_field_and_keeps_the_days(self) -> None:
        marije, bram = staff("adviser", place()), staff("editor", place())
        client = sign_in(Client(), marije)
        day = clock.today().isoformat()
        found = send(client, "people:absence", who=str(marije.pk), starts=day, ends=day, deputy=str(bram.pk))
        assert "mag dit werk hier niet doen" in found
        assert day in found

    def test_a_colleagues_days_are_not_an_advisers_to_note_or_end(self) -> None:
        marije, iris = staff("adviser", place()), staff("coordinator", place())
        client = sign_in(Client(), marije)
        day = clock.today().isoformat()
        send(client, "people:absence", who=str(iris.pk), starts=day, ends=day)
        row = AbsenceFactory(user=iris)
        assert client.post(reverse("people:absence-end", args=[row.pk])).status_code == 404
        assert Absence.objects.count() == 1


class TestMandates:
    FORM = {
        "decision": "spend-fund",
        "office": "Teammanager jeugd",
        "starts": "2026-01-01",
        "paper": "Mandaatbesluit",
        "paper_date": "2025-12-01",
    }

    def test_one_is_noted_and_changed(self, desk: Client) -> None:
        found = send(desk, "people:mandate-new", "enschede", **self.FORM)
        assert "Teammanager jeugd" in found
        row = Mandate.objects.get()
        found = send(desk, "people:mandate", "enschede", row.pk, **{**self.FORM, "ends": "2026-02-01"})
        assert "verlopen" in found

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"office": ""}, "welke functie"),
            ({"ends": "2025-01-01"}, "vóór de eerste"),
            ({"decision": "own"}, "Zeg waarover"),
            ({"paper": ""}, "op welk stuk"),
        ],
    )
    def test_what_is_wrong_is_said(self, desk: Client, wrong: dict[str, str], words: str) -> None:
        assert words.lower() in send(desk, "people:mandate-new", "enschede", **{**self.FORM, **wrong}).lower()
        assert not Mandate.objects.exists()

    def test_the_regions_are_shown_beside_them(self, desk: Client) -> None:
        region = staff("place-admin", place("twente"))
        actions.save_mandate(by=region, place=place("twente"), values=mandate(office="Regiobestuur"))
        assert "Regiobestuur" in page(desk, "people:mandates", "enschede")


def test_a_person_reads_by_which_role_they_may_see_a_thing() -> None:
    from naast.people.queries import right_to

    marije = staff("adviser", place("twente"), ends=clock.today())
    right = right_to(marije, "desk.read", at())
    assert right
    assert (right.role, right.place_name, right.ends) == ("adviser", place("twente").name, clock.today())
    assert "beantwoordt vragen" in " ".join(right.can) or right.can
    assert right_to(marije, "people.grant", at()) is None
