"""Pictures are never kept as they came: a new one is drawn from the pixels, so that nothing else comes along."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from naast.core.uploads.rules import MOST_PIXELS, Refused

FORMATS = ("PNG", "JPEG", "WEBP")


def pixels(data: bytes, *, mode: str = "RGBA", most_pixels: int = MOST_PIXELS) -> Image.Image:
    """Return the pixels of a PNG, JPEG or WebP file, upright, in a new picture that holds nothing else.

    Raises Refused: 'pixels' (too many; looked at before anything is unpacked), 'animated', 'broken'.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > most_pixels:
                    raise Refused("pixels")
                if getattr(opened, "n_frames", 1) > 1:
                    raise Refused("animated")
                turned: Image.Image = ImageOps.exif_transpose(opened).convert(mode)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("pixels") from error
    except UnidentifiedImageError as error:
        raise Refused("broken") from error
    except (OSError, SyntaxError, ValueError, MemoryError, EOFError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("broken") from error
    clean = Image.new(mode, turned.size)
    clean.paste(turned)
    return clean


def remake(data: bytes, *, format: str, widest: int = 4000) -> bytes:
    """Return a picture drawn anew in its own format: no EXIF, no place, no profile, no comment. Raises Refused."""
    clear = format in ("png", "webp")
    made = pixels(data, mode="RGBA" if clear else "RGB")
    made.thumbnail((widest, widest), Image.Resampling.LANCZOS)
    out = BytesIO()
    if format == "jpeg":
        made.save(out, "JPEG", quality=88, optimize=True)
    elif format == "png":
        made.save(out, "PNG", optimize=True)
    else:
        made.save(out, "WEBP", quality=88, method=4)
    return out.getvalue()
