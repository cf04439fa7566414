"""The one road for uploads: a table of bad files, what is left of good ones, and the virus scanner."""

import socket
import struct
import threading
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from naast.core.uploads import rules
from naast.core.uploads.rules import MB, Refused
from naast.core.uploads.taking import take, taken
from naast.core.uploads.tests import factories as made

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
PAGE = b"<!DOCTYPE html><script>alert(1)</script>"


BAD = [
    ("picture", b"", "leeg.jpg", "leeg"),
    ("picture", SVG, "logo.svg", "Bewaar de tekening als PNG"),
    ("picture", b"\xef\xbb\xbf<?xml version='1.0'?>" + SVG, "logo.png", "Bewaar de tekening als PNG"),
    ("picture", PAGE, "foto.jpg", "dit is geen JPEG"),
    ("picture", b"GIF89a/*" + b"\0" * 40 + b"*/=1;alert(1)", "foto.gif", "dit is geen JPEG"),
    ("picture", b"MZ" + b"\0" * 200, "foto.jpg.exe", "dit is geen JPEG"),
    ("picture", b"MZ" + b"\0" * 200, "foto.jpg", "dit is geen JPEG"),
    ("picture", b"\x7fELF" + b"\0" * 200, "foto.png", "dit is geen JPEG"),
    ("picture", b"#!/bin/sh\nrm -rf /", "foto.jpg", "dit is geen JPEG"),
    ("picture", b"<?php system($_GET['x']);", "foto.php.jpg", "dit is geen JPEG"),
    ("picture", b"\x00\x00\x00\x18ftypheic" + b"\0" * 60, "IMG_1.HEIC", "iPhone"),
    ("picture", b"\x00\x00\x00\x18ftypavif" + b"\0" * 60, "foto.jpg", "iPhone"),
    ("picture", made.zipped({"a.txt": b"a"}), "foto.jpg", "dit is geen JPEG"),
    ("picture", made.huge_png(), "foto.png", "te veel pixels"),
    ("picture", made.picture("PNG", (8000, 5001), "1"), "foto.png", "te veel pixels"),
    ("picture", made.word_bomb(), "foto.png", "beschadigd"),
    ("picture", made.picture()[:300], "foto.jpg", "beschadigd"),
    ("picture", b"\xff\xd8\xff" + b"\0" * 500, "foto.jpg", "beschadigd"),
    ("picture", made.animated(), "foto.webp", "beweegt"),
    ("picture", made.paper(), "foto.jpg", "dit is geen JPEG"),
    ("picture", b"\xff\xd8\xff" + b"\0" * (10 * MB), "foto.jpg", "groter dan 10"),
    ("logo", b"\xff\xd8\xff" + b"\0" * (5 * MB), "logo.jpg", "groter dan 5"),
    ("paper", made.paper(made.with_script), "brief.pdf", "programma"),
    ("paper", made.paper(made.with_nested_script), "brief.pdf", "programma"),
    ("paper", made.paper(made.with_deep_script), "brief.pdf", "programma"),
    ("paper", made.paper(made.with_script_outside), "brief.pdf", "programma"),
    ("paper", made.paper(made.with_link("JavaScript:alert(1)")), "brief.pdf", "programma"),
    ("paper", made.paper(made.with_link("file:///etc/passwd")), "brief.pdf", "programma"),
    ("paper", made.paper(made.with_file), "brief.pdf", "programma"),
    (
        "paper",
        made.paper(made.with_script, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "brief.pdf",
        "programma",
    ),
    ("paper", made.paper(encryption=pikepdf.Encryption(owner="a", user="b")), "brief.pdf", "wachtwoord"),
    ("paper", made.paper(encryption=pikepdf.Encryption(owner="a", user="")), "brief.pdf", "wachtwoord"),
    ("paper", b"%PDF-1.7\n" + b"\0" * 300, "brief.pdf", "beschadigd"),
    ("paper", b"\0" * 10 + made.paper(), "brief.pdf", "geen PDF"),
    (
        "paper",
        made.zipped({"word/document.xml": b"a", "[Content_Types].xml": b"b"}),
        "brief.docx",
        "Opslaan als PDF",
    ),
    ("paper", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "brief.doc", "Opslaan als PDF"),
    ("paper", made.zipped({"nul": b"\0" * 5_000_000}), "brief.pdf", "geen PDF"),
    ("paper", made.zipped({"in.zip": made.zipped({"nul": b"\0" * 1_000_000})}), "brief.pdf", "geen PDF"),
    ("paper", PAGE, "brief.pdf", "geen PDF"),
    ("film", b"\x00\x00\x00\x18ftypheic" + b"\0" * 60, "film.mp4", "iPhone"),
    ("film", b"MZ" + b"\0" * 200, "film.mp4", "geen MP4"),
    ("film", b"\x1a\x45\xdf\xa3" + b"\0" * 60 + b"matroska", "film.webm", "geen MP4"),
]


@pytest.mark.parametrize(
    ("road", "data", "name", "said"), BAD, ids=[f"{number}-{row[0]}-{row[2]}" for number, row in enumerate(BAD)]
)
def test_a_bad_file_is_refused_in_words_that_say_what_to_do(road, data, name, said):
    with pytest.raises(ValidationError) as refused:
        taken(made.upload(data, name), road)
    assert said.lower() in refused.value.message.lower()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_good_picture_is_drawn_anew_under_a_random_name(kind):
    file = take(made.upload(made.picture(kind), "Foto van het loket.jpeg"), "picture")
    assert rules.sniff(file.read(4096)) == kind.lower()
    assert len(file.name.partition(".")[0]) == 32
    assert file.title == "Foto van het loket"
    assert file.size == len(file.file.getvalue())


def test_what_a_camera_knew_is_gone():
    file = take(made.upload(made.with_place()), "picture")
    body = file.read()
    for left in (b"oma", b"Dorpsstraat", b"Exif", b"ICC_PROFILE"):
        assert left not in body
    with Image.open(BytesIO(body)) as clean:
        assert not dict(clean.getexif())
        assert "comment" not in clean.info


def test_a_picture_that_is_an_archive_too_is_only_a_picture_afterwards():
    file = take(made.upload(made.picture() + made.zipped({"x.js": b"alert(1)"})), "picture")
    assert b"PK\x03\x04" not in file.read()
    comment = take(made.upload(made.picture(comment=b"*/=1;alert(1)//")), "picture")
    assert b"alert" not in comment.read()


def test_a_paper_is_written_anew_and_nobody_stands_in_it():
    file = take(made.upload(made.paper(), "Brief.pdf"), "paper")
    body = file.read()
    assert b"Jansen" not in body
    with pikepdf.open(BytesIO(body)) as paper:
        assert (str(paper.docinfo["/Title"]), str(paper.Root.Lang), len(paper.pages)) == ("Brief", "nl-NL", 1)


def test_what_unfolds_to_much_more_than_was_sent_is_not_unfolded():
    data = made.with_unfolding_objects()
    assert len(data) < 200_000
    with pikepdf.open(take(made.upload(data, "Brief.pdf"), "paper")) as paper:
        assert paper.pages[0].obj.get("/X") is None


def test_a_paper_that_only_says_where_to_begin_is_taken():
    def begin(paper):
        paper.Root.OpenAction = pikepdf.Array([paper.pages[0].obj, pikepdf.Name.Fit])

    assert take(made.upload(made.paper(begin)), "paper")


def test_a_large_upload_on_disk_is_cleaned_in_place():
    file = TemporaryUploadedFile("foto.jpg", "image/jpeg", 0, None)
    file.write(made.with_place())
    file.size = file.tell()
    cleaned = take(file, "picture")
    with open(cleaned.temporary_file_path(), "rb") as kept:
        assert b"oma" not in kept.read()
    file.close()


def test_what_was_taken_or_kept_already_passes():
    file = take(made.upload(made.picture()), "picture")
    assert taken(file, "picture") is file
    assert taken(None, "picture") is None
    assert taken(False, "paper") is False


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Jan\\Brief aan ouders.docx", "Brief aan ouders"),
        ("foto.jpg.exe", "foto"),
        ("brief\x00.pdf", "brief"),
        ("Brief aan\u202egpj.exe", "Brief aangpj"),
        ("=HYPERLINK(1).pdf", "HYPERLINK(1)"),
        ("<script>.png", "script"),
        ("..", ""),
        ("é" * 300 + ".png", "é" * 80),
    ],
)
def test_of_a_name_only_harmless_words_are_kept(name, title):
    assert rules.title_of(name) == title


