"""Production refuses to start on a missing or weak setting, and says which."""

import os
import subprocess
import sys

import pytest

from naast.settings.env import make_env_file

KEY = "k1:" + "QUFB" * 10 + "QUE="
GOOD = {
    "NAAST_SECRET_KEY": "x1Y2z3" * 12 + "abcdefgh",
    "NAAST_KEYRING": KEY,
    "NAAST_LOCKER_SALTS": KEY.replace("k1", "1"),
    "NAAST_HOSTS": "naast.example",
    "NAAST_DATABASE_URL": "postgres://naast@localhost/naast",
    "NAAST_VALKEY_URL": "redis://localhost:6379/0",
    "NAAST_EMAIL_URL": "smtp://mail.example:25",
    "NAAST_EMAIL_FROM": "Naast <naast@naast.example>",
    "NAAST_SECURITY_CONTACT": "mailto:security@naast.example",
}


def start(**changes):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NAAST_", "DJANGO_"))}
    environment.update({k: v for k, v in {**GOOD, **changes}.items() if v is not None})
    code = "import naast.settings.production as s; print(s.NAAST_DEMO, 'naast.demo' in s.INSTALLED_APPS)"
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)


def test_complete_settings_start():
    done = start()
    assert done.returncode == 0, done.stderr


def test_production_never_holds_the_demonstration():
    assert start(NAAST_DEMO="1").stdout.split() == ["False", "False"]


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_missing_setting_stops_the_start_with_its_name(name):
    done = start(**{name: None})
    assert done.returncode != 0
    assert name in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NAAST_SECRET_KEY", "short"),
        ("NAAST_SECRET_KEY", "a" * 80),
        ("NAAST_KEYRING", "k1:AAAA"),
        ("NAAST_KEYRING", "k1:%%%"),
        ("NAAST_KEYRING", KEY.removeprefix("k1:")),
        ("NAAST_KEYRING", f":{KEY}"),
        ("NAAST_KEYRING", KEY.replace("k1", "sleutel-één")),
        ("NAAST_KEYRING", KEY.replace("k1", "k" * 21)),
        ("NAAST_KEYRING", f"{KEY},{KEY}"),
        ("NAAST_KEYRING", f"{KEY.replace('k1', 'k2')},{KEY}"),
        ("NAAST_KEYRING", " , "),
        ("NAAST_LOCKER_SALTS", "1:AAAA"),
        ("NAAST_LOCKER_SALTS", "1:QUFB,1:QUFB"),
        ("NAAST_PROXIES", "many"),
        ("NAAST_PROXIES", "-1"),
    ],
)
def test_a_weak_setting_stops_the_start_with_its_name(name, value):
    done = start(**{name: value})
    assert done.returncode != 0
    assert name in done.stderr.splitlines()[-1]
    assert "QUFBQUFB" not in done.stderr.splitlines()[-1], "a refusal never repeats a key"


def test_what_the_first_start_makes_is_for_its_owner_alone(tmp_path):
    # The database holds session numbers: whoever reads it on a shared machine is signed in as anybody.
    make_env_file(tmp_path / "var" / "naast.env")
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "var" / "naast.env").stat().st_mode & 0o777 == 0o600


def test_open_data_have_one_of_two_licences():
    done = start(NAAST_DATA_LICENCE="mine")
    assert done.returncode != 0
    assert "NAAST_DATA_LICENCE is one of: CC0-1.0, CC-BY-4.0." in done.stderr
    assert start(NAAST_DATA_LICENCE="CC-BY-4.0").returncode == 0
