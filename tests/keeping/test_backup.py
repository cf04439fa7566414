"""The drill: back up, erase a locker, break copies, restore. What was erased stays erased; what was broken is refused."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from naast.core.backup import actions, rules
from tests.template_db import ROOT, template


def _made(folder: Path) -> dict[str, str]:
    """Return the environment of a new installation below a folder: SQLite, or a database of the suite's cluster."""
    var = folder / "var"
    var.mkdir()
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("NAAST_", "DJANGO_", "PYTEST"))}
    environment = {
        **keep,
        "NAAST_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "naast.settings.embedded",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    cluster = os.environ.get("NAAST_TEST_DATABASE_URL")
    if cluster:
        from tests.template_pg import copied

        name = f"naast_drill_{uuid4().hex[:8]}"
        copied(cluster, "test_naast_filled", name, lambda begun: pytest.fail("the suite makes its template first"))
        environment["DJANGO_SETTINGS_MODULE"] = "tests.settings_installation"
        environment["NAAST_INSTALLATION_DATABASE"] = f"{cluster.rsplit('/', 1)[0]}/{name}"
    else:
        shutil.copy(template(), var / "naast.sqlite3")
    return environment


@pytest.fixture(scope="module")
def drill(django_db_setup, tmp_path_factory):
    """What one drill on this database found."""
    folder = tmp_path_factory.mktemp("drill")
    files = folder / "kopieen"
    files.mkdir()
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("drill.py")), str(files)],
        env=_made(folder), cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_a_backup_is_readable_by_its_owner_alone_and_says_what_is_not_in_it(drill):
    status, said = drill["made"]
    assert status == 0
    assert "Er zitten geen sleutels in." in said
    assert "django_session" in said
    assert drill["mode"] == "0o600"
    assert any(name.startswith("database/") for name in drill["names"])
    assert "media/original/plaat.txt" in drill["names"]


def test_no_key_no_session_and_no_readable_text_is_in_it(drill):
    assert (drill["secrets_inside"], drill["session_inside"], drill["text_inside"]) == (0, False, False)


def test_a_file_is_never_written_over(drill):
    status, said = drill["twice"]
    assert status == 1
    assert "bestaat al" in said


def test_verify_reads_all_of_it(drill):
    assert drill["verified"][0] == 0
    assert drill["verified"][1].startswith("Heel:")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("no zip", "beschadigd"),
        ("changed file", "veranderd na het maken: media/original/plaat.txt"),
        ("missing file", "Er ontbreekt een bestand: database/"),
        ("changed manifest", "het zegel klopt niet"),
        ("foreign key", "De sleutel k9 ontbreekt in NAAST_KEYRING"),
    ],
)
def test_a_broken_or_changed_backup_is_refused_in_words(drill, what, words):
    status, said = drill["broken"][what]
    assert status == 1
    assert words in said


def test_an_installation_that_is_not_empty_or_works_is_left_alone(drill):
    assert "niet leeg" in drill["not_empty"][1]
    assert "Stop eerst" in drill["busy"][1]
    assert "staat nog open" in drill.get("serving", (1, "staat nog open: PostgreSQL"))[1]
    assert drill["untouched"][1:] == ["een nieuwe plaat", ""]


def test_what_was_erased_after_the_backup_stays_erased(drill):
    assert drill["restored"][0] == 0, drill["restored"][1]
    assert drill["lockers"] == drill["expected"]
    assert not drill["gone_thread"]
    assert not drill["orphans"]
    assert drill["buried"]
    assert "Opnieuw gewist: 1 van lockers.Locker." in drill["restored"][1]


def test_an_address_that_was_taken_back_stays_away(drill):
    assert drill["address"] == ""


def test_what_went_past_its_rule_meanwhile_goes(drill):
    assert not drill["past_rule"]


def test_a_place_that_left_does_not_come_back(drill):
    assert drill["left"] == []


def test_the_rest_is_there_readable_and_opens_with_its_code(drill):
    assert "Zilverpopulier" in drill["readable"]
    assert drill["opens"]
    assert drill["media"] == "een plaat"


