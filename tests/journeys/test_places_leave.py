"""A municipality leaves: everything of theirs in one sealed file, then nothing of it can be read, here or in a copy."""

import json
import stat
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from naast.cli import main
from naast.contact.models import Question
from naast.contact.tests.factories import ask, place
from naast.conversations import actions as conversations
from naast.conversations.models import Message, Thread
from naast.core import clock, crypto
from naast.core.models import AuditLine, LegalHold, PlaceKey, PlaceLeaving, Tombstone
from naast.core.retention import tombstones
from naast.directory.models import Offer
from naast.directory.tests.factories import offer as an_offer
from naast.ledger.models import Counter
from naast.lockers.models import Locker
from naast.lockers.tests.factories import Made, a_locker, opened
from naast.people.drafts.actions import keep_form
from naast.people.models import Grant, KeptForm, StaffSession
from naast.people.tests.factories import sign_in, staff
from naast.places import actions as places_actions
from naast.places.departure import actions, archive, commands
from naast.places.models import Desk, OwnHost, Place

pytestmark = pytest.mark.django_db
TEXT = "Zilverpopulier bij het station: hoe zeg ik het mijn zoon?"
ANSWER = "Kwikstaartje, zeg het samen."


@pytest.fixture(autouse=True)
def _at_once(places, monkeypatch):
    monkeypatch.setattr(commands, "SETTLE", 0)


@pytest.fixture
def there():
    """Enschede with a desk, a question with its answer, an offer, an own host; Hengelo with a question of its own."""
    places_actions.answer_on(slug="enschede", host="naast.voorbeeld.example")
    adviser = staff("adviser", place(), display_name="Marije de Boer")
    Grant.objects.update(starts=clock.today() - timedelta(days=9))
    made = ask(TEXT, email="zilverpopulier@voorbeeld.example")
    conversations.reply(thread=made.question.thread, author=adviser, text=ANSWER)
    ask("Iets anders.", at="hengelo")
    row = an_offer(slug="gesprek")
    Offer.objects.filter(pk=row.pk).update(keeper_id=place().id)
    return made


def leave(tmp_path, *more: str) -> int:
    return main(["places", "leave", "enschede", "--yes", "--json", "--to", str(tmp_path / "a.archive"), *more])


def told(capsys) -> dict:
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def unsealed(path, passphrase) -> zipfile.ZipFile:
    with path.open("rb") as file:
        return zipfile.ZipFile(BytesIO(b"".join(archive.opened(file, passphrase))))


def test_a_dry_run_says_what_would_happen_and_changes_nothing(there, capsys):
    assert main(["places", "leave", "enschede", "--dry-run"]) == 0
    words = capsys.readouterr().out
    assert "1  Vragen: mee in loket.json; wordt gewist" in words
    assert "Plannen in kluisjes: gaat niet mee (van de bewoner zelf); wordt gewist" in words
    assert "Kopieën van vóór vandaag bevatten de sleutel nog. Ze bestaan hoogstens 35 dagen." in words
    assert Place.objects.get(slug="enschede").live
    assert not PlaceLeaving.objects.exists()


def test_what_is_theirs_goes_along_and_reads_back(there, tmp_path, capsys):
    assert leave(tmp_path) == 0
    outcome = told(capsys)
    path = tmp_path / "a.archive"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert TEXT.encode() not in path.read_bytes()
    held = unsealed(path, outcome["passphrase"])
    desk = json.loads(held.read("loket.json"))
    said = sorted(desk["Berichten"], key=lambda row: row["number"])
    assert [(row["text"], row["door"]) for row in said] == [(TEXT, None), (ANSWER, "Marije de Boer")]
    assert TEXT in held.read("loket.html").decode()
    assert [row["slug"] for row in json.loads(held.read("aanbod.json"))["Aanbod"]] == ["gesprek"]
    assert json.loads(held.read("instellingen.json"))["Eigen webadres"][0]["host"] == "naast.voorbeeld.example"
    assert json.loads(held.read("cijfers.json"))["Tellingen"] or not Counter.objects.filter(place="enschede").exists()


def test_nothing_of_a_residents_own_goes_along(there, tmp_path, capsys):
    locker_id = str(there.question.thread.locker_id)
    assert leave(tmp_path) == 0
    held = unsealed(tmp_path / "a.archive", told(capsys)["passphrase"])
    assert held.namelist()
    for name in held.namelist():
        assert locker_id not in held.read(name).decode()
        assert "zilverpopulier@" not in held.read(name).decode()


