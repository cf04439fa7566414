"""Films as browsers ask for them: in pieces, not before they may be seen; and what an editor may upload."""

import io
import re

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from PIL import Image, PngImagePlugin

from naast.content.media import forms as film_forms
from naast.content.media import queries as extras
from naast.content.media.image_form import ImageForm
from naast.content.media.models import Film, FilmSubtitles
from naast.content.tests.factories import article, editor_of, regional_editor_of
from naast.people.tests.factories import sign_in

pytestmark = pytest.mark.django_db
BODY = b"\x00\x00\x00\x20ftypisom" + bytes(range(256)) * 4
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nDag.\n"
ADDRESS = "/-/film/proef/film.mp4"


@pytest.fixture
def film(places):
    """Make a film that readers may see."""
    made = Film(
        key="proef", title="Proef", seconds=30, transcript="Je ziet een huis.", live=True, audiences=["kinderen"],
        video=ContentFile(BODY, "x.mp4"), poster=ContentFile(b"RIFF....WEBP", "x.webp"),
    )  # fmt: skip
    made.subtitles = [FilmSubtitles(language="nl", vtt=VTT), FilmSubtitles(language="en", vtt=VTT)]
    made.save()
    return made


class TestServing:
    def test_the_whole_film(self, client, film):
        answer = client.get(ADDRESS)
        assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, BODY, "video/mp4")
        assert answer["Accept-Ranges"] == "bytes"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert not answer.cookies

    def test_a_piece(self, client, film):
        answer = client.get(ADDRESS, headers={"Range": "bytes=8-19"})
        assert (answer.status_code, answer.content) == (206, BODY[8:20])
        assert answer["Content-Range"] == f"bytes 8-19/{len(BODY)}"

    def test_the_last_bytes(self, client, film):
        answer = client.get(ADDRESS, headers={"Range": "bytes=-4"})
        assert (answer.status_code, answer.content) == (206, BODY[-4:])

    def test_past_the_end(self, client, film):
        answer = client.get(ADDRESS, headers={"Range": "bytes=99999-"})
        assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(BODY)}")
        assert answer["Cache-Control"] == "no-store"

    def test_asking_how_long_it_is(self, client, film):
        answer = client.head(ADDRESS)
        assert (answer.status_code, answer.content, answer["Content-Length"]) == (200, b"", str(len(BODY)))

    def test_who_has_it_gets_nothing_again(self, client, film):
        etag = client.get(ADDRESS)["ETag"]
        assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 304

    def test_a_piece_only_of_the_film_one_had(self, client, film):
        etag = client.get(ADDRESS)["ETag"]
        same = client.get(ADDRESS, headers={"Range": "bytes=0-3", "If-Range": etag})
        other = client.get(ADDRESS, headers={"Range": "bytes=0-3", "If-Range": '"anders"'})
        assert (same.status_code, other.status_code) == (206, 200)
        assert other.content == BODY

    @override_settings(NAAST_FILM_PIECE=100)
    def test_a_large_piece_comes_in_parts_so_that_nobody_holds_a_thread(self, client, film):
        answer = client.get(ADDRESS, headers={"Range": "bytes=10-"})
        assert (answer.status_code, answer.content) == (206, BODY[10:110])
        assert answer["Content-Range"] == f"bytes 10-109/{len(BODY)}"

    @override_settings(NAAST_FILM_PIECE=100)
    def test_few_whole_films_at_a_time(self, client, film):
        streams = [client.get(ADDRESS) for _ in range(2)]
        third = client.get(ADDRESS)
        assert (third.status_code, third["Retry-After"]) == (503, "20")
        assert b"".join(streams[0].streaming_content) == BODY
        for stream in streams:
            stream.close()
        assert client.get(ADDRESS).status_code == 200

    @override_settings(NAAST_ACCEL="/-/bestand/")
    def test_a_proxy_in_front_may_send_it(self, client, film):
        answer = client.get(ADDRESS)
        assert answer["X-Accel-Redirect"] == f"/-/bestand/{film.video.name}"
        assert answer["Content-Type"] == "video/mp4"

    def test_subtitles_and_picture(self, client, film):
        subtitles = client.get("/-/film/proef/ondertitels-en.vtt")
        assert (subtitles.content.decode(), subtitles["Content-Type"]) == (VTT, "text/vtt; charset=utf-8")
        assert client.get("/-/film/proef/beeld.webp")["Content-Type"] == "image/webp"

    @pytest.mark.parametrize("name", ["film.webm", "ondertitels-tr.vtt", "../naast.env", "proef.mp4"])
    def test_nothing_else_is_there(self, client, film, name):
        assert client.get(f"/-/film/proef/{name}").status_code == 404

    def test_a_film_that_readers_may_not_see_yet(self, client, film):
        film.live = False
        film.save()
        assert client.get(ADDRESS).status_code == 404

    def test_a_replaced_film_goes_away(self, film, django_capture_on_commit_callbacks):
        storage, old = film.video.storage, film.video.name
        with django_capture_on_commit_callbacks(execute=True):
            film.video = ContentFile(BODY + b"nieuw", "y.mp4")
            film.save()
        assert not storage.exists(old)
        assert storage.exists(film.video.name)

    def test_only_reading_is_answered(self, client, film):
        assert client.post(ADDRESS).status_code == 405


