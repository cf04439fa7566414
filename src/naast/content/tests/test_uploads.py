"""Pictures and papers through the editors' admin, whole: what lies on the disk afterwards, and how it is fetched."""

import pytest
from django.core.files.storage import default_storage
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from naast.content.tests.factories import regional_editor_of
from naast.core.uploads.tests import factories as made
from naast.people.tests.factories import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, shared_tree, settings, tmp_path):
    """Somebody who may add pictures and papers: no role of ours gives that today, a technical administrator can."""
    settings.MEDIA_ROOT = tmp_path
    user = regional_editor_of("twente")
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])
    sign_in(client, user)
    return client


def root():
    return Collection.get_first_root_node().pk


def on_disk(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_photo_from_a_phone_lies_there_without_where_it_was_taken(editor, tmp_path):
    sent = {"title": "Bij oma thuis.jpg", "file": made.upload(made.with_place(), "Bij oma thuis.jpg")}
    answer = editor.post("/beheer/images/add/", {**sent, "collection": root(), "tags": ""})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    picture = get_image_model().objects.get()
    assert picture.title == "Bij oma thuis"
    assert "oma" not in picture.file.name
    for path in on_disk(tmp_path):
        body = path.read_bytes()
        assert b"oma" not in body
        assert b"Dorpsstraat" not in body
    address = picture.get_rendition("max-165x165").url
    assert address.startswith("/-/ophalen/")
    assert editor.get(address)["Content-Disposition"].startswith("attachment")


def test_many_at_once_go_the_same_road_also_when_another_field_is_wrong(editor, tmp_path):
    for title in ("Foto", ""):
        sent = {"title": title, "files[]": made.upload(made.with_place(), "Bij oma.jpg"), "collection": root()}
        headers = {"X-Requested-With": "XMLHttpRequest"}
        assert editor.post("/beheer/images/multiple/add/", sent, headers=headers).status_code == 200
    assert on_disk(tmp_path)
    assert not any(b"oma" in path.read_bytes() for path in on_disk(tmp_path))


def test_a_paper_with_a_script_is_refused_and_the_title_stays(editor, tmp_path):
    sent = {"title": "Folder van het loket", "file": made.upload(made.paper(made.with_script), "folder.pdf")}
    page = editor.post("/beheer/documents/add/", {**sent, "collection": root(), "tags": ""}).content.decode()
    assert "In deze PDF zit een programma" in page
    assert "Folder van het loket" in page
    assert not on_disk(tmp_path)


def test_a_paper_is_kept_under_a_random_name_and_fetched_by_a_signed_address(editor):
    sent = {"title": "Folder", "file": made.upload(made.paper(), "folder.pdf"), "collection": root(), "tags": ""}
    assert editor.post("/beheer/documents/add/", sent).status_code == 302
    paper = get_document_model().objects.get()
    assert "folder" not in paper.file.name
    assert b"Jansen" not in default_storage.open(paper.file.name).read()
    assert editor.get(paper.url)["Content-Type"] == "application/pdf"


def test_nobody_can_send_a_photo_of_themselves(editor, tmp_path):
    page = editor.get("/beheer/account/").content.decode()
    assert 'type="file"' not in page
    editor.post("/beheer/account/", {"avatar-avatar": made.upload(made.picture())})
    assert not on_disk(tmp_path)
