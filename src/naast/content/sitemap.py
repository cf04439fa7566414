"""The sitemap: the public pages of every place that takes part, each host its own, in each language a page really has.

Nothing of lockers, desk, admin, search, questions or guides under way. `/sitemap.xml` is an index; its parts are the same
address with `?deel=`, so that a place's own host name needs no further address.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from naast.content import library
from naast.content.media import queries as media
from naast.core import languages
from naast.core.sharing import SHARED_HEADER, mark_shared
from naast.directory.overview import queries as overview
from naast.places import hosts
from naast.places import queries as places
from naast.places.rules import PlaceInfo
from naast.places.standing import At

A_PART = 10_000  # addresses; the protocol takes 50,000 and 50 MB
HOUSE = "huis"
NAMESPACE, XHTML = "http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.w3.org/1999/xhtml"
# pages of ours that speak every language of the interface, below a place and in the house
OF_A_PLACE = ("", "hulp-nu/", "wegwijzer/", "meedoen/", "hulp/overzicht/", "woordenlijst/", "zo-werkt-weggaan/")
OF_THE_HOUSE = ("", "hulp-nu/", "zo-werkt-weggaan/")
Tongues = dict[str, str]  # language -> path below the place or house, without a slash in front


@dataclass(frozen=True)
class Entry:
    """One page: where it stands in each of its languages, and when it last changed."""

    tongues: Tongues
    changed: date | datetime | None = None


def entries_of(place: PlaceInfo) -> list[Entry]:
    """All public pages of a place."""
    return [
        *(Entry(dict.fromkeys(languages.INTERFACES, path)) for path in OF_A_PLACE),
        *([Entry(dict.fromkeys(languages.INTERFACES, "hulp/vergelijken/"))] if overview.can_compare(place) else []),
        *_pages(),
        *(Entry({languages.DUTCH: f"lijsten/{card.key}/"}) for _group, cards in media.lists_by_audience() for card in cards),
        *(Entry({languages.DUTCH: f"hulp/{slug}/"}, changed) for slug, changed in overview.changes(place)),
    ]  # fmt: skip


def _pages() -> Iterator[Entry]:
    """The editors' pages, once a page with all its translations; also those in another language only."""
    held = library.library()
    changed = dict(Page.objects.live().values_list("pk", "last_published_at"))
    groups: dict[str, list[library.Card]] = {}
    for card in held.by_pk.values():
        groups.setdefault(card.group, []).append(card)
    for cards in groups.values():
        last = max((moment for card in cards if (moment := changed.get(card.pk))), default=None)
        yield Entry({card.language: card.path for card in cards}, last)


# ---------- as XML


def _start(place: PlaceInfo | None, request: HttpRequest, code: str) -> str:
    """What an address begins with: scheme, host and the place's prefix, with a closing slash."""
    if place is None:
        return hosts.shared_address(request) + languages.prefixed("/", code)
    if place.own_host:
        return hosts.own_address(place.own_host, request) + At(place, code, place.own_host).prefix + "/"
    return hosts.shared_address(request) + At(place, code).prefix + "/"


def url_set(entries: Iterable[Entry], place: PlaceInfo | None, request: HttpRequest) -> bytes:
    """Entries as a urlset: each language of a page is an address of its own that names the others."""
    ElementTree.register_namespace("", NAMESPACE)
    ElementTree.register_namespace("xhtml", XHTML)
    root = ElementTree.Element(f"{{{NAMESPACE}}}urlset")
    for entry in entries:
        addresses = {code: _start(place, request, code) + path for code, path in entry.tongues.items()}
        for address in addresses.values():
            url = ElementTree.SubElement(root, f"{{{NAMESPACE}}}url")
            ElementTree.SubElement(url, f"{{{NAMESPACE}}}loc").text = address
            if entry.changed:
                ElementTree.SubElement(url, f"{{{NAMESPACE}}}lastmod").text = entry.changed.isoformat()[:10]
            for code, other in addresses.items() if len(addresses) > 1 else ():
                link = {"rel": "alternate", "hreflang": code, "href": other}
                ElementTree.SubElement(url, f"{{{XHTML}}}link", link)
    return _written(root)


def index(parts: Iterable[str], start: str) -> bytes:
    """The index of the parts."""
    ElementTree.register_namespace("", NAMESPACE)
    root = ElementTree.Element(f"{{{NAMESPACE}}}sitemapindex")
    for part in parts:
        one = ElementTree.SubElement(root, f"{{{NAMESPACE}}}sitemap")
        ElementTree.SubElement(one, f"{{{NAMESPACE}}}loc").text = f"{start}/sitemap.xml?deel={part}"
    return _written(root)


def _written(root: ElementTree.Element) -> bytes:
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


# ---------- answering


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: an index of this host's parts; `?deel=enschede.1`: one of them. 404 for another host's, or none."""
    own = places.by_host(hosts.bare(request))
    part = request.GET.get("deel")
    slug, _dot, number = (part or "").partition(".")
    if part is None:
        start = hosts.own_address(own.own_host, request) if own else hosts.shared_address(request)
        body = index(_parts(own), start)
    else:
        place = next((one for one in _on_this_host(own) if one.slug == slug), None)
        if (
            not number.isascii()
            or not number.isdigit()
            or len(number) > 4
            or (place is None and (own or slug != HOUSE))
        ):
            raise Http404
        entries = entries_of(place) if place else _of_the_house()
        cut = entries[(int(number) - 1) * A_PART : int(number) * A_PART] if int(number) else []
        if not cut:
            raise Http404
        body = url_set(cut, place, request)
    response = HttpResponse(body, content_type="application/xml; charset=utf-8")
    mark_shared(request, response, ("deel",))
    if part is not None and slug != HOUSE and SHARED_HEADER in response.headers:
        response.headers[SHARED_HEADER] = slug  # made anew when this place shows something new
    return response


def _on_this_host(own: PlaceInfo | None) -> list[PlaceInfo]:
    """The places whose addresses lie on this host: the own one, or on the shared host all that have none of their own."""
    if own:
        return [own] if own.takes_part and own.live else []
    return [place for place in places.all_places(taking_part=True) if place.live and not place.own_host]


def _parts(own: PlaceInfo | None) -> Iterator[str]:
    if own is None:
        yield f"{HOUSE}.1"
    for place in _on_this_host(own):
        for number in range(1, -(-len(entries_of(place)) // A_PART) + 1):
            yield f"{place.slug}.{number}"


def _of_the_house() -> list[Entry]:
    return [Entry(dict.fromkeys(languages.INTERFACES, path)) for path in OF_THE_HOUSE]
