"""The language level for editors: beside the text while one types, and of all pages in one list."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from naast.content.level import measure as level
from naast.content.level import queries as level_list
from naast.content.level.readability import measures_for
from naast.content.models import ArticlePage
from naast.people.policy import needs

# `body` is a place's own words for a slot, plain text; a page's body comes in parts.
FIELDS = ("summary", "short", "body")


@needs("content.shared")
@require_safe
def levels(request: HttpRequest) -> HttpResponse:
    """All texts with their level, by the column asked for."""
    sort = level_list.known_sort(request.GET.get("sort", ""))
    rows = level_list.rows(sort)
    context = {
        "rows": rows,
        "sort": sort,
        "columns": level_list.columns(sort),
        "todo": sum(not row.good for row in rows),
    }
    return render(request, "content/admin/levels.html", context)


@needs("content.edit")
@require_POST
def measure(request: HttpRequest) -> HttpResponse:
    """Measure the form of an editor as it stands. Nothing is stored, and no log holds a word of it."""
    audiences = request.POST.getlist("audiences")
    try:
        texts = [*_lines(request), *_body(request)]
    except (ValueError, KeyError, TypeError, json.JSONDecodeError):
        return HttpResponseBadRequest()
    context = {"level": level.of_text(texts, audiences), "measures": measures_for(audiences)}
    return render(request, "content/admin/level.html", context)


def _lines(request: HttpRequest) -> list[str]:
    return [line for name in FIELDS for line in request.POST.get(name, "").splitlines()]


def _body(request: HttpRequest) -> list[str]:
    if "body-count" not in request.POST:
        return []
    block: Any = ArticlePage._meta.get_field("body").stream_block  # type: ignore[union-attr]
    value = block.value_from_datadict(request.POST, request.FILES, "body")
    return [
        str(getattr(child.value, "source", child.value)) for child in value if child.block_type in ("text", "quote")
    ]
