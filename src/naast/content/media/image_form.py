"""The forms with which an editor adds a picture or a paper; Wagtail asks for them by name (settings)."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from naast.core.uploads.rules import RoadName, title_of
from naast.core.uploads.taking import taken


class _OnTheRoad:
    """A form whose file comes by the house's one road before Wagtail looks at it."""

    road: RoadName
    fields: dict[str, Any]
    files: Any
    add_prefix: Any
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = self.files.get(self.add_prefix("file"))
        self.called = str(sent.name) if isinstance(sent, UploadedFile) else ""
        if "file" in self.fields:
            field = self.fields["file"]
            look = field.to_python
            field.to_python = lambda file: look(taken(file, self.road))

    def clean_title(self) -> str:
        """Keep no path, suffix or hidden character where the title is only the name of the file."""
        title: str = self.cleaned_data["title"]
        looks_like_a_file = title == self.called or title_of(title) == title_of(self.called) != ""
        return (title_of(title) or title) if looks_like_a_file else title


class ImageForm(_OnTheRoad, BaseImageForm):  # type: ignore[misc]
    """Pictures in the editors' admin: drawn anew."""

    road = "picture"


class DocumentForm(_OnTheRoad, BaseDocumentForm):  # type: ignore[misc]
    """Papers in the editors' admin: PDF only, written anew."""

    road = "paper"
