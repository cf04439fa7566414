"""What is kept: one tree of shared pages, the slots in them, and each municipality's own words for a slot."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, Page, RevisionMixin, WorkflowMixin
from wagtail.snippets.models import register_snippet

from naast.content.blocks import TEXT_FEATURES, BodyBlock
from naast.content.fields import AUDIENCE_CHOICES, PHASE_CHOICES, CodesField
from naast.content.glossary.models import GlossaryTerm as GlossaryTerm
from naast.content.languages.fields import Translated, follows, words
from naast.content.models_checked import Checked
from naast.content.page_form import PageForm, ReadableForm
from naast.core.models import UuidModel
from naast.people.policy import ScopedQuerySet
from naast.places import standing

STATEMENT_KINDS = [
    ("privacy", _("Privacy statement")),
    ("accessibility", _("Accessibility statement")),
    ("about", _("Who is behind this")),
    ("other", _("Other")),
]


class BasePage(Checked, Page):  # type: ignore[django-manager-missing]
    """Every page: its address carries the place it is read in, whoever asks (docs/decisions/0001)."""

    summary = models.CharField(_("In one or two sentences"), max_length=300, blank=True)
    shipped_slug = models.CharField(max_length=120, blank=True, editable=False)

    override_translatable_fields: ClassVar[list[Any]] = follows(
        "owner_name",
        "checked_on",
        "review_due",
        "sources",
        "tested_on",
        "tested_with",
        "seo_title",
        "search_description",
        "show_in_menus",
    )

    base_form_class = PageForm
    private_page_options: ClassVar[list[str]] = []  # what we publish is for everybody; our serving asks no password
    settings_panels: ClassVar[list[Any]] = [PublishingPanel()]
    promote_panels: ClassVar[list[Any]] = [
        FieldPanel("slug"),
        MultiFieldPanel(Checked.check_panels, heading=_("Kept true by")),
    ]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.title)

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        """Return (site, host, path) with the language and place of the address; without a place the plain path.

        A request that has no place gets no place: Wagtail's redirects ask with a made-up one and store what they get.
        """
        roots = self._get_relevant_site_root_paths(request)
        if not roots:
            return None
        site_id, root_path, root_url, language = roots[0]
        at = getattr(request, "at", None) if request is not None else standing.current()
        # A Dutch page keeps the language of the address it is read under; a translation has its own.
        prefix = at.prefix_in(language) if at is not None else ""
        return site_id, root_url, f"{prefix}/{self.url_path[len(root_path) :]}"

    def copy_for_translation(self, locale: Any, *args: Any, **kwargs: Any) -> Any:
        """Return a copy in a language; it did not come with Naast, so that loading never writes over it."""
        copy = super().copy_for_translation(locale, *args, **kwargs)
        type(copy).objects.filter(pk=copy.pk).update(shipped_slug="")
        copy.shipped_slug = ""
        return copy

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give the template what the page is made of; the words come from `queries`."""
        from naast.content import queries

        own = {"base_template": self.base_template}
        return {**super().get_context(request, *args, **kwargs), **own, **queries.page_context(self, request)}

    @property
    def base_template(self) -> str:
        """Return the frame of the page: children's pages have their own."""
        return "core/kids_base.html" if self.for_children else "core/base.html"

    @property
    def for_children(self) -> bool:
        """Tell whether the page is written for children first."""
        return False


class HomePage(BasePage):
    """The root of the shared tree. Its own address is the place's home, which `places` serves."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = _("Shared tree")


class DoorPage(BasePage):
    """A door: what one audience comes in by."""

    audience = models.CharField(_("For whom"), max_length=20, choices=AUDIENCE_CHOICES, unique=False)
    heading = models.CharField(_("Heading"), max_length=120)
    drawing = models.CharField(_("Drawing"), max_length=40, blank=True)

    override_translatable_fields: ClassVar[list[Any]] = [*BasePage.override_translatable_fields, *follows("drawing")]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("audience"),
        FieldPanel("heading"),
        FieldPanel("summary"),
        FieldPanel("drawing"),
    ]
    parent_page_types: ClassVar[list[str]] = ["content.HomePage"]

    class Meta:
        verbose_name = _("Door of an audience")

    @property
    def for_children(self) -> bool:
        """Tell whether this is the children's door."""
        return self.audience == "kinderen"

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Return the template; the children's door has its own."""
        return "content/door_kids.html" if self.for_children else "content/door_page.html"


