"""What every page's frame needs: the place, navigation, emergency lines, footer links."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from naast.core import languages
from naast.core.sharing import outside

from . import queries, themes, tongues
from .rules import PlaceInfo

# The lines that stand on every page and beside urgent words (docs/safety.md, Danger).
AT_ONCE = frozenset({"112", "veilig-thuis", "113", "kindertelefoon"})


def _link(name: str, label: str, current: str, *, leave_place: bool = False, **kwargs: Any) -> dict[str, Any] | None:
    try:
        url = outside(name, **kwargs) if leave_place else reverse(name, kwargs=kwargs or None)
    except NoReverseMatch:
        return None
    return {"url": url, "label": label, "current": url != "/" and current.startswith(url)}


def _is_for_children(request: HttpRequest) -> bool:
    """Tell whether a child reads: in the children's area, or on the form that its button opens."""
    return "/kinderen/" in request.path or (
        request.path.endswith("/vraag/") and "kinderen" in (request.GET.get("audience"), request.POST.get("audience"))
    )


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's data. Nothing here differs between two readers of the same address."""
    place: PlaceInfo | None = getattr(request, "place", None)
    preview = getattr(request, "preview", None)  # a house style that is being chosen (naast.upkeep)
    kids = _is_for_children(request)
    lines = queries.helplines("kinderen" if kids else None)
    nav = []
    if place is not None and kids:
        ask = _link("contact:ask", _("Ask a question"), request.path) if place.takes_part else None
        nav = [
            {"url": reverse("home") + "kinderen/", "label": _("For children"), "current": "/kinderen/" in request.path},
            ask and ask | {"url": ask["url"] + "?audience=kinderen"},
            _link("lockers:open", _("Locker"), request.path, leave_place=True),
            {"url": reverse("home") + "jongeren/", "label": _("For 12 and older"), "current": False},
        ]
    elif place is not None:
        nav = [
            _link("guide:index", _("Guide"), request.path),
            _link("directory:search", _("Help nearby"), request.path),
            _link("content:search", pgettext("page", "Search"), request.path)
            if place.takes_part or place.is_region
            else None,
            _link("contact:ask", _("Ask a question"), request.path) if place.takes_part else None,
            _link("lockers:open", _("Locker"), request.path, leave_place=True),
        ]
    else:
        nav = [_link("lockers:open", _("Locker"), request.path, leave_place=True)]
    footer = [
        _link("help-now", _("Help now"), ""),
        _link("leaving", _("How ‘Leave this site’ works"), ""),
    ]
    if place is not None:
        if place.takes_part or place.is_region:
            footer += [_link("together:index", _("Take part"), "")]
        footer += [_link("directory:overview", _("What is there for whom"), "")]
        footer += [_link("content:about", _("Who is behind this?"), "")]
        footer += [_link("content:faq", _("Questions and answers"), "")]
        footer += [_link("content:glossary", _("Glossary"), "")]
        footer += [_link("content:privacy-children" if kids else "content:privacy", _("What we keep and what not"), "")]
        footer += [_link("content:accessibility", _("Accessibility"), "")]
    return {
        "place": place,
        "at": getattr(request, "at", None),
        "nav": [link for link in nav if link],
        "footer_links": [link for link in footer if link],
        "helplines": [line for line in lines if line.key in AT_ONCE],
        "theme_href": preview.href if preview else themes.address(place),
        "logo": themes.logo(place, preview.choice if preview else (place.style if place else None)),
        "preview": preview is not None,
        "demo": settings.NAAST_DEMO,
        "tongues": tongues.tongues(request),
        "nl_attr": mark_safe(languages.attributes(languages.DUTCH)),
    }
