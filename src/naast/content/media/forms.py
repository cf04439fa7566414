"""The form of a film: its files come by the house's one road (core.uploads); a refusal loses no word that was typed."""

import io
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.admin.forms.models import WagtailAdminModelForm

from naast.core.uploads.rules import random_name
from naast.core.uploads.taking import taken

WIDEST = 1280  # pixels of a poster: as wide as a film is shown on a desktop


def clean_poster(file: UploadedFile) -> UploadedFile:
    """Return the picture made anew, as WebP and no wider than a film is shown. Raises ValidationError."""
    made = taken(file, "picture")
    with Image.open(made) as picture:
        small = picture.convert("RGB")
    small.thumbnail((WIDEST, WIDEST))
    out = io.BytesIO()
    small.save(out, "WEBP", quality=82, method=6)
    poster = SimpleUploadedFile(random_name("webp"), out.getvalue(), "image/webp")
    poster.taken = True  # type: ignore[attr-defined]
    return poster


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
        return taken(self.cleaned_data.get("video"), "film")

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