class PhasePage(BasePage):
    """A phase of family life, for parents: what to read and who helps."""

    phase = models.CharField(_("Phase"), max_length=20, choices=PHASE_CHOICES)
    line = models.CharField(_("Line under the drawing"), max_length=120)
    drawing = models.CharField(_("Drawing"), max_length=40, blank=True)

    override_translatable_fields: ClassVar[list[Any]] = [*BasePage.override_translatable_fields, *follows("drawing")]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("phase"),
        FieldPanel("line"),
        FieldPanel("summary"),
        FieldPanel("drawing"),
    ]
    parent_page_types: ClassVar[list[str]] = ["content.DoorPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("Phase of life")


class TextPage(BasePage):
    """A page one reads: short points, a body with slots, what else to read."""

    audiences = CodesField(_("For whom"), codes=AUDIENCE_CHOICES)
    phases = CodesField(_("In which phase"), codes=PHASE_CHOICES)
    subjects = models.CharField(
        _("Subjects"),
        max_length=200,
        blank=True,
        help_text=_("Codes of the directory's subjects, separated by commas: which help stands beside the text."),
    )
    short = models.TextField(_("In short"), blank=True, help_text=_("Three or four points, one a line."))
    drawing = models.CharField(_("Drawing"), max_length=40, blank=True)
    related = models.CharField(
        _("Read also"),
        max_length=400,
        blank=True,
        help_text=_("Slugs of other pages, separated by commas."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("Text"), blank=True)

    override_translatable_fields: ClassVar[list[Any]] = [
        *BasePage.override_translatable_fields,
        *follows("subjects", "related", "drawing", "audiences", "phases"),
    ]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("short"),
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("audiences"), FieldPanel("phases")]),
        FieldPanel("subjects"),
        FieldPanel("related"),
        FieldPanel("drawing"),
    ]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    @property
    def for_children(self) -> bool:
        """Tell whether children are its first readers."""
        return bool(self.audiences) and self.audiences[0] == "kinderen"

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Return the template that all texts share."""
        return "content/text_page.html"

    @property
    def subject_list(self) -> list[str]:
        """Return the codes of the subjects."""
        return [code.strip() for code in self.subjects.split(",") if code.strip()]

    @property
    def related_slugs(self) -> list[str]:
        """Return the slugs of the pages to read next."""
        return [slug.strip() for slug in self.related.split(",") if slug.strip()]

    @property
    def short_points(self) -> list[str]:
        """Return the points of the summary box."""
        return [line.strip() for line in self.short.splitlines() if line.strip()]


class ArticlePage(TextPage):
    """An article under the door of its first audience."""

    parent_page_types: ClassVar[list[str]] = ["content.DoorPage"]

    class Meta:
        verbose_name = _("Article")


class RolePage(TextPage):
    """A page for one role beside a family: grandparent, friend or neighbour, teacher."""

    parent_page_types: ClassVar[list[str]] = ["content.DoorPage"]

    class Meta:
        verbose_name = _("Role beside a family")


class StatementPage(TextPage):
    """Privacy, accessibility, who is behind this: one text, with each place's own particulars in slots."""

    statement = models.CharField(_("Kind"), max_length=20, choices=STATEMENT_KINDS, default="other")

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("statement"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["content.HomePage"]

    class Meta:
        verbose_name = _("Statement")


class FaqPage(BasePage):
    """All questions with their answers, by audience."""

    parent_page_types: ClassVar[list[str]] = ["content.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("Questions and answers")


@register_snippet
class FaqEntry(Checked, WorkflowMixin, DraftStateMixin, RevisionMixin, Translated):
    """One question that people ask first, with its answer."""

    key = models.SlugField(_("Key"), unique=True)
    question = models.CharField(_("Question"), max_length=160)
    answer = RichTextField(_("Answer"), features=TEXT_FEATURES)
    audiences = CodesField(_("For whom"), codes=AUDIENCE_CHOICES)
    order = models.PositiveSmallIntegerField(_("Order"), default=100)

    base_form_class = ReadableForm
    translatable_fields: ClassVar[list[Any]] = [*words("question", "answer"), *follows("audiences", "order")]
    panels: ClassVar[list[Any]] = [
        FieldPanel("question"),
        FieldPanel("answer"),
        FieldPanel("audiences"),
        FieldRowPanel([FieldPanel("key"), FieldPanel("order")]),
        MultiFieldPanel(Checked.check_panels, heading=_("Kept true by")),
        PublishingPanel(),
    ]

    class Meta:
        verbose_name = _("Question and answer")
        verbose_name_plural = _("Questions and answers")
        ordering = ["order", "question"]
        unique_together = [("translation_key", "locale")]

    def __str__(self) -> str:
        return self.question


@register_snippet
class Slot(Translated):
    """A place in the text that each municipality may fill, with the national words that stand there until it does."""

    key = models.CharField(
        _("Key"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z-]*$", _("Small letters and hyphens."))],
        help_text=_("Never changes: what places filled hangs on it."),
    )
    title = models.CharField(_("Title"), max_length=120, help_text=_("For editors."))
    heading = models.CharField(_("Heading"), max_length=120, blank=True, help_text=_("For readers; empty: no heading."))
    help = models.CharField(_("What belongs here"), max_length=240)
    example = models.CharField(_("Example"), max_length=240, blank=True)
    fallback = models.TextField(
        _("National words"), blank=True, help_text=_("Empty: the slot is left out until filled.")
    )
    required = models.BooleanField(_("A place needs this before it goes live"), default=False)

    base_form_class = ReadableForm
    translatable_fields: ClassVar[list[Any]] = [
        *words("heading", "fallback"),
        *follows("title", "help", "example", "required"),
    ]
    panels: ClassVar[list[Any]] = [
        FieldPanel("key"),
        FieldPanel("title"),
        FieldPanel("heading"),
        FieldPanel("help"),
        FieldPanel("example"),
        FieldPanel("fallback"),
        FieldPanel("required"),
    ]

    class Meta:
        verbose_name = _("Slot in the text")
        verbose_name_plural = _("Slots in the text")
        ordering = ["title"]
        unique_together = [("translation_key", "locale")]

    def __str__(self) -> str:
        return self.title


class SlotFill(UuidModel):
    """A place's own words for one slot. Plain text: a blank line starts a paragraph, a hyphen a list."""

    place = models.ForeignKey("places.Place", on_delete=models.CASCADE, related_name="slot_fills")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="fills")
    body = models.TextField(blank=True)
    review_due = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_example = models.BooleanField(default=False, help_text="Verzonnen voor de demonstratie")

    objects: ClassVar[models.Manager["SlotFill"]] = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "slot"], name="slot_filled_once_a_place")]

    def __str__(self) -> str:
        return f"{self.slot_id} @ {self.place_id}"


# Films and lists are models of this room too.
from naast.content.media import models as extra_models  # noqa: E402, F401
