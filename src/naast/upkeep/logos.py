"""Logos: what somebody uploads is never served; its pixels are drawn anew, small, without anything hidden in it."""

from dataclasses import dataclass
from hashlib import blake2b
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 5_000_000  # of the file that is uploaded
MOST_PIXELS = 30_000_000
FORMATS = ("PNG", "JPEG", "WEBP")
WIDEST, HIGHEST = 400, 108  # three times as high as it is shown, for sharp screens


class LogoRefused(ValueError):
    """The file cannot be a logo; the code says why: 'big', 'svg', 'unknown', 'broken', 'pixels', 'flat'."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Remade:
    """A logo drawn anew: WebP bytes, their mark, and the size."""

    data: bytes
    digest: str
    width: int
    height: int


def remake(data: bytes) -> Remade:
    """Return a logo made of the pixels of a PNG, JPEG or WebP file. Raises LogoRefused.

    SVG is refused: it is a document that may hold scripts, and no cleaner of it is maintained in Python.
    """
    if len(data) > MOST_BYTES:
        raise LogoRefused("big")
    if b"<svg" in data[:4096].lower() or data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(b"<?xml"):
        raise LogoRefused("svg")
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise LogoRefused("pixels")
            picture: Image.Image = ImageOps.exif_transpose(opened).convert("RGBA")
    except UnidentifiedImageError as error:
        raise LogoRefused("unknown") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, LogoRefused):
            raise
        raise LogoRefused("broken") from error
    if picture.width < 8 or picture.height < 8:
        raise LogoRefused("flat")
    picture.thumbnail((WIDEST, HIGHEST), Image.Resampling.LANCZOS)
    # Only the pixels go into a new picture: no EXIF, no profile, no text chunk.
    clean = Image.new("RGBA", picture.size)
    clean.paste(picture)
    out = BytesIO()
    clean.save(out, "WEBP", quality=92, method=6)
    made = out.getvalue()
    return Remade(made, blake2b(made, digest_size=8).hexdigest(), clean.width, clean.height)
