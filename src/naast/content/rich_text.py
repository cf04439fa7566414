"""The field in which editors type. What comes as HTML (a form sent by hand, a page without its scripts) is taken as text."""

from typing import Any

from bs4 import BeautifulSoup, Comment
from wagtail.admin.rich_text import DraftailRichTextArea

NOT_TEXT = ("script", "style", "head", "xml", "title", "template", "iframe", "object")


def cleaned(html: str) -> str:
    """Return HTML from elsewhere without programs, styles and comments; a row of a table becomes a paragraph."""
    soup = BeautifulSoup(html, "html.parser")
    for gone in [*soup.find_all(NOT_TEXT), *soup.find_all(string=lambda text: isinstance(text, Comment))]:
        gone.extract()
    for row in soup.find_all("tr"):
        words = [cell.get_text(" ", strip=True) for cell in row.find_all(("td", "th"))]
        line = soup.new_tag("p")
        line.string = " – ".join(filter(None, words))
        row.replace_with(line)
    return str(soup)


class Editor(DraftailRichTextArea):  # type: ignore[misc]
    """Draftail, which keeps only what its features know; words that did not come from it are not lost either."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the text as it is stored: by way of Draftail's own form, so that nothing else gets in."""
        try:
            return super().value_from_datadict(data, files, name)
        except (ValueError, TypeError, AttributeError, KeyError):  # no form of Draftail's
            state = self.converter.from_database_format(cleaned(str(data.get(name))))
            return self.converter.to_database_format(state)
