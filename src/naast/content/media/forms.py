"""What an editor may upload: looked at by its first bytes, never by its name; each refusal says how to mend it."""

import io
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError
from wagtail.admin.forms.models import WagtailAdminModelForm

from naast.content.media.rules import kind_of

WIDEST = 1280  # pixels of a poster: as wide as a film is shown on a desktop
MOST_PIXELS = 40_000_000


def refuse_svg(file: UploadedFile) -> None:
    """Refuse a drawing that may hold a program. Raises ValidationError."""
    if kind_of(_head(file)) == "svg":
        raise ValidationError(
            _("An SVG drawing may hold a program, so we do not take it. Save it as PNG or JPEG and choose that file.")
        )


def _head(file: UploadedFile) -> bytes:
    file.seek(0)
    head = file.read(512)
    file.seek(0)
    return bytes(head)


def clean_poster(file: UploadedFile) -> UploadedFile:
    """Return the picture made anew from its pixels, as WebP: what else the file held stays behind. Raises ValidationError."""
    refuse_svg(file)
    if kind_of(_head(file)) not in ("jpeg", "png", "webp"):
        raise ValidationError(_("This is not a picture that we know. Choose a JPEG, PNG or WebP file."))
    try:
        with Image.open(file) as picture:  # type: ignore[arg-type]
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("This picture is too large. Make it at most 1280 pixels wide."))
            made = picture.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This picture is broken. Save it again and choose that file.")) from error
    made.thumbnail((WIDEST, WIDEST))
    out = io.BytesIO()
    made.save(out, "WEBP", quality=82, method=6)
    return SimpleUploadedFile("poster.webp", out.getvalue(), "image/webp")


class FilmFile(forms.FileInput):
    """A file that says at once when it is too large, where scripts run."""

    class Media:
        js = ["content/film_admin.js"]


class FilmForm(WagtailAdminModelForm):
    """A film in the editors' admin. A refused file loses no word that was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("video", "poster"):
            if name in self.fields:
                # No "clear" box: a film always has both.
                self.fields[name].widget = FilmFile(
                    attrs={"data-most-bytes": settings.NAAST_FILM_BYTES, "data-too-large": self.too_large()}
                )
                if held := getattr(self.instance, name):
                    # The browser shows no name for a file that is here already.
                    self.fields[name].help_text = _("Now: %(name)s. Choose a file only to replace it.") % {
                        "name": held.name.rpartition("/")[2]
                    }

    @staticmethod
    def too_large() -> str:
        """Say how large a film may be."""
        return _("This file is larger than %(most)s. Make the film smaller or shorter, and choose it again.") % {
            "most": filesizeformat(settings.NAAST_FILM_BYTES)
        }

    def clean_video(self) -> Any:
        """Take MP4 and WebM only, up to the house's size."""
        file = self.cleaned_data.get("video")
        if not isinstance(file, UploadedFile):
            return file
        if (file.size or 0) > settings.NAAST_FILM_BYTES:
            raise ValidationError(self.too_large())
        kind = kind_of(_head(file))
        if kind not in ("mp4", "webm"):
            raise ValidationError(_("This is not a film that browsers play. Save it as MP4 (H.264) or WebM."))
        file.name = f"film.{kind}"
        return file

    def clean_poster(self) -> Any:
        """Take a picture, made anew."""
        file = self.cleaned_data.get("poster")
        return clean_poster(file) if isinstance(file, UploadedFile) else file

    def clean(self) -> dict[str, Any]:
        """Let nobody see a film that some cannot follow."""
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("live"):
            if not (cleaned.get("transcript") or "").strip():
                self.add_error("transcript", _("Write what one sees and hears before readers may see the film."))
            if not self._has_subtitles():
                self.add_error("live", _("Add subtitles first. Then readers may see the film."))
        return cleaned

    def _has_subtitles(self) -> bool:
        formset = self.formsets.get("subtitles")
        if formset is None:
            return False
        rows = [form for form in formset.forms if not form.data.get(form.add_prefix("DELETE"))]
        return any((form.data.get(form.add_prefix("vtt")) or "").strip() for form in rows)
