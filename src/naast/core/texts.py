"""Small helpers for text that every room needs."""

import unicodedata


def fold(text: str) -> str:
    """Return text in lower case without accents, for comparing what people type."""
    if text.isascii():  # nearly every text: no letter of it has an accent
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
