"""Every field by which a file can come in, and its road. A field that is not here fails a test (tests/gates/test_uploads.py)."""

from typing import Literal

Treatment = Literal["picture", "logo", "film", "paper", "made by us", "closed"]

# Fields of models, ours and of libraries.
MODELS: dict[str, Treatment] = {
    "content.Film.video": "film",
    "content.Film.poster": "picture",
    "wagtailimages.Image.file": "picture",
    "wagtailimages.Rendition.file": "made by us",
    "wagtaildocs.Document.file": "paper",
    # Nobody's face is needed to edit a text; the panel is taken out (content.apps).
    "wagtailusers.UserProfile.avatar": "closed",
    # Wagtail keeps an upload aside here whose form misses another field; what it keeps passed the same form or storage.
    "wagtailcore.UploadedFile.file": "made by us",
}
# Fields of forms that are not a model's.
FORMS: dict[str, Treatment] = {"naast.upkeep.forms.StyleForm.logo_file": "logo"}
# Views that read request.FILES themselves: module → why that is safe.
READERS: dict[str, str] = {
    "content/level/views.py": "measures the words of a form; a file in it is read by nobody",
    "people/again.py": "only says that files must be chosen again; opens none",
    "upkeep/views_style.py": "hands them to StyleForm",
}