@given(st.text(max_size=200))
def test_no_name_leads_anywhere(name):
    found = rules.title_of(name)
    assert len(found) <= 80
    assert not set(found) & set("/\\\0\r\n<>\"'=") - {"'"}
    assert not found.startswith(".")


@given(st.binary(max_size=5000))
def test_nothing_that_is_sent_makes_the_first_look_fail(data):
    known = (
        *rules.SUFFIXES,
        *["gif", "heic", "tiff", "bmp", "svg", "html", "script", "zip", "office", "program", "archive"],
        "",
    )
    assert rules.sniff(data[: rules.HEAD]) in known


# ---------- the virus scanner ----------


class FakeClamd(threading.Thread):
    """Listens as clamd does; knows the EICAR test string, or answers what it is told to."""

    def __init__(self, answer=None):
        super().__init__(daemon=True)
        self.answer, self.heard = answer, b""
        self.door = socket.create_server(("127.0.0.1", 0))
        self.at = f"127.0.0.1:{self.door.getsockname()[1]}"

    def run(self):
        link, _ = self.door.accept()
        with link, link.makefile("rb") as lines:
            assert lines.read(10) == b"zINSTREAM\0"
            while size := struct.unpack("!I", lines.read(4))[0]:
                self.heard += lines.read(size)
            found = b"stream: Eicar-Test-Signature FOUND\0" if made.EICAR in self.heard else b"stream: OK\0"
            link.sendall(found if self.answer is None else self.answer)


