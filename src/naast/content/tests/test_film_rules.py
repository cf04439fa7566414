"""Films as rules see them: what a file is, what subtitles say and where they are wrong, which piece was asked for."""

import contextlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naast.content.media.rules import Cue, NotThere, VttError, kind_of, piece, read_script, read_vtt, write_vtt
from naast.content.rules import ContentError

GOOD = """WEBVTT

1
00:01.000 --> 00:04.000
Eerst één huis.

NOTE dit leest niemand

01:00:05.000 --> 01:00:06.500 line:0
<b>Nu</b> twee.
"""


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x00\x00\x00\x20ftypisom....", "mp4"),
        (b"\x1a\x45\xdf\xa3....B\x82\x84webm....", "webm"),
        (b"\x1a\x45\xdf\xa3....B\x82\x88matroska", ""),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"RIFF....WEBPVP8 ", "webp"),
        (b"<?xml version='1.0'?><SVG onload='x()'>", "svg"),
        (b"MZ\x90\x00", ""),
        (b"", ""),
    ],
)
def test_a_file_is_what_its_first_bytes_say(head, kind):
    assert kind_of(head) == kind


class TestSubtitles:
    def test_cues_are_read_with_names_notes_and_settings(self):
        cues = read_vtt(GOOD)
        assert [(cue.start, cue.end, cue.text) for cue in cues] == [
            (1.0, 4.0, "Eerst één huis."),
            (3605.0, 3606.5, "<b>Nu</b> twee."),
        ]

    def test_windows_line_ends_and_a_mark_at_the_start_do_not_matter(self):
        assert read_vtt("\ufeff" + GOOD.replace("\n", "\r\n")) == read_vtt(GOOD)

    @pytest.mark.parametrize(
        ("text", "line", "code"),
        [
            ("1\n00:01.000 --> 00:02.000\nx", 1, "header"),
            ("WEBVTT\n\n00:01,000 --> 00:02,000\nkomma", 3, "time"),
            ("WEBVTT\n\n00:01.000 --> straks\nx", 3, "time"),
            ("WEBVTT\n\nzomaar woorden", 4, "time"),
            ("WEBVTT\n\n00:04.000 --> 00:02.000\nx", 3, "end"),
            ("WEBVTT\n\n00:04.000 --> 00:05.000\nx\n\n00:01.000 --> 00:02.000\ny", 6, "order"),
            ("WEBVTT\n\n00:01.000 --> 00:02.000\n", 3, "empty"),
            ("WEBVTT\n\n00:01.000 --> 00:02.000\nx\n<img src=x>", 5, "tag"),
            ("WEBVTT\n\n00:01.000 --> 00:02.000\nx\n00:03.000 --> 00:04.000", 5, "time"),
            ("WEBVTT\n", 2, "nothing"),
        ],
    )
    def test_a_fault_names_its_line(self, text, line, code):
        with pytest.raises(VttError) as error:
            read_vtt(text)
        assert (error.value.line, error.value.code) == (line, code)

    @given(st.text(max_size=200))
    def test_no_text_breaks_the_reader(self, text):
        with contextlib.suppress(VttError):
            assert read_vtt(text)

    @given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(1, 10**5)), min_size=1, max_size=20))
    def test_what_is_written_is_read_back(self, pairs):
        cues = [Cue(start / 1000, (start + length) / 1000, "woord") for start, length in sorted(pairs)]
        assert read_vtt(write_vtt(cues)) == cues


class TestPieces:
    @pytest.mark.parametrize(
        ("header", "expected"),
        [
            ("bytes=0-", (0, 99)),
            ("bytes=10-19", (10, 19)),
            ("bytes=90-500", (90, 99)),
            ("bytes=-10", (90, 99)),
            ("bytes=-500", (0, 99)),
            ("bytes=99-", (99, 99)),
            ("bytes=0-1,5-6", None),
            ("bytes=-", None),
            ("bytes=9-5", None),
            ("regels=1-2", None),
            ("", None),
        ],
    )
    def test_a_header_gives_one_piece_or_the_whole(self, header, expected):
        assert piece(header, 100, 1000) == expected

    @pytest.mark.parametrize("header", ["bytes=100-", "bytes=500-600", "bytes=-0"])
    def test_past_the_end_there_is_nothing(self, header):
        with pytest.raises(NotThere):
            piece(header, 100, 1000)

    def test_a_large_piece_is_cut(self):
        assert piece("bytes=10-", 10_000, 100) == (10, 109)

    @given(st.text(max_size=20), st.integers(1, 10**6), st.integers(1, 10**4))
    def test_every_piece_lies_in_the_file(self, tail, size, most):
        try:
            found = piece(f"bytes={tail}", size, most)
        except NotThere:
            return
        if found:
            first, last = found
            assert 0 <= first <= last < size
            assert last - first < most


SCENE = {"seconds": 6, "shows": "Een huis.", "words": {"nl": ["Een.", "Twee."], "en": ["One.", "Two."]}}
SCRIPT = {
    "key": "proef", "title": "Proef", "summary": "Een proef.", "audiences": ["kinderen"], "owner": "Redactie",
    "sources": ["Eigen tekst"], "scenes": [SCENE, SCENE],
}  # fmt: skip


class TestScript:
    def test_a_script_gives_subtitles_in_each_language_and_the_film_in_words(self):
        script = read_script("proef", SCRIPT)
        assert script.seconds == 12
        assert [cue.text for cue in read_vtt(script.subtitles["en"])] == ["One.", "Two.", "One.", "Two."]
        assert script.transcript.startswith("Een huis.\nEen. Twee.")

    def test_subtitles_end_before_the_next_begins_and_before_the_film_ends(self):
        cues = read_vtt(read_script("proef", SCRIPT).subtitles["nl"])
        assert all(one.end < other.start for one, other in pairwise(cues))
        assert cues[-1].end < 12

    @pytest.mark.parametrize(
        "change",
        [
            {"title": ""},
            {"audiences": ["buren"]},
            {"scenes": [{**SCENE, "shows": ""}]},
            {"scenes": [SCENE, {**SCENE, "words": {"nl": ["x"]}}]},
        ],
    )
    def test_a_script_with_a_hole_is_refused(self, change):
        with pytest.raises(ContentError, match="proef"):
            read_script("proef", {**SCRIPT, **change})


@pytest.mark.parametrize("header", ["bytes={}-", "bytes=0-{}", "bytes=-{}"])
def test_a_number_that_no_file_can_have_is_passed_by(header: str) -> None:
    assert piece(header.format("9" * 5_000), 1_000, 100) is None


@pytest.mark.parametrize("line", ["<" * 20_000, "<" + "a" * 20_000, "<a" * 10_000])
def test_marks_that_never_end_are_read_at_once(line: str) -> None:
    assert read_vtt(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{line}")[0].text == line
