"""Logos: only pixels get through, small; all else is refused with its reason."""

from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from naast.upkeep.logos import HIGHEST, MOST_BYTES, WIDEST, LogoRefused, remake


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 120), mode: str = "RGB", **more: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size, 1 if mode == "1" else "#0a5560").save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_a_small_webp_with_its_proportions(kind):
    made = remake(picture(kind, (1600, 400)))
    with Image.open(BytesIO(made.data)) as opened:
        assert (opened.format, opened.size) == ("WEBP", (made.width, made.height))
    assert made.width <= WIDEST
    assert made.height <= HIGHEST
    assert made.width / made.height == pytest.approx(4, abs=0.1)


def test_a_small_picture_is_not_blown_up():
    made = remake(picture(size=(40, 20)))
    assert (made.width, made.height) == (40, 20)


def test_what_a_camera_wrote_beside_the_pixels_is_gone():
    exif = Image.Exif()
    exif[0x010E] = "Jan Jansen, Dorpsstraat 1"
    assert b"Dorpsstraat" in picture("JPEG", exif=exif)
    made = remake(picture("JPEG", exif=exif))
    assert b"Dorpsstraat" not in made.data
    with Image.open(BytesIO(made.data)) as opened:
        assert not dict(opened.getexif())


def test_a_picture_that_lies_on_its_side_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    made = remake(picture("JPEG", (80, 40), exif=exif))
    assert (made.width, made.height) == (40, 80)


def test_text_inside_a_png_is_gone():
    notes = PngInfo()
    notes.add_text("Comment", "<script>alert(1)</script>")
    assert b"script" not in remake(picture(pnginfo=notes)).data


def test_what_is_clear_stays_clear():
    out = BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(BytesIO(remake(out.getvalue()).data)) as opened:
        assert opened.convert("RGBA").getpixel((5, 5))[3] == 0


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "svg"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "svg"),
        (b"<!-- hello --><SVG onload='x()'/>", "svg"),
        (b"%PDF-1.7", "unknown"),
        (b"", "unknown"),
        (b"GIF89a" + b"\x00" * 40, "unknown"),
        (picture()[:-60], "broken"),
        (picture(size=(4, 4)), "flat"),
        (b"\x89PNG" + b"\x00" * MOST_BYTES, "big"),
    ],
)
def test_what_cannot_be_a_logo_is_refused_with_its_reason(data, why):
    with pytest.raises(LogoRefused) as refused:
        remake(data)
    assert refused.value.code == why


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked():
    with pytest.raises(LogoRefused) as refused:
        remake(picture(size=(6001, 5000), mode="1"))
    assert refused.value.code == "pixels"
