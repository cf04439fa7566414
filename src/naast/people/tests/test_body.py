"""What no form of ours sends is refused before it is read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from naast.people.tests.factories import sign_in, staff
from naast.places.queries import by_slug

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small():
    with override_settings(NAAST_BODY_BYTES=2_000, NAAST_FILM_BYTES=4_000):
        yield


def send(client, address: str, size: int):
    return client.post(address, {"text": "Hoe verder?", "film": SimpleUploadedFile("f.mp4", b"x" * size)})


def test_a_stranger_cannot_fill_the_disk(places, client):
    answer = send(client, "/enschede/vraag/", 5_000)
    assert answer.status_code == 413
    assert "te groot" in answer.content.decode()


def test_a_form_of_ours_passes(places, client):
    assert send(client, "/enschede/vraag/", 100).status_code == 200


def test_staff_may_send_a_film_and_hear_of_one_that_is_too_large(places, client):
    sign_in(client, staff("regional-editor", by_slug("twente")))
    assert send(client, "/beheer/", 5_000).status_code != 413
    assert send(client, "/beheer/", 20_000).status_code == 413
