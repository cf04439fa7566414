"""The house style of a place: choosing with a live preview, publishing, going back."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from naast.people.policy import StaffRequest, needs, signed_in
from naast.places import house_style, tailor
from naast.places import queries as places
from naast.places.models import HouseStyle
from naast.places.rules import PlaceInfo
from naast.places.tailor import StyleChoice

from . import actions, previewing, queries
from .forms import COLOUR_LABELS, StyleForm, words_of
from .views import frame, place_or_403

PREVIEWS = {
    "begin": gettext_lazy("First page"),
    "ouders": gettext_lazy("For parents"),
    "formulier": gettext_lazy("Form"),
    "kinderen": gettext_lazy("For children"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(actions.EDIT)
def style(request: StaffRequest, place: str) -> HttpResponse:
    """Choose colours, letters and logo; nothing is seen by readers before it is published."""
    info = place_or_403(request, place)
    if request.method != "POST":
        return _page(request, info, StyleForm(initial=_initial(info)))
    do = request.POST.get("do", "look")
    if do == "drop":
        actions.drop_draft(user=signed_in(request), place=info)
        messages.success(request, _("Your draft is gone. Readers see what they saw."))
        return _again(info)
    data = request.POST.copy()
    take = request.POST.get("take", "")
    if take:
        field, _sep, colour = take.partition(":")
        data[field], do = colour, "look"
    form = StyleForm(data, request.FILES)
    valid = form.is_valid()
    logo = _logo(request, info, form)
    if logo is not None:
        data["logo"] = logo.digest
    if not valid or do == "look":
        return _page(request, info, form, status=200)
    user = signed_in(request)
    actions.save_draft(user=user, place=info, choice=StyleForm.choice(form.cleaned_data, logo=logo))
    if do == "publish":
        actions.publish_style(user=user, place=info)
        messages.success(request, _("Published. Everybody sees the new style within a second."))
    else:
        messages.success(request, _("Saved as a draft. Only you and your colleagues see it."))
    return _again(info)


def _again(place: PlaceInfo) -> HttpResponse:
    return HttpResponseRedirect(reverse("upkeep:style", args=[place.slug]), status=303)


def _logo(request: StaffRequest, place: PlaceInfo, form: StyleForm) -> Any:
    """Return the logo the form means. A new one is kept at once, so that it is not lost while a colour is mended."""
    data = form.cleaned_data
    alt = data.get("logo_alt") or ""
    if data.get("no_logo"):
        return None
    if form.made:
        return actions.keep_logo(user=signed_in(request), place=place, made=form.made, alt=alt)
    known = queries.logo_of(place, data.get("logo") or "", alt)
    if known is not None and alt and known.alt != alt:
        return actions.say_logo(user=signed_in(request), place=place, digest=known.digest, alt=alt)
    return known


def _initial(place: PlaceInfo) -> dict[str, str]:
    row = places.draft_style(place) or places.current_style(place)
    if row is None:
        shape = (house_style.shipped().get(place.theme) or house_style.shipped()["naast"]).shape
        return {"base": place.theme, **_shape_of(shape)}
    colours = {f"light_{name}": colour for name, colour in row.light.items()}
    colours |= {f"dark_{name}": colour for name, colour in row.dark.items()}
    base = house_style.shipped().get(row.base) or house_style.shipped()["naast"]
    shape = {**_shape_of(base.shape), **{k: v for k, v in (("font", row.font), ("corners", row.corners)) if v}}
    logo = {"logo": row.logo.digest, "logo_alt": row.logo.alt} if row.logo else {}
    return {"base": row.base, **shape, **colours, **logo}


def _shape_of(shape: Any) -> dict[str, str]:
    font = next((key for key, (font, _w) in tailor.FONTS.items() if font == shape["heading-font"]), "")
    corners = next((key for key, value in tailor.CORNERS.items() if value == shape["radius"]), "")
    return {"font": font, "corners": corners}


def _page(request: StaffRequest, place: PlaceInfo, form: StyleForm, status: int = 200) -> HttpResponse:
    values = {name: form[name].value() or "" for name in form.fields if name not in ("logo_file", "no_logo")}
    choice = StyleForm.choice(values)
    whole = tailor.tailored(choice)
    rows = [
        {
            "name": name,
            "label": COLOUR_LABELS[name][0],
            "help": COLOUR_LABELS[name][1],
            "cells": [
                {
                    "scheme": scheme,
                    "field": form[f"{scheme}_{name}"],
                    "follows": (whole.light if scheme == "light" else whole.dark)[name],
                    "offer": form.offers.get(f"{scheme}_{name}"),
                }
                for scheme in tailor.SCHEMES
            ],
        }
        for name in tailor.CHOSEN
    ]
    query = urlencode({key: value for key, value in values.items() if value})
    shown = request.POST.get("page") or request.GET.get("page") or "begin"
    dark = (request.POST.get("dark") or request.GET.get("dark")) == "1"
    context = {
        **frame(request, place, "style"),
        "form": form,
        "rows": rows,
        "styles": [
            {
                "key": key,
                "name": style.name,
                "light": style.light,
                "dark": style.dark,
                "heading": (style.light["heading-color"], style.dark["heading-color"]),
                "on": values["base"] == key,
            }
            for key, style in house_style.shipped().items()
        ],
        "draft": places.draft_style(place),
        "in_use": places.current_style(place),
        "earlier": places.earlier_styles(place),
        "pages": list(PREVIEWS.items()),
        "shown": shown if shown in previewing.PAGES else "begin",
        "dark": dark,
        "query": query + ("&dark=1" if dark else ""),
        "logo": queries.logo_of(place, values["logo"]) if values["logo"] else None,
    }
    return render(request, "upkeep/style.html", context, status=status)


def _asked(request: StaffRequest, place: PlaceInfo) -> StyleChoice:
    logo = queries.logo_of(place, request.GET.get("logo", ""), request.GET.get("logo_alt"))
    return StyleForm.choice(request.GET, logo=logo)


@require_safe
@needs(actions.EDIT)
def check(request: StaffRequest, place: str) -> HttpResponse:
    """Tell as JSON which colours of the query cannot be read, and what follows from the rest (for the live editor)."""
    info = place_or_403(request, place)
    choice = _asked(request, info)
    whole = tailor.tailored(choice)
    found = {
        f"{one.scheme}_{one.name}": {"text": words_of(one), "offer": one.nearest} for one in tailor.shortfalls(choice)
    }
    follows = {
        f"{scheme}_{name}": (whole.light if scheme == "light" else whole.dark)[name]
        for scheme in tailor.SCHEMES
        for name in tailor.CHOSEN
    }
    return JsonResponse({"wrong": found, "follows": follows})


@require_safe
@needs(actions.EDIT)
def preview_css(request: StaffRequest, place: str) -> HttpResponse:
    """The style sheet of a preview: what the query chose, by day or by night whatever the device prefers."""
    choice = _asked(request, place_or_403(request, place))
    scheme = "dark" if request.GET.get("dark") == "1" else "light"
    sheet = house_style.preview_sheet(tailor.tailored(choice), scheme)
    return HttpResponse(sheet, content_type="text/css; charset=utf-8")


@require_safe
@needs(actions.EDIT)
def preview(request: StaffRequest, place: str, page: str) -> HttpResponse:
    """A real page of the place in the style of the query; shown in a frame of our own editor only."""
    info = place_or_403(request, place)
    if page not in previewing.PAGES:
        raise Http404
    query = _clean(request.GET)
    href = f"{reverse('upkeep:preview-css', args=[info.slug])}?{query}"
    made = previewing.render_page(request, info, page, previewing.Preview(href, _asked(request, info)))
    request.is_dummy = True  # type: ignore[attr-defined]  # our own page may frame it (core.middleware)
    return made


def _clean(query: QueryDict) -> str:
    return urlencode({key: value for key, value in query.items() if len(value) <= 80})


@require_POST
@needs(actions.EDIT)
def put_back(request: StaffRequest, place: str, style_id: UUID) -> HttpResponse:
    """Let readers see an earlier style again."""
    info = place_or_403(request, place)
    try:
        actions.put_back(user=signed_in(request), place=info, style_id=style_id)
    except HouseStyle.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("The earlier style is back."))
    return _again(info)
