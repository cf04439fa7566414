"""One row an offer, with the same texts that all searches get."""

from django.db import models
from wagtail.search import index


class OfferText(index.Indexed, models.Model):
    """The texts of one offer: its name as title, and the rest as Wagtail would hold a page."""

    slug = models.SlugField(primary_key=True)
    title = models.TextField()
    short = models.TextField()
    rest = models.TextField()
    words = models.TextField()

    search_fields = [
        index.SearchField("title", boost=10),
        index.SearchField("short", boost=4),
        index.SearchField("rest", boost=2),
        index.SearchField("words"),
    ]

    class Meta:
        app_label = "texts"
