"""What is kept about a member of staff: all of it in one file, and nameless when they are forgotten."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate

from naast.core import audit, clock, kept
from naast.core.models import AuditLine, Tombstone
from naast.core.retention import tombstones
from naast.people import commands
from naast.people.access.models import BrokenGlass
from naast.people.actions import LastAdministrator
from naast.people.models import Absence, User
from naast.people.rights import actions, queries
from naast.people.rules import Scope
from naast.people.staffing.actions import WorksElsewhere, give_role, invite
from naast.people.staffing.models import Team
from naast.people.tests.factories import PASSWORD, AbsenceFactory, GrantFactory, staff
from naast.places.queries import by_slug

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser(places):
    """Somebody with a role, a team, days away, a second factor and a past."""
    user = staff("adviser", by_slug("enschede"), display_name="Marije Voorbeeld", email="marije@enschede.example")
    AbsenceFactory(user=user)
    Team.objects.create(place_id=by_slug("enschede").id, name="Jonge kinderen").members.add(user)
    Authenticator.objects.create(user=user, type="totp", data={})
    audit.record(actor=f"staff:{user.pk}", act="read", kind="contact.Question", record_id="kluis-7", place="enschede")
    return user


@pytest.fixture
def admin(places):
    staff("place-admin", by_slug("enschede"))
    return staff("place-admin", by_slug("enschede"), display_name="Bea Heer")


def opened(blob):
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_file_holds_account_roles_absence_team_and_what_was_done(adviser):
    files = opened(actions.take_home(user=adviser, by=adviser))
    kinds = {one["soort"]: one["gegevens"] for one in json.loads(files["gegevens.json"])["inhoud"]}
    assert kinds["people.User"][0]["e-mailadres"] == "marije@enschede.example"
    assert kinds["people.Grant"][0]["waar"] == "Enschede"
    assert kinds["people.Team"] == [{"team": "Jonge kinderen"}]
    assert len(kinds["people.Absence"]) == 1
    assert any({"read", "contact.Question"} <= set(row.values()) for row in kinds["core.AuditLine"])
    assert "Marije Voorbeeld" in files["lees-mij.html"]
    assert "Jonge kinderen" in files["lees-mij.html"]


def test_whose_record_it_was_is_not_in_it(adviser):
    files = opened(actions.take_home(user=adviser, by=adviser))
    assert "kluis-7" not in files["gegevens.json"] + files["lees-mij.html"]


def test_taking_it_home_is_logged(adviser, admin):
    actions.take_home(user=adviser, by=admin, place="enschede")
    line = AuditLine.objects.get(act="export")
    assert (line.actor, line.record_id, line.place) == (f"staff:{admin.pk}", str(adviser.pk), "enschede")


def test_who_is_forgotten_is_named_nowhere_and_cannot_come_in(adviser, admin):
    actions.forget(user=adviser, by=admin, place="enschede")
    left = User.objects.get(pk=adviser.pk)
    assert (left.display_name, left.is_active) == ("Oud-medewerker", False)
    assert left.email.endswith("@gewist.invalid")
    assert queries.is_forgotten(left.pk)
    assert not Authenticator.objects.exists()
    assert not Absence.objects.filter(user=left).exists()
    assert not Team.objects.filter(members=left).exists()
    assert authenticate(email="marije@enschede.example", password=PASSWORD) is None
    everything = json.dumps([list(entry.rows.values()) for entry in kept.all_kept()], default=str)
    assert "Marije" not in everything
    assert "marije@" not in everything


def test_the_access_log_keeps_the_number_that_now_points_at_nobody(adviser, admin):
    actions.forget(user=adviser, by=admin)
    assert AuditLine.objects.filter(actor=f"staff:{adviser.pk}", act="read").exists()
    assert Tombstone.objects.filter(model="people.User", record_id=str(adviser.pk)).exists()


def test_a_restored_backup_makes_them_nameless_again(adviser, admin):
    actions.forget(user=adviser, by=admin)
    User.objects.filter(pk=adviser.pk).update(display_name="Marije Voorbeeld", email="marije@enschede.example")
    assert tombstones.apply()["people.User"] == 1
    assert User.objects.get(pk=adviser.pk).display_name == "Oud-medewerker"


def test_who_also_works_elsewhere_and_the_last_administrator_are_refused(adviser, admin, places):
    elsewhere = staff("adviser", by_slug("hengelo"))
    with pytest.raises(WorksElsewhere):
        actions.forget(user=elsewhere, by=admin)
    lonely = staff("place-admin", by_slug("hengelo"))
    with pytest.raises(LastAdministrator):
        actions.forget(user=lonely, by=None)
    assert User.objects.get(pk=lonely.pk).is_active


def test_why_somebody_read_in_an_emergency_and_what_stays_with_the_privacy_officer(adviser):
    now = clock.now()
    glass = BrokenGlass(
        user=adviser, role="adviser", place_id=by_slug("hengelo").id, kind="contact.Question", record_id="7",
        number="K7M3-9QXB", begun_at=now, ends_at=now + timedelta(hours=1),
    )  # fmt: skip
    glass.reason = "Moeder schreef dat hij haar slaat"
    glass.save(force_insert=True)
    kept_of_it = opened(actions.take_home(user=adviser, by=adviser))["gegevens.json"]
    assert "people.BrokenGlass" in kept_of_it
    assert "slaat" not in kept_of_it
    assert "K7M3" not in kept_of_it


def test_nobody_makes_nameless_who_was_invited_by_another_place_or_worked_there(places, admin):
    there = staff("place-admin", by_slug("hengelo"))
    invited, _invitation = invite(
        by=there, place=by_slug("hengelo"), email="nieuw@hengelo.example", display_name="Nieuw", role="place-admin",
        scope=Scope("municipality", by_slug("hengelo").id),
    )  # fmt: skip
    give_role(by=admin, user=invited, role="adviser", scope=Scope("municipality", by_slug("enschede").id))
    worked = staff("adviser", by_slug("enschede"), ends=clock.today(), is_active=False)
    GrantFactory(user=worked, scope_id=by_slug("hengelo").id, ended=True)
    for user in (invited, worked):
        with pytest.raises(WorksElsewhere):
            actions.forget(user=user, by=admin, place="enschede")
        assert not queries.is_forgotten(user.pk)


class Options:
    def __init__(self, **given):
        self.__dict__ = {"to": None, "sure": False, **given}


def test_the_commands_export_and_erase(adviser, tmp_path, capsys):
    target = tmp_path / "m.zip"
    assert commands.run_export(Options(email="MARIJE@enschede.example", to=str(target))) == 0
    assert target.stat().st_mode & 0o777 == 0o600
    assert commands.run_export(Options(email="marije@enschede.example", to=str(target))) == 1
    assert commands.run_erase(Options(email="marije@enschede.example")) == 0
    assert User.objects.get(pk=adviser.pk).is_active
    assert commands.run_erase(Options(email="marije@enschede.example", sure=True)) == 0
    assert queries.is_forgotten(adviser.pk)
    assert commands.run_erase(Options(email="niemand@enschede.example", sure=True)) == 1
    assert "Nobody has the address" in capsys.readouterr().err
