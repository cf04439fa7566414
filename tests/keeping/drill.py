"""A drill in one process of its own: fill, back up, erase, break copies, restore. Prints what it found as JSON.

Run by test_backup.py with an own folder and database; it restores over its own installation.
"""

import contextlib
import io
import json
import shutil
import sqlite3
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from naast.conversations.models import Message, Thread  # noqa: E402
from naast.conversations.tests.factories import a_thread, answered  # noqa: E402
from naast.core import clock, kept  # noqa: E402
from naast.core.backup import actions, restoring, rules, tombstone_file  # noqa: E402
from naast.core.backup.commands import run_backup, run_restore  # noqa: E402
from naast.core.keys import actions as keys  # noqa: E402
from naast.core.models import AuditLine, OutboxMail, PlaceLeaving, Tombstone, WorkerBeat  # noqa: E402
from naast.lockers import actions as lockers  # noqa: E402
from naast.lockers.models import Locker  # noqa: E402
from naast.lockers.tests.factories import EMAIL, a_locker  # noqa: E402
from naast.places import queries as places  # noqa: E402


class Options:
    """What a command line gave."""

    def __init__(self, path, **given):
        self.__dict__ = {"path": path, "verify": False, "prune": False, "tombstones": False, "replace": False, **given}


def told(run, options):
    """Run a command; returns (status, all it printed)."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run(options)
    return status, out.getvalue() + err.getvalue()


def changed(source, target, name, content):
    """Write a copy of a backup in which one file is another (None: missing)."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
            elif content is not None:
                new.writestr(one, content)
    return target


def main(folder):
    """Do the drill below `folder`."""
    found = {}
    call_command("createcachetable", verbosity=0)
    media = Path(settings.MEDIA_ROOT) / "original" / "plaat.txt"
    media.parent.mkdir(parents=True)
    media.write_text("een plaat")

    stays, goes, _leaves, shy = a_locker(), a_locker(), a_locker(place="hengelo"), a_locker(email=EMAIL)
    for made in (stays, goes):
        answered(a_thread(made))
    with_mail = a_thread(shy)
    answered(with_mail)
    with clock.frozen(clock.now() - timedelta(days=180)):
        soon = a_thread(stays)
    session = SessionStore()
    session["locker"] = str(goes.locker.pk)
    session.save()

    backup = folder / "kopie.zip"
    found["made"] = told(run_backup, Options(backup))
    found["mode"] = oct(backup.stat().st_mode & 0o777)
    found["twice"] = told(run_backup, Options(backup))
    found["verified"] = told(run_backup, Options(backup, verify=True))
    with zipfile.ZipFile(backup) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
        found["names"] = sorted(archive.namelist())
        manifest = json.loads(archive.read(rules.MANIFEST))
    secrets = [settings.SECRET_KEY.encode(), *settings.NAAST_KEYRING.values(), *settings.NAAST_LOCKER_SALTS.values()]
    found["secrets_inside"] = sum(secret in whole for secret in secrets)
    found["session_inside"] = session.session_key.encode() in whole
    found["text_inside"] = b"Zilverpopulier" in whole

    # what happens after the backup
    lockers.empty(locker=goes.locker)
    lockers.set_email(locker=shy.locker, email="")
    hengelo = places.by_slug("hengelo")
    keys.erase_of_place(hengelo.id)
    PlaceLeaving.objects.create(place_id=hengelo.id, slug="hengelo", keys_erased_at=clock.now())
    media.write_text("een nieuwe plaat")

    database = next(name for name in found["names"] if name.startswith("database/"))
    broken = {
        "no zip": folder / "geen.zip",
        "changed file": changed(backup, folder / "a.zip", "media/original/plaat.txt", "iets anders"),
        "missing file": changed(backup, folder / "b.zip", database, None),
        "changed manifest": changed(
            backup, folder / "c.zip", rules.MANIFEST, json.dumps({**manifest, "made_at": "2027-01-01T00:00:00+00:00"})
        ),
        "foreign key": changed(
            backup, folder / "d.zip", rules.MANIFEST, json.dumps({**manifest, "seal": {"key": "k9", "mark": "0"}})
        ),
    }
    broken["no zip"].write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    found["broken"] = {name: told(run_restore, Options(file, replace=True)) for name, file in broken.items()}
    found["not_empty"] = told(run_restore, Options(backup))
    WorkerBeat.objects.create(worker_id="w")
    found["busy"] = told(run_restore, Options(backup, replace=True))
    WorkerBeat.objects.all().delete()
    if connection.vendor == "sqlite":
        site = sqlite3.connect(settings.DATABASES["default"]["NAME"])  # a site that serves pages, without a worker
        site.execute("SELECT count(*) FROM django_migrations").fetchone()
        found["serving"] = told(run_restore, Options(backup, replace=True))
        site.close()
    found["untouched"] = [Thread.objects.count(), media.read_text(), restoring.unfinished()]

    # an operator whose restore is stopped halfway, and who begins again a week later
    stop = restoring._afterwards

    def killed(stones):
        raise KeyboardInterrupt

    restoring._afterwards = killed
    with contextlib.suppress(KeyboardInterrupt):
        restoring.restore(backup, replace=True)
    restoring._afterwards = stop
    found["halfway"] = restoring.unfinished()
    with clock.frozen(clock.now() + timedelta(days=7)):
        found["restored"] = told(run_restore, Options(backup, replace=True))
        found["unfinished"] = restoring.unfinished()
        found["lockers"] = sorted(str(pk) for pk in Locker.objects.values_list("pk", flat=True))
        found["expected"] = sorted(str(made.locker.pk) for made in (stays, shy))
        found["gone_thread"] = Thread.objects.filter(locker_id=goes.locker.pk).exists()
        found["past_rule"] = Thread.objects.filter(pk=soon.pk).exists()
        found["orphans"] = Message.objects.exclude(thread__in=Thread.objects.all()).exists()
        found["readable"] = next(str(one.text) for one in Message.objects.filter(thread__locker_id=stays.locker.pk))
        found["address"] = str(Locker.objects.get(pk=shy.locker.pk).email)
        found["mail"] = OutboxMail.objects.count()
        found["sessions"] = Session.objects.count()
        found["buried"] = Tombstone.objects.filter(record_id=str(goes.locker.pk)).exists()
        found["logged"] = AuditLine.objects.filter(act="restore").count()
        found["media"] = media.read_text()
        found["left"] = list(kept.of_model("lockers.Locker").rows.filter(place__slug="hengelo"))
        found["opens"] = lockers._find(tuple(stays.code.split())) is not None
    with clock.frozen(clock.now() + timedelta(days=36)):
        (folder / "vreemd.txt").write_text("van iemand anders")
        shutil.copy(backup, folder / "oud.zip")
        found["pruned"] = told(run_backup, Options(folder, prune=True))
        found["after_prune"] = sorted(file.name for file in folder.iterdir() if file.suffix in (".zip", ".txt"))
    found["stones"] = tombstone_file.path().stat().st_mode & 0o777 == 0o600
    with clock.frozen(clock.now() + timedelta(days=1)):
        actions.make(folder / "nieuw.zip")
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
