"""What is kept beside the pages: films with their subtitles, and lists to tick off. Shared by all places."""

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import PurePath
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.snippets.models import register_snippet

from naast.content.fields import AUDIENCE_CHOICES, PHASE_CHOICES, CodesField
from naast.content.media.forms import FilmForm
from naast.content.media.rules import VttError, read_vtt
from naast.content.models import Checked

LANGUAGES = [
    ("nl", "Nederlands"),
    ("en", "English"),
    ("ar", "العربية"),
    ("tr", "Türkçe"),
    ("pl", "Polski"),
    ("uk", "Українська"),
]
VTT_FAULTS = {
    "header": _("The first line of subtitles is WEBVTT."),
    "time": _("Line %(line)s: here stand two times, such as 00:01.000 --> 00:04.000."),
    "order": _("Line %(line)s: this begins before the line above it."),
    "end": _("Line %(line)s: this ends before it begins."),
    "empty": _("Line %(line)s: no words stand under this time."),
    "tag": _("Line %(line)s: only <b>, <i> and <u> may stand in subtitles."),
    "nothing": _("There are no words in these subtitles."),
}


def check_vtt(text: str) -> None:
    """Refuse subtitles that a browser would not show. Raises ValidationError that names the line."""
    try:
        read_vtt(text)
    except VttError as error:
        raise ValidationError(VTT_FAULTS[error.code], params={"line": error.line}) from error


def film_path(film: "Film", filename: str) -> str:
    """Return where a film's file is kept: a name of ours, never the one it was uploaded with."""
    return f"films/{film.key}{PurePath(filename).suffix.lower()}"


def _digest(file: File[bytes]) -> str:
    found = blake2b(digest_size=10)
    file.seek(0)
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


@register_snippet
class Film(Checked, ClusterableModel):
    """A film that we serve ourselves, with a picture to begin with, subtitles, and its text for who cannot play it."""

    key = models.SlugField(_("Key"), unique=True, help_text=_("Stands in the address of the film. Never changes."))
    title = models.CharField(_("Title"), max_length=120)
    summary = models.CharField(_("In one or two sentences"), max_length=300, blank=True)
    video = models.FileField(_("Film"), upload_to=film_path, help_text=_("MP4 (H.264) or WebM."))
    poster = models.FileField(
        _("Picture to begin with"), upload_to=film_path, help_text=_("JPEG, PNG or WebP, as wide as the film.")
    )
    seconds = models.PositiveSmallIntegerField(_("Length in seconds"), validators=[MinValueValidator(1)])
    has_sound = models.BooleanField(_("With sound"), default=True)
    transcript = models.TextField(
        _("The film in words"), blank=True, help_text=_("What one sees and hears. A blank line starts a paragraph.")
    )
    audiences = CodesField(_("For whom"), codes=AUDIENCE_CHOICES)
    phases = CodesField(_("In which phase"), codes=PHASE_CHOICES)
    live = models.BooleanField(
        _("Readers may see it"), default=False, help_text=_("Needs subtitles and the film in words.")
    )
    video_digest = models.CharField(max_length=20, blank=True, editable=False)
    poster_digest = models.CharField(max_length=20, blank=True, editable=False)
    shipped = models.CharField(max_length=40, blank=True, editable=False, help_text="Kenmerk van wat werd meegeleverd")

    base_form_class = FilmForm
    panels: ClassVar[list[Any]] = [
        FieldPanel("title"),
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("video"), FieldPanel("poster"), FieldPanel("seconds"), FieldPanel("has_sound")]),
        InlinePanel("subtitles", label=_("Subtitles")),
        FieldPanel("transcript"),
        FieldRowPanel([FieldPanel("audiences"), FieldPanel("phases")]),
        FieldPanel("key"),
        MultiFieldPanel(Checked.check_panels, heading=_("Kept true by")),
        FieldPanel("live"),
    ]

    class Meta:
        verbose_name = _("Film")
        verbose_name_plural = _("Films")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Note what the files hold, so that a browser sees when they changed; a file that was replaced goes away."""
        before = type(self).objects.filter(pk=self.pk).values_list("video", "poster").first() or ()
        for name in ("video", "poster"):
            file = getattr(self, name)
            if file and not file._committed:
                setattr(self, f"{name}_digest", _digest(file))
        super().save(*args, **kwargs)
        forget_files(name for name in before if name not in (self.video.name, self.poster.name))


def forget_files(names: Iterable[str | None]) -> None:
    """Delete files once the change that lets go of them holds."""
    gone = [name for name in names if name]

    def delete() -> None:
        for name in gone:
            default_storage.delete(name)

    transaction.on_commit(delete)


class FilmSubtitles(models.Model):
    """The subtitles of a film in one language, as WebVTT."""

    film = ParentalKey(Film, on_delete=models.CASCADE, related_name="subtitles")
    language = models.CharField(_("Language"), max_length=5, choices=LANGUAGES, default="nl")
    vtt = models.TextField(
        _("Subtitles (WebVTT)"), validators=[check_vtt], help_text=_("Paste what stands in the .vtt file.")
    )

    panels: ClassVar[list[Any]] = [FieldPanel("language"), FieldPanel("vtt")]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["film", "language"], name="film_subtitles_once_a_language")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.language


class ItemBlock(blocks.StructBlock):
    """One thing to tick off, and why or how."""

    text = blocks.CharBlock(label=_("To tick off"), max_length=160)
    why = blocks.CharBlock(label=_("Why or how"), max_length=240, required=False)


class GroupBlock(blocks.StructBlock):
    """Things that belong together under one heading."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    items = blocks.ListBlock(ItemBlock(), label=_("Things to tick off"))

    class Meta:
        icon = "list-ul"
        label = _("Group")


@register_snippet
class Checklist(Checked, models.Model):
    """A list to tick off, on the screen or on paper."""

    key = models.SlugField(_("Key"), unique=True, help_text=_("Stands in the address of the list. Never changes."))
    title = models.CharField(_("Title"), max_length=120)
    summary = models.CharField(_("In one or two sentences"), max_length=300)
    groups = StreamField([("group", GroupBlock())], verbose_name=_("Groups"))
    audiences = CodesField(_("For whom"), codes=AUDIENCE_CHOICES)
    phases = CodesField(_("In which phase"), codes=PHASE_CHOICES)
    pages = models.CharField(
        _("Beside these pages"), max_length=400, blank=True, help_text=_("Slugs of pages, separated by commas.")
    )
    order = models.PositiveSmallIntegerField(
        _("Order"), default=100, validators=[MaxValueValidator(9999)], help_text=_("Low comes first.")
    )
    live = models.BooleanField(_("Readers may see it"), default=False)

    panels: ClassVar[list[Any]] = [
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("groups"),
        FieldRowPanel([FieldPanel("audiences"), FieldPanel("phases")]),
        FieldPanel("pages"),
        FieldRowPanel([FieldPanel("key"), FieldPanel("order")]),
        MultiFieldPanel(Checked.check_panels, heading=_("Kept true by")),
        FieldPanel("live"),
    ]

    class Meta:
        verbose_name = _("List to tick off")
        verbose_name_plural = _("Lists to tick off")
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title

    @property
    def for_children(self) -> bool:
        """Tell whether children are its first readers."""
        return bool(self.audiences) and self.audiences[0] == "kinderen"
