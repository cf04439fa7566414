"""The same page in other languages: what the frame links to, and what search engines are told."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from naast.core import languages
from naast.core.sharing import house_address

from . import hosts, rules
from .standing import At


@dataclass(frozen=True)
class Tongue:
    """A link to the page at hand in one language. `whole`: it is really in that language there."""

    code: str
    name: str
    direction: str
    href: str
    current: bool
    whole: bool = True


def tongue(code: str, href: str, current: str, *, whole: bool = True) -> Tongue:
    """Return a link in a language, said in that language."""
    known = languages.known()[code]
    return Tongue(code, known.name, known.direction, href, code == current, whole)


def address(request: HttpRequest, code: str, path: str | None = None) -> str:
    """Return where this page (or the one at `path` below the place) is found in a language."""
    at: At | None = getattr(request, "at", None)
    path = request.path_info if path is None else path
    return f"{replace(at, language=code).prefix}{path}" if at else languages.prefixed(path, code)


def tongues(request: HttpRequest) -> list[Tongue]:
    """Return the page at hand in the languages that the interface speaks; none for what has one language only.

    Texts that editors translate say for themselves where they exist (content.views).
    """
    at: At | None = getattr(request, "at", None)
    first = request.path_info.removeprefix("/").partition("/")[0]
    if at is None and first not in languages.WITH_LANGUAGE:
        return []
    now = languages.reading()
    query = f"?{request.META['QUERY_STRING']}" if request.method == "GET" and request.META.get("QUERY_STRING") else ""
    codes = [*languages.INTERFACES, *([now] if now not in languages.INTERFACES else [])]
    return [tongue(code, address(request, code) + query, now, whole=code in languages.INTERFACES) for code in codes]


def heads(request: HttpRequest, links: list[Tongue]) -> dict[str, Any]:
    """Return absolute addresses for the head: the page's own (in Dutch while Dutch stands in), and each translation.

    Where a place has an own host name, that is the one search engines are told, on the shared host too.
    """
    try:
        request.get_host()
    except DisallowedHost:  # the page that refuses it has no address to tell
        return {"canonical": "", "alternates": []}
    whole = [link for link in links if link.whole]
    own = next((link for link in whole if link.current), None) or (whole[0] if whole else None)
    plain = [(link.code, told(request, link.href)) for link in whole]
    return {
        "canonical": told(request, own.href) if own else "",
        "alternates": plain if len(plain) > 1 else [],
    }


def told(request: HttpRequest, href: str) -> str:
    """Return the one absolute address of a page (its path): under its place's own host, else under the shared one."""
    path = href.partition("?")[0]
    at: At | None = getattr(request, "at", None)
    if at is not None and at.place.own_host and not at.host:
        cut = rules.split_path(path)
        return (
            hosts.own_address(at.place.own_host, request)
            + replace(at, language=cut.language, host="-").prefix
            + cut.rest
        )
    house = house_address() if at is None else ""
    return (house or f"{request.scheme}://{request.get_host()}") + path