@pytest.fixture
def clamd(settings):
    def listen(answer=None):
        fake = FakeClamd(answer)
        settings.NAAST_CLAMAV = fake.at
        fake.start()
        return fake

    return listen


def test_a_clean_file_goes_to_the_scanner_whole_and_passes(clamd):
    fake, data = clamd(), made.FILM + b"\0" * 200_000
    assert take(made.upload(data, "film.mp4"), "film")
    assert fake.heard == data


def test_the_scanner_stops_a_file_that_it_knows(clamd):
    clamd()
    with pytest.raises(ValidationError, match="virusscanner hield"):
        taken(made.upload(made.FILM + made.EICAR, "film.mp4"), "film")


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK maybe\0", b"stream:"])
def test_without_a_clear_answer_nothing_is_taken(clamd, answer):
    clamd(answer)
    with pytest.raises(ValidationError, match="virusscanner antwoordt niet"):
        taken(made.upload(made.FILM, "film.mp4"), "film")


@pytest.mark.parametrize("at", ["127.0.0.1:1", "/nergens/clamd.ctl", "clamd"])
def test_without_a_scanner_that_was_asked_for_nothing_is_taken(settings, at):
    settings.NAAST_CLAMAV = at
    with pytest.raises(ValidationError, match="virusscanner antwoordt niet"):
        taken(made.upload(made.picture()), "picture")


def test_canary_without_the_scanner_the_test_string_passes(settings):
    settings.NAAST_CLAMAV = ""
    assert take(made.upload(made.FILM + made.EICAR, "film.mp4"), "film")


def test_a_refusal_is_no_fault_of_ours():
    with pytest.raises(Refused):
        take(SimpleUploadedFile("x.jpg", b"MZ"), "picture")