def test_afterwards_nothing_of_it_is_there_and_the_neighbours_lost_nothing(there, tmp_path, capsys):
    sealed = bytes(Message.objects.filter(number=1, thread=there.question.thread).values_list("text", flat=True).get())
    message_id = Message.objects.get(number=1, thread=there.question.thread).pk
    assert leave(tmp_path) == 0
    assert [q.place.slug for q in Question.objects.all()] == ["hengelo"]
    assert Thread.objects.get().place.slug == "hengelo"
    assert Message.objects.get().text == "Iets anders."
    assert not Desk.objects.filter(place__slug="enschede").exists()
    assert not OwnHost.objects.exists()
    assert Offer.objects.get(slug="gesprek").keeper is None, "help stays where people live"
    with pytest.raises(crypto.Unreadable):  # as it lies in a copy of this database from now on
        crypto.decrypt(sealed, model="conversations.message", record_id=message_id, field="text")
    key = PlaceKey.objects.get(place_id=place().id)
    assert (key.wrapped, key.erased_at is not None) == (None, True)
    acts = AuditLine.objects.filter(kind="places.Place", place="enschede").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["leave", "close", "export", "left"]


def test_roles_and_sessions_end_and_pages_close(there, tmp_path, client):
    user = staff("place-admin", place())
    Grant.objects.update(starts=clock.today() - timedelta(days=9))
    sign_in(client, user)
    keep_form(user=user, page="/loket/vragen/x/", action="/loket/vragen/x/", typed=(("text", TEXT),))
    assert KeptForm.objects.exists()
    assert leave(tmp_path) == 0
    assert not KeptForm.objects.exists(), "it lies under the ring: erasing the key of the place leaves it readable"
    assert not StaffSession.objects.filter(user=user).exists()
    assert not Grant.objects.filter(scope_id=place().id, ends__isnull=True).exists()
    assert Client().get("/enschede/vraag/").status_code != 200


def test_a_resident_reads_friendly_words_in_a_locker_of_theirs(there, tmp_path):
    locker = a_locker()
    assert leave(tmp_path) == 0
    page = opened(Made(locker.locker, locker.code)).get("/kluisje/")
    assert page.status_code == 200
    assert "Enschede doet niet meer mee met Naast" in page.content.decode()
    assert "Je hebt nog geen vraag gesteld" not in page.content.decode()
    assert "/kluisje/seintje/" not in page.content.decode()
    assert not Locker.objects.exclude(email_index="").filter(place_id=place().id).exists()