class TestOnAPage:
    def test_it_waits_until_one_plays_it_and_can_be_read(self, client, shared_tree, film):
        page = article("is-het-mijn-schuld")
        page.body = [("film", {"key": "proef"}), *[(block.block_type, block.value) for block in page.body]]
        page.save_revision().publish()
        text = client.get("/enschede/kinderen/is-het-mijn-schuld/").content.decode()
        video = re.search(r"<video.*?</video>", text, re.DOTALL)[0]
        assert 'preload="none"' in video
        assert "autoplay" not in video
        assert re.search(r'<track[^>]*srclang="nl"[^>]* default>', video)
        assert "Je ziet een huis." in text
        assert set(re.findall(r'(?:src|poster)="([^"]+)"', video)) == {
            ADDRESS, "/-/film/proef/beeld.webp", "/-/film/proef/ondertitels-nl.vtt", "/-/film/proef/ondertitels-en.vtt"
        }  # fmt: skip

    def test_without_the_film_the_text_goes_on(self, client, shared_tree, film):
        page = article("is-het-mijn-schuld")
        page.body = [("film", {"key": "proef"}), ("text", "<p>Nee.</p>")]
        page.save_revision().publish()
        film.delete()
        text = client.get("/enschede/kinderen/is-het-mijn-schuld/").content.decode()
        assert "<video" not in text
        assert "Nee." in text


class TestShipped:
    def test_each_shipped_film_can_be_seen_heard_and_read(self, shared_tree):
        assert len(extras.extras().films) >= 2
        for film in extras.extras().films.values():
            assert {one.language for one in film.subtitles} == {"nl", "en"}
            assert film.transcript
            assert film.seconds <= 75

    def test_films_stay_light(self, shared_tree):
        for film in Film.objects.exclude(shipped=""):
            assert film.video.size <= 1_500_000, film.key

    def test_loading_again_changes_nothing(self, shared_tree):
        from naast.content.media import loading as extras_loading

        before = list(Film.objects.values())
        extras_loading.load()
        assert list(Film.objects.values()) == before