def test_nobody_stays_signed_in_and_no_old_mail_leaves(drill):
    assert (drill["sessions"], drill["mail"], drill["logged"]) == (0, 0, 1)


def test_a_restore_that_was_stopped_halfway_keeps_the_house_closed_until_it_is_done_again(drill):
    assert "Een terugzetting is niet af" in drill["halfway"]
    assert drill["unfinished"] == ""
    assert drill["stones"]


def test_backups_older_than_35_days_are_thrown_away_and_nothing_else(drill):
    status, said = drill["pruned"]
    assert status == 0
    assert "kopie.zip\n" in said
    assert "vreemd.txt" in said
    assert "vreemd.txt" in drill["after_prune"]
    assert not {"oud.zip", "kopie.zip"} & set(drill["after_prune"])


# --- What fits where (pure) -------------------------------------------------------------------------------------------

MADE = datetime(2026, 11, 1, tzinfo=UTC)


def manifest(**how):
    given = {
        "made_at": MADE.isoformat(), "release": "1", "vendor": "sqlite", "migrations": [["core", "0001_initial"]],
        "files": {"database/naast.sqlite3": "00"}, "ring": ["k1"], "salts": ["1"],
    }  # fmt: skip
    return rules.Manifest(**{**given, **how})


HERE = {"vendor": "sqlite", "known": {("core", "0001_initial")}, "ring": ["k2", "k1"], "salts": ["1"], "now": MADE}


@pytest.mark.parametrize(
    ("there", "words"),
    [
        ({"vendor": "postgresql"}, "draait op"),
        ({"migrations": [["core", "0099_later"]]}, "nieuwere uitgave"),
        ({"ring": ["k1", "k0"]}, "NAAST_KEYRING mist k0"),
        ({"salts": ["7"]}, "NAAST_LOCKER_SALTS mist 7"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused_by_name(there, words):
    with pytest.raises(rules.Broken, match=words):
        rules.check_fit(manifest(**there), **HERE)
    rules.check_fit(manifest(), **HERE)


def test_a_backup_that_outlived_the_tombstones_is_refused_for_what_was_erased_would_come_back():
    with pytest.raises(rules.Broken, match="ouder dan 35 dagen"):
        rules.check_fit(manifest(), **{**HERE, "now": MADE + timedelta(days=36)})
    rules.check_fit(manifest(), **{**HERE, "now": MADE + timedelta(days=35)})


def test_what_a_killed_backup_left_behind_goes_a_day_later_and_nothing_else(tmp_path):
    for name in (".naast-backup-a", ".naast-restore-b", ".naast-backup-busy", "d"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "database").write_text("alles")
    (tmp_path / ".naast-backup-link").symlink_to(tmp_path / "d")
    for name in (".naast-backup-a", ".naast-restore-b", "d"):
        os.utime(tmp_path / name, (0, 0))
    assert actions.sweep(tmp_path) == 2
    assert {file.name for file in tmp_path.iterdir()} == {".naast-backup-link", ".naast-backup-busy", "d"}
    assert (tmp_path / "d" / "database").exists()


def test_a_list_that_unfolds_without_end_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(rules, "MOST_MANIFEST", 1000)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(rules.MANIFEST, b" " * 100_000)
    with pytest.raises(rules.Broken, match="te groot"):
        actions.manifest_of(tmp_path / "a.zip")


@pytest.mark.parametrize("name", ["media/../../etc/passwd", "/etc/passwd", "media/a\\b", "naast.env", "media/"])
def test_a_name_that_leads_elsewhere_is_refused(name):
    with pytest.raises(rules.Broken):
        rules.check_names(manifest(files={name: "00"}), [rules.MANIFEST, name])


def test_a_backup_may_live_35_days():
    assert not rules.too_old(manifest(), MADE + timedelta(days=35))
    assert rules.too_old(manifest(), MADE + timedelta(days=35, seconds=1))
