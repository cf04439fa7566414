"""Pages of a public list: the Link header (RFC 8288) that leads from one page to the next. Pure."""

from collections.abc import Iterable
from urllib.parse import urlencode


def last_page(total: int, size: int) -> int:
    """The number of the last page; an empty list has one page. `size`: most rows on a page, 1 or more."""
    return max(1, -(-total // size))


def link_header(path: str, pairs: Iterable[tuple[str, str]], *, page: int, last: int, key: str = "page") -> str:
    """The pages round this one as a Link header. `pairs`: the question as it was asked; `key` names the page in it."""
    kept = [pair for pair in pairs if pair[0] != key]
    around = {"first": 1, "prev": min(page - 1, last) if page > 1 else 0, "next": page + 1 if page < last else 0}
    return ", ".join(
        f'<{path}?{urlencode([*kept, (key, str(number))])}>; rel="{name}"'
        for name, number in {**around, "last": last}.items()
        if number
    )