def png(size=(40, 20)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG")
    return out.getvalue()


FORM = {
    "title": "Mijn film", "summary": "Over een huis.", "seconds": "30", "transcript": "Je ziet een huis.", "key": "mijn-film",
    "owner_name": "Redactie", "sources": "", "live": "on", "audiences": ["ouders"],
    "subtitles-TOTAL_FORMS": "1", "subtitles-INITIAL_FORMS": "0", "subtitles-MIN_NUM_FORMS": "0",
    "subtitles-MAX_NUM_FORMS": "1000",
    "subtitles-0-language": "nl", "subtitles-0-vtt": VTT, "subtitles-0-id": "", "subtitles-0-DELETE": "",
}  # fmt: skip


class TestUploading:
    ADD = "/beheer/snippets/content/film/add/"

    @pytest.fixture(autouse=True)
    def _editor(self, client, shared_tree):
        sign_in(client, regional_editor_of("twente"))

    def send(self, client, **changed):
        files = {
            "video": SimpleUploadedFile("vakantie.mov", BODY, "video/quicktime"),
            "poster": SimpleUploadedFile("x.png", png(), "image/png"),
        }
        return client.post(self.ADD, {**FORM, **files, **changed})

    def test_a_film_with_all_that_belongs_to_it_is_there_for_readers(self, client):
        answer = self.send(client)
        assert answer.status_code == 302, answer.content.decode()[:2000]
        film = Film.objects.get(key="mijn-film")
        assert re.fullmatch(r"films/[0-9a-f]{32}\.mp4", film.video.name)
        assert film.poster.name.endswith(".webp")
        assert client.get("/-/film/mijn-film/film.mp4").status_code == 200

    @override_settings(NAAST_FILM_BYTES=500)
    def test_too_large_a_film_is_said_and_nothing_typed_is_lost(self, client):
        text = self.send(client).content.decode()
        assert "Maak het kleiner en kies het opnieuw" in text
        for typed in ("Mijn film", "Over een huis.", "Je ziet een huis.", "mijn-film", "Dag."):
            assert typed in text
        assert not Film.objects.filter(key="mijn-film").exists()

    def test_what_only_calls_itself_a_film_is_refused(self, client):
        text = self.send(client, video=SimpleUploadedFile("film.mp4", b"<html>geen film</html>", "video/mp4"))
        assert "Dit is geen MP4-film (H.264) of WebM-film, wat de naam ook zegt" in text.content.decode()

    def test_a_drawing_that_may_hold_a_program_is_refused(self, client):
        svg = SimpleUploadedFile("x.png", b"<svg onload='alert(1)'></svg>", "image/png")
        assert "In een SVG-tekening kan een programma zitten" in self.send(client, poster=svg).content.decode()

    @pytest.mark.parametrize("vtt", ["WEBVTT\n\n00:01,000 --> 00:02,000\nkomma"])
    def test_wrong_subtitles_name_their_line_and_stay(self, client, vtt):
        text = self.send(client, **{"subtitles-0-vtt": vtt}).content.decode()
        assert "Regel 3: hier horen twee tijden te staan" in text
        assert "komma" in text

    def test_nobody_sees_a_film_without_subtitles_or_words(self, client):
        text = self.send(client, **{"subtitles-TOTAL_FORMS": "0", "transcript": ""}).content.decode()
        assert "Voeg eerst ondertitels toe" in text
        assert "Schrijf eerst op wat je ziet en hoort" in text

    def test_a_draft_may_wait_for_them(self, client):
        answer = self.send(client, **{"subtitles-TOTAL_FORMS": "0", "transcript": "", "live": ""})
        assert answer.status_code == 302
        assert client.get("/-/film/mijn-film/film.mp4").status_code == 404

    def test_who_only_fills_slots_adds_no_film(self, client):
        sign_in(client, editor_of("enschede"))
        assert client.get(self.ADD).status_code in (302, 403)


def test_a_picture_keeps_nothing_but_its_pixels():
    image = Image.new("RGB", (3000, 100), "teal")
    out = io.BytesIO()
    exif = image.getexif()
    exif[0x010E] = "bij oma thuis"
    image.save(out, "JPEG", exif=exif)
    made = film_forms.clean_poster(SimpleUploadedFile("x.jpg", out.getvalue()))
    with Image.open(made) as clean:
        assert (clean.format, clean.width) == ("WEBP", film_forms.WIDEST)
        assert not clean.getexif()


def test_the_house_asks_wagtail_for_our_form_of_pictures():
    from wagtail.images.forms import get_image_base_form

    assert get_image_base_form() is ImageForm
    assert "svg" not in settings.WAGTAILIMAGES_EXTENSIONS


def test_a_picture_with_a_bomb_of_words_in_it_is_broken_and_no_fault_of_ours():
    words, out = PngImagePlugin.PngInfo(), io.BytesIO()
    words.add_text("k", "a" * 3_000_000, zip=True)
    Image.new("RGB", (20, 20)).save(out, "PNG", pnginfo=words)
    with pytest.raises(ValidationError):
        film_forms.clean_poster(SimpleUploadedFile("x.png", out.getvalue()))
