"""`/<place>/woordenlijst/`: every term of the field with its explanation, by alphabet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from naast.content.glossary import queries as glossary
from naast.core.languages import reading
from naast.core.sharing import shared_page


@shared_page
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """All terms under their letters. 404 outside a place that takes part or a region."""
    place = getattr(request, "place", None)
    if place is None or not ((place.takes_part and place.live) or place.is_region):
        raise Http404
    language = reading()
    groups, own = glossary.by_letter(language), bool(glossary.glossary().by_language.get(language))
    return render(request, "content/glossary.html", {"groups": groups, "in_dutch": not own})
