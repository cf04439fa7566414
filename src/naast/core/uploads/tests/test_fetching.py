"""Where uploads lie and how they are fetched: random names, known kinds, a signed address for ten minutes."""

from datetime import timedelta

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.signing import TimestampSigner

from naast.core.uploads.storage import SALT, signed_address
from naast.core.uploads.tests import factories as made


@pytest.fixture
def kept(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return default_storage.save("films/Van Jan.jpg", ContentFile(made.picture()))


def test_a_file_lies_under_a_random_name(kept):
    assert kept.startswith("films/")
    assert "Jan" not in kept
    assert len(kept) == len("films/") + 32 + len(".jpg")
    assert default_storage.save("films/Van Jan.jpg", ContentFile(made.picture())) != kept


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.jpg", b"MZ" + b"\0" * 99),
        ("x.jpg", b"<html><script>"),
        ("x.png", made.picture("JPEG")),
        ("x.svg", b"<svg/>"),
        ("x.exe", made.picture()),
        ("x", made.picture()),
        ("../x.html", b"<html>"),
    ],
)
def test_whoever_forgets_the_road_is_stopped_at_the_storage(settings, tmp_path, name, data):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(SuspiciousFileOperation):
        default_storage.save(name, ContentFile(data))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_signed_address_gives_an_attachment_that_can_do_nothing(client, kept):
    answer = client.get(signed_address(kept, "Brief\r\nX: y aan <ouders>.exe"))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == made.picture()
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert "\n" not in answer["Content-Disposition"]
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_the_storage_gives_nothing_but_signed_addresses(client, kept):
    assert default_storage.url(kept).startswith("/-/ophalen/")
    for path in (f"/media/{kept}", f"/-/ophalen/{kept}/", f"/{kept}", "/-/ophalen/../../naast.env/"):
        assert client.get(path).status_code == 404


# Named: what is signed differs by the second, and two processes must see the same tests.
@pytest.mark.parametrize(
    "token",
    ["x", "x:y:z", TimestampSigner(salt="other").sign_object({"n": "films/x.jpg"})],
    ids=["no token", "three parts", "signed for something else"],
)
def test_a_token_that_we_did_not_make_opens_nothing(client, db, token):
    assert client.get(f"/-/ophalen/{token}/").status_code == 404


def test_after_ten_minutes_an_address_opens_nothing(client, kept, monkeypatch):
    import time

    address, then = signed_address(kept), time.time()
    monkeypatch.setattr(time, "time", lambda: then + timedelta(minutes=9, seconds=59).total_seconds())
    assert client.get(address).status_code == 200
    monkeypatch.setattr(time, "time", lambda: then + timedelta(minutes=10, seconds=2).total_seconds())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["../naast.env", "/etc/passwd", "films/none.jpg", "films"])
def test_even_a_signed_path_outside_the_folder_opens_nothing(client, kept, name):
    token = TimestampSigner(salt=SALT).sign_object({"n": name, "t": ""})
    assert client.get(f"/-/ophalen/{token}/").status_code in (400, 404)
