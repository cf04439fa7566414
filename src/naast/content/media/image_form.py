"""The form with which an editor adds a picture; Wagtail asks for it by name (WAGTAILIMAGES_IMAGE_FORM_BASE)."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from wagtail.images.forms import BaseImageForm

from naast.content.media.forms import refuse_svg


class ImageForm(BaseImageForm):
    """Pictures in the editors' admin: a drawing that may hold a program gets an answer in our words."""

    def clean_file(self) -> Any:
        """Look at the first bytes."""
        file = self.cleaned_data.get("file")
        if isinstance(file, UploadedFile):
            refuse_svg(file)
        return file
