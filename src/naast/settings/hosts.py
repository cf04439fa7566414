"""Which hosts Naast answers on: those of NAAST_HOSTS, and the own host names of places, which are data."""

from collections.abc import Callable, Iterable, Iterator


class AllowedHosts(list[str]):
    """Django's ALLOWED_HOSTS: the fixed ones first, then what `of_places` tells (from memory, set by naast.places).

    Django walks through it and stops at the first that fits, so the shared host costs nothing. A host is judged before
    any page is held for it (naast.core.outermost).
    """

    of_places: Callable[[], Iterable[str]] = staticmethod(tuple)

    def __iter__(self) -> Iterator[str]:
        """Yield the fixed hosts, then those of places."""
        yield from super().__iter__()
        yield from type(self).of_places()

    def fixed(self) -> list[str]:
        """Return the hosts of the settings alone."""
        return list(super().__iter__())
