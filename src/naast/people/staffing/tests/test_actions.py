"""Inviting, roles, leaving, absence, teams and mandates: what happens, and what is refused."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client

from naast.core import clock, mail
from naast.core.models import AuditLine, OutboxMail
from naast.people import policy
from naast.people.models import Absence, Grant, User
from naast.people.policy_table import PHRASES, TABLE
from naast.people.rules import Scope
from naast.people.staffing import actions, queries, rules, tasks, work
from naast.people.staffing.models import Invitation, Mandate
from naast.people.staffing.rules import AbsenceFault, Standing
from naast.people.tests.factories import GrantFactory, UserFactory, staff
from naast.places.queries import by_slug
from naast.places.rules import PlaceInfo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

DAY = timedelta(days=1)


def place(slug: str = "enschede") -> PlaceInfo:
    found = by_slug(slug)
    assert found
    return found


def at(slug: str = "enschede") -> Scope:
    return queries.scope_of(place(slug))


@pytest.fixture
def karin() -> User:
    return staff("place-admin", place(), display_name="Karin")


def invited(by: User, email: str = "nieuw@gemeente.example", **other: Any) -> tuple[User, Invitation]:
    values = {"place": place(), "display_name": "Nieuwe Collega", "role": "adviser", "scope": at(), **other}
    user, invitation = actions.invite(by=by, email=email, **values)
    assert invitation
    return user, invitation


def link() -> str:
    """The path in the newest invitation, as it leaves the house."""
    row = OutboxMail.objects.filter(kind="people/invited").order_by("created_at").last()
    assert row
    found = re.search(r"https?://[^/\s]+(/\S+)", mail.compose(row).body)
    assert found
    return found[1]


def open_account(path: str) -> int:
    """Use a link as a browser does: it leads to a form without the key in its address."""
    client = Client()
    form = client.get(path, follow=True)
    where = form.redirect_chain[-1][0] if form.redirect_chain else path
    words = "een zin van meer dan vijftien tekens"
    return client.post(where, {"new_password1": words, "new_password2": words}).status_code


class TestInviting:
    def test_the_invited_may_nothing_until_the_link_is_used_and_then_what_the_role_allows(self, karin: User) -> None:
        user, invitation = invited(karin)
        assert not policy.may(user, "desk.read", at())
        assert open_account(link()) == 302
        user.refresh_from_db()
        invitation.refresh_from_db()
        assert policy.may(user, "desk.read", at())
        assert invitation.standing(clock.now()) is Standing.ACCEPTED

    def test_the_waiting_mail_holds_no_key_to_the_account(self, karin: User) -> None:
        invited(karin)
        row = OutboxMail.objects.get(kind="people/invited")
        assert "eerste-keer" not in str(row.context)
        assert "eerste-keer" in mail.compose(row).body
        assert "adviseur" not in mail.compose(row).body

    def test_a_link_works_once(self, karin: User) -> None:
        invited(karin)
        path = link()
        assert open_account(path) == 302
        assert open_account(path) == 200

    def test_a_new_link_makes_the_one_before_dead(self, karin: User) -> None:
        _user, invitation = invited(karin)
        first = link()
        actions.send_again(by=karin, invitation=invitation)
        assert open_account(first) == 200
        assert open_account(link()) == 302

    def test_an_invitation_that_is_taken_back_opens_nothing_and_ends_the_role(self, karin: User) -> None:
        user, invitation = invited(karin)
        path = link()
        actions.withdraw(by=karin, invitation=invitation)
        assert open_account(path) == 200
        user.refresh_from_db()
        assert not user.is_active
        assert not Grant.objects.in_force(clock.today()).filter(user=user).exists()
        assert queries.person_at(place(), user.pk, karin) is None
        with pytest.raises(actions.AlreadyOver):
            actions.withdraw(by=karin, invitation=invitation)

    def test_a_link_ends_after_three_days(self, karin: User) -> None:
        _user, invitation = invited(karin)
        later = clock.now() + rules.INVITED_FOR
        assert invitation.standing(later - timedelta(minutes=1)) is Standing.INVITED
        assert invitation.standing(later) is Standing.EXPIRED

    def test_proving_oneself_elsewhere_opens_no_account_whose_invitation_ended(self, karin: User) -> None:
        user, invitation = invited(karin)
        Invitation.objects.filter(pk=invitation.pk).update(ends_at=clock.now())
        assert not actions.accept(user=user)
        assert not user.is_active

    def test_who_signs_in_already_gets_the_role_and_no_link(self, karin: User) -> None:
        known = staff("adviser", place("hengelo"), email="tess@gemeente.example", display_name="Tess")
        user, invitation = actions.invite(
            by=karin, place=place(), email="Tess@gemeente.example", display_name="Iemand", role="editor", scope=at()
        )
        assert user == known
        assert invitation is None
        assert policy.may(known, "content.edit", at())
        assert OutboxMail.objects.filter(kind="people/role_given").count() == 1

    def test_an_address_that_is_invited_again_opens_with_no_key_of_who_had_it_before(self, karin: User) -> None:
        before = staff("adviser", place(), email="jeugd@gemeente.example")
        Authenticator.objects.create(user=before, type=Authenticator.Type.WEBAUTHN, data={})
        actions.leaves_service(by=karin, user=before)
        user, _invitation = invited(karin, email="jeugd@gemeente.example")
        assert open_account(link()) == 302
        assert not Authenticator.objects.filter(user_id=user.pk).exists()

    def test_inviting_twice_renews_the_one_invitation(self, karin: User) -> None:
        _user, first = invited(karin)
        _user, again = invited(karin, role="editor")
        assert again.pk == first.pk
        assert again.times == 2

    def test_it_is_written_in_the_access_log_without_an_address(self, karin: User) -> None:
        _user, invitation = invited(karin)
        line = AuditLine.objects.get(kind="people.Invitation", record_id=str(invitation.pk))
        assert line.actor == f"staff:{karin.pk}"
        assert "nieuw@" not in str(line.__dict__)


class TestGranting:
    @pytest.mark.parametrize(("role", "where"), [("adviser", "twente"), ("adviser", "hengelo")])
    def test_nobody_gives_a_role_above_or_beside_their_place(self, karin: User, role: str, where: str) -> None:
        with pytest.raises(PermissionDenied):
            actions.give_role(by=karin, user=UserFactory(), role=role, scope=at(where))

    def test_a_regions_administrator_gives_roles_in_its_municipalities(self) -> None:
        region = staff("place-admin", place("twente"))
        actions.give_role(by=region, user=UserFactory(), role="adviser", scope=at("hengelo"))

    def test_nobody_gives_themselves_a_role_or_lengthens_their_own(self, karin: User) -> None:
        with pytest.raises(actions.NotToYourself):
            actions.give_role(by=karin, user=karin, role="adviser", scope=at())
        own = Grant.objects.get(user=karin)
        Grant.objects.filter(pk=own.pk).update(ends=clock.today() + DAY)
        own.refresh_from_db()
        with pytest.raises(actions.NotToYourself):
            actions.change_until(by=karin, grant=own, ends=None)

    def test_a_role_that_carries_nothing_there_is_refused(self, karin: User) -> None:
        with pytest.raises(actions.UnknownRole):
            actions.give_role(by=karin, user=UserFactory(), role="regional-editor", scope=at())

    def test_a_provider_gets_a_role_at_an_organisation_of_the_place_only(
        self, karin: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mine, other = Scope("organisation", uuid4()), Scope("organisation", uuid4())
        names = {"enschede": {mine.id: "Van hier"}, "houten": {other.id: "Van ver"}}
        monkeypatch.setattr(queries, "_organisations", [lambda where: names.get(where.slug, {})])
        mirthe = UserFactory(display_name="Mirthe")
        actions.give_role(by=karin, user=mirthe, role="provider", scope=mine)
        with pytest.raises(PermissionDenied):
            actions.give_role(by=karin, user=UserFactory(), role="provider", scope=other)
        line = queries.person_at(place(), mirthe.pk, karin)
        assert line
        assert line.roles[0].where == "Van hier"
        assert "directory.own" in line.can

    def test_a_role_that_somebody_has_gets_the_new_last_day(self, karin: User) -> None:
        user = UserFactory()
        for ends in (None, clock.today() + DAY):
            actions.give_role(by=karin, user=user, role="adviser", scope=at(), ends=ends)
        assert Grant.objects.get(user=user).ends == clock.today() + DAY

    def test_the_last_day_may_be_moved_but_not_to_yesterday(self, karin: User) -> None:
        grant = GrantFactory(role="adviser", scope_id=place().id)
        actions.change_until(by=karin, grant=grant, ends=clock.today())
        with pytest.raises(ValueError, match=str((clock.today() - DAY).year)):
            actions.change_until(by=karin, grant=grant, ends=clock.today() - DAY)


class TestLeaving:
    def test_the_account_is_closed_everywhere_and_teams_are_left(self, karin: User) -> None:
        user = staff("adviser", place())
        team = actions.save_team(by=karin, place=place(), name="Jeugd", members=[user], knows=[])
        actions.leaves_service(by=karin, user=user)
        user.refresh_from_db()
        assert not user.is_active
        assert not team.members.exists()
        assert queries.person_at(place(), user.pk, karin) is None

    def test_who_also_works_elsewhere_keeps_the_account(self, karin: User) -> None:
        user = staff("adviser", place())
        GrantFactory(user=user, scope_id=place("hengelo").id)
        with pytest.raises(actions.WorksElsewhere):
            actions.leaves_service(by=karin, user=user)
        user.refresh_from_db()
        assert user.is_active

    def test_what_they_held_is_handed_back_once_the_role_is_over(self, karin: User) -> None:
        user = staff("adviser", place())
        seen: list[bool] = []

        def back(who: User, by: User | None) -> int:
            seen.append(policy.may(who, "desk.answer", at()))
            return 3

        before = dict(work._known)
        work.register(work.Work("test", lambda who: 3, back))
        try:
            assert actions.end_role(by=karin, grant=Grant.objects.get(user=user)) == 3
        finally:
            work._known.clear()
            work._known.update(before)
        assert seen == [False]


class TestAbsence:
    def note(self, by: User, user: User, *days: int, deputy: User | None = None) -> Absence:
        first, last = (clock.today() + timedelta(days=one) for one in days)
        return actions.note_absence(by=by, user=user, starts=first, ends=last, deputy=deputy)

    def test_one_notes_ones_own_and_a_coordinator_that_of_colleagues(self) -> None:
        user, iris = staff("adviser", place()), staff("coordinator", place())
        self.note(user, user, 0, 2)
        self.note(iris, user, 5, 6)
        with pytest.raises(PermissionDenied):
            self.note(user, iris, 0, 1)
        with pytest.raises(PermissionDenied):
            self.note(iris, staff("adviser", place("houten")), 0, 1)

    @pytest.mark.parametrize(
        ("first", "last", "deputy", "fault"),
        [
            (-3, -1, "", AbsenceFault.PAST),
            (3, 1, "", AbsenceFault.TURNED_ROUND),
            (11, 14, "", AbsenceFault.OVERLAPS),
            (0, 1, "editor", AbsenceFault.NO_SHARED_WORK),
            (0, 1, "far", AbsenceFault.NO_SHARED_WORK),
            (0, 1, "self", AbsenceFault.SELF),
            (0, 1, "away", AbsenceFault.DEPUTY_AWAY),
        ],
    )
    def test_what_cannot_be_is_refused_by_name(self, first: int, last: int, deputy: str, fault: AbsenceFault) -> None:
        user = staff("adviser", place())
        self.note(user, user, 10, 12)
        away = staff("adviser", place())
        self.note(away, away, 1, 3)
        who = {
            "": None,
            "editor": staff("editor", place()),
            "far": staff("adviser", place("houten")),
            "self": user,
            "away": away,
        }[deputy]
        with pytest.raises(actions.AbsenceRefused) as refused:
            self.note(user, user, first, last, deputy=who)
        assert refused.value.faults == (fault,)

    def test_a_regions_adviser_may_stand_in_at_a_municipality(self) -> None:
        user, regional = staff("adviser", place()), staff("adviser", place("twente"))
        assert self.note(user, user, 0, 1, deputy=regional).deputy == regional

    def test_who_is_back_is_away_no_longer_and_what_was_stays(self) -> None:
        user = staff("adviser", place())
        coming = self.note(user, user, 3, 4)
        actions.end_absence(by=user, absence=coming)
        assert not Absence.objects.exists()
        now = Absence.objects.create(user=user, starts=clock.today() - DAY, ends=clock.today() + DAY)
        actions.end_absence(by=user, absence=now)
        now.refresh_from_db()
        assert now.ends == clock.today() - DAY


def mandate(**values: Any) -> dict[str, Any]:
    day = date(2026, 1, 1)
    return {
        "decision": "spend-fund",
        "office": "hoofd jeugd",
        "starts": day,
        "paper": "besluit",
        "paper_date": day,
        **values,
    }


class TestMandates:
    def test_the_places_own_counts_before_the_regions(self, karin: User) -> None:
        region = staff("place-admin", place("twente"))
        actions.save_mandate(by=region, place=place("twente"), values=mandate(office="regiobestuur"))
        assert _office("spend-fund") == "regiobestuur"
        actions.save_mandate(by=karin, place=place(), values=mandate())
        assert _office("spend-fund") == "hoofd jeugd"
        assert queries.mandate_for("end-cooperation", place()) is None

    def test_one_that_ended_or_begins_later_decides_nothing(self, karin: User) -> None:
        yesterday, tomorrow = clock.today() - DAY, clock.today() + DAY
        actions.save_mandate(by=karin, place=place(), values=mandate(ends=yesterday))
        actions.save_mandate(by=karin, place=place(), values=mandate(starts=tomorrow))
        assert queries.mandate_for("spend-fund", place()) is None

    def test_a_place_names_decisions_of_its_own(self, karin: User) -> None:
        actions.save_mandate(
            by=karin, place=place(), values=mandate(decision=rules.OWN_DECISION, own_decision="Een zaal huren")
        )
        found = queries.mandate_for("Een zaal huren", place())
        assert found
        assert found.decision == "Een zaal huren"

    def test_nobody_notes_one_for_another_place(self, karin: User) -> None:
        with pytest.raises(PermissionDenied):
            actions.save_mandate(by=karin, place=place("twente"), values=mandate())

    def test_administrators_hear_once_that_it_ends_within_thirty_days(self, karin: User) -> None:
        row = actions.save_mandate(by=karin, place=place(), values=mandate(ends=clock.today() + timedelta(days=30)))
        far = mandate(ends=clock.today() + timedelta(days=31))
        actions.save_mandate(by=karin, place=place(), values=far)
        tasks.remind_of_mandates()
        tasks.remind_of_mandates()
        sent = OutboxMail.objects.get(kind="people/mandate_ends")
        assert str(row.pk) in mail.compose(sent).body
        OutboxMail.objects.all().delete()
        tasks.remind_of_mandates()
        assert not OutboxMail.objects.exists()
        Mandate.objects.filter(pk=row.pk).update(ends=clock.today() + timedelta(days=20))
        tasks.remind_of_mandates()
        assert OutboxMail.objects.count() == 1


def _office(decision: str) -> str:
    found = queries.mandate_for(decision, place())
    return found.mandate.office if found else ""


def test_every_action_of_the_table_has_a_plain_phrase_and_no_phrase_is_of_nothing() -> None:
    assert set(PHRASES) == set(TABLE)
    words = [str(phrase) for phrase in PHRASES.values()]
    assert len(set(words)) == len(words)
