"""The page docs/kept.md: what is kept about people, printed from the declarations. `naast kept` writes it."""

from naast.core import kept

TITLES = {
    "inwoners": "Over inwoners",
    "aanbieders": "Over mensen bij aanbieders",
    "medewerkers": "Over medewerkers",
    "niemand": "Over niemand: wat Naast zelf nodig heeft",
}


def _cell(text: str) -> str:
    return text.replace("|", "/").strip()


def page() -> str:
    """Return the page as Markdown."""
    lines = [
        "---",
        "lang: nl",
        "---",
        "# Wat Naast bewaart",
        "",
        "Afgedrukt uit de software zelf, met `naast kept`; een test vergelijkt deze pagina met wat elke kamer verklaart",
        "(`core.kept.Kept`). De privacyverklaring en het scherm van de privacyfunctionaris tonen dezelfde woorden.",
        "",
    ]
    for whom, entries in kept.in_words():
        lines += [
            f"## {TITLES[whom]}",
            "",
            "| wat | waarvoor | wat het is | grondslag | bewaartermijn | wie het ziet |",
        ]
        lines.append("|---|---|---|---|---|---|")
        for entry in entries:
            cells = (entry.called, entry.purpose, entry.show, entry.ground, entry.retention, entry.receivers or "-")
            lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"