@pytest.mark.parametrize("step", ["close", "take_along", "note_taken", "erase_keys", "remove", "finish"])
def test_killed_before_any_step_the_same_command_goes_on(there, tmp_path, monkeypatch, step, capsys):
    class Killed(BaseException):
        pass

    def dies(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(actions, step, dies)
        with pytest.raises(Killed):
            leave(tmp_path)
    if step == "note_taken":  # written, and nobody was told the passphrase for certain: the next run makes another
        assert leave(tmp_path) == 2
        (tmp_path / "a.archive").unlink()
    assert leave(tmp_path) == 0
    assert PlaceLeaving.objects.get().finished_at
    assert (tmp_path / "a.archive").exists()
    assert not Question.objects.filter(place__slug="enschede").exists()


def test_killed_halfway_through_removing_it_goes_on(there, tmp_path, monkeypatch):
    class Killed(BaseException):
        pass

    whole, calls = actions._remove_part, []

    def dies(part, of):
        calls.append(part)
        if len(calls) == 6:
            raise Killed
        return whole(part, of)

    with monkeypatch.context() as patch:
        patch.setattr(actions, "_remove_part", dies)
        with pytest.raises(Killed):
            leave(tmp_path)
    assert leave(tmp_path) == 0
    assert not Desk.objects.filter(place__slug="enschede").exists()


def test_an_archive_that_does_not_read_back_erases_nothing(there, tmp_path, monkeypatch):
    whole = actions._read_back

    def damaged(path, passphrase, plain):
        with path.open("r+b") as file:
            file.seek(200)
            file.write(b"\0\0\0\0")
        whole(path, passphrase, plain)

    monkeypatch.setattr(actions, "_read_back", damaged)
    assert leave(tmp_path) == 1
    assert Message.objects.filter(thread__place__slug="enschede").first().text == TEXT
    assert PlaceKey.objects.get(place_id=place().id).wrapped


def test_what_a_restored_backup_brings_back_is_erased_again(there, tmp_path):
    key = PlaceKey.objects.get(place_id=place().id)
    question = Question.objects.get(place__slug="enschede")
    assert leave(tmp_path) == 0
    assert Tombstone.objects.filter(model="core.PlaceKey", record_id=str(key.pk)).exists()
    assert Tombstone.objects.filter(model="conversations.Thread", record_id=str(question.thread_id)).exists()
    PlaceKey.objects.filter(pk=key.pk).update(wrapped=key.wrapped, erased_at=None)
    tombstones.apply()
    assert not PlaceKey.objects.filter(pk=key.pk, wrapped__isnull=False).exists()


def test_a_municipality_that_comes_back_begins_with_a_key_of_its_own(there, tmp_path):
    old = PlaceKey.objects.get(place_id=place().id)
    assert leave(tmp_path) == 0
    places_actions.take_part(slug="enschede")
    Place.objects.filter(slug="enschede").update(live=True)
    again = ask("Opnieuw.")
    assert Message.objects.get(thread=again.question.thread).text == "Opnieuw."
    assert PlaceKey.objects.get(place_id=place().id, erased_at=None).pk != old.pk


class TestRefused:
    def test_while_a_legal_hold_stands(self, there, tmp_path, capsys):
        hold = LegalHold(place="enschede", actor="system", ends=clock.today() + timedelta(days=30))
        hold.reason = "Onderzoek."
        hold.save()
        assert leave(tmp_path) == 1
        assert "Er geldt een bewaarplicht" in capsys.readouterr().err
        assert Place.objects.get(slug="enschede").live

    def test_while_questions_of_others_lie_at_its_desk(self, there, tmp_path, capsys):
        Question.objects.filter(place__slug="hengelo").update(desk_id=place().id)
        assert leave(tmp_path) == 1
        assert "1 open vragen van andere gemeenten" in capsys.readouterr().err

    def test_a_region_and_a_place_that_is_not_there(self, there, capsys):
        assert main(["places", "leave", "twente", "--yes"]) == 1
        assert "Alleen een gemeente kan vertrekken." in capsys.readouterr().err
        assert main(["places", "leave", "nergens", "--yes"]) == 2

    def test_without_the_slug_typed_nothing_happens(self, there, tmp_path, monkeypatch):
        monkeypatch.setattr("builtins.input", lambda words: "Enschede?")
        assert main(["places", "leave", "enschede", "--to", str(tmp_path / "a.archive")]) == 2
        assert Place.objects.get(slug="enschede").live

    def test_a_file_that_is_there_is_never_written_over(self, there, tmp_path):
        (tmp_path / "a.archive").write_text("van iemand anders")
        assert leave(tmp_path) == 2
        assert Place.objects.get(slug="enschede").live


class TestArchive:
    @settings(max_examples=12, deadline=None)
    @given(st.binary(max_size=3000), st.integers(min_value=1, max_value=700))
    def test_what_goes_in_comes_out(self, data, size):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(archive, "PIECE", size)
            target = BytesIO()
            writer = archive.SealedWriter(target, "geheim woord")
            writer.write(data)
            writer.end()
            assert b"".join(archive.opened(BytesIO(target.getvalue()), "GEHEIM-woord")) == data

    @settings(max_examples=12, deadline=None)
    @given(st.integers(min_value=0), st.integers(min_value=1, max_value=255), st.booleans())
    def test_a_changed_byte_a_cut_and_another_passphrase_are_refused(self, at, flip, cut):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(archive, "PIECE", 100)
            target = BytesIO()
            writer = archive.SealedWriter(target, "geheim")
            writer.write(b"x" * 350)
            writer.end()
            sealed = bytearray(target.getvalue())
            at %= len(sealed)
            if cut:
                sealed = sealed[:at]
            else:
                sealed[at] ^= flip
            with pytest.raises(archive.NotOpened):
                b"".join(archive.opened(BytesIO(bytes(sealed)), "geheim"))
            with pytest.raises(archive.NotOpened):
                b"".join(archive.opened(BytesIO(target.getvalue()), "ander"))

    def test_the_command_opens_it(self, there, tmp_path, capsys, monkeypatch):
        assert leave(tmp_path) == 0
        monkeypatch.setattr("sys.stdin", type("In", (), {"isatty": lambda s: False, "readline": lambda s: word})())
        word = told(capsys)["passphrase"].upper()
        zipped = tmp_path / "a.zip"
        assert main(["places", "open-archive", str(tmp_path / "a.archive"), "--to", str(zipped)]) == 0
        assert zipfile.ZipFile(zipped).testzip() is None
