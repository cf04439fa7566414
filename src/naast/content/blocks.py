"""What a body is made of: headings, text, quotes and the slots that each municipality fills."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from naast.directory.rules import subjects

TEXT_FEATURES = ["bold", "link", "ol", "ul", "document-link"]


def subject_choices() -> list[tuple[str, str]]:
    """Return the subjects an offers slot can ask for, as the directory keeps them."""
    return [(subject.slug, subject.label) for subject in subjects()]


def own_slot_choices() -> list[tuple[str, str]]:
    """Return the keys a municipality can fill, by title; from memory, because every bound block asks."""
    from naast.content.library import library

    return sorted(((slot.key, slot.title) for slot in library().slots.values()), key=lambda pair: pair[1])


class HeadingBlock(blocks.StructBlock):
    """A heading of the text; the page's title is the only h1."""

    text = blocks.CharBlock(label=_("Heading"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("2", _("Heading")), ("3", _("Smaller heading"))], default="2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "content/block/heading.html"


class QuoteBlock(blocks.TextBlock):
    """A sentence one can say aloud, on the rail."""

    class Meta:
        icon = "openquote"
        label = _("A sentence to say aloud")
        template = "content/block/quote.html"


class ContactBlock(blocks.StaticBlock):
    """The place's desk: where, when, how fast it answers."""

    class Meta:
        icon = "mail"
        label = _("Slot: the desk of the municipality")
        admin_text = _("Filled by each place from its desk: hours, phone and the way to a question.")
        template = "content/block/contact.html"


class HelplinesBlock(blocks.StaticBlock):
    """Help in an emergency, from the one list of helplines."""

    class Meta:
        icon = "warning"
        label = _("Slot: help now")
        admin_text = _("The helplines for this page's readers, from the one list.")
        template = "content/block/helplines.html"


class OffersBlock(blocks.StructBlock):
    """Offers near the reader about one subject."""

    subject = blocks.ChoiceBlock(label=_("Subject"), choices=subject_choices, required=False)

    class Meta:
        icon = "group"
        label = _("Slot: help near you")
        template = "content/block/offers.html"


class OwnBlock(blocks.StructBlock):
    """A municipality's own words about one thing; without them the national text stands there."""

    key = blocks.ChoiceBlock(label=_("Which slot"), choices=own_slot_choices)

    class Meta:
        icon = "edit"
        label = _("Slot: the municipality's own words")
        template = "content/block/own.html"


def film_choices() -> list[tuple[str, str]]:
    """Return the films that a text can show; from memory, because every bound block asks."""
    from naast.content.media.queries import film_choices as known

    return known()


class FilmBlock(blocks.StructBlock):
    """A film that we serve ourselves; one that readers may not see yet is left out."""

    key = blocks.ChoiceBlock(label=_("Which film"), choices=film_choices)

    class Meta:
        icon = "media"
        label = _("Film")
        template = "content/block/film.html"


class TakePartBlock(blocks.StaticBlock):
    """The way to a place's polls and evenings; the form itself stands on an address of its own."""

    class Meta:
        icon = "group"
        label = _("Slot: take part")
        admin_text = _("Leads to the polls and evenings of the reader's place.")
        template = "content/block/takepart.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    heading = HeadingBlock()
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES, template="content/block/text.html")
    quote = QuoteBlock()
    contact = ContactBlock()
    helplines = HelplinesBlock()
    offers = OffersBlock()
    own = OwnBlock()
    film = FilmBlock()
    takepart = TakePartBlock()

    class Meta:
        block_counts: dict[str, Any] = {
            "contact": {"max_num": 1},
            "helplines": {"max_num": 1},
            "takepart": {"max_num": 1},
        }
