"""Template tags and filters of the look: icons, drawings, form controls, Dutch dates and times, unbroken units.

Everything marked safe here is our own file or constant; nothing a person typed passes `mark_safe`.
"""

import datetime as dt
import re
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django import forms, template
from django.forms import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from naast.core import languages, once
from naast.core.icons import ICONS
from naast.core.sharing import outside, place_address

register = template.Library()

DRAWINGS = Path(__file__).resolve().parent.parent / "templates/core/drawing"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
UNITS = (
    "uur|jaar|minuten|minuut|dagen|dag|werkdagen|werkdag|weken|week|maanden|maand|euro|km|woorden|personen|kinderen|"
    "procent|hours|hour|years|year|minutes|days|day|weeks|months|%"
)
NO_BREAK = "\u00a0"

_UNIT = re.compile(rf"(?<=\d) (?=(?:{MONTHS}|{UNITS})\b|%)", re.IGNORECASE)
_EURO = re.compile(r"€ (?=\d)")
_RANGE = re.compile(r"(?<=\d)–(?=\d)")
_WORD_JOINER = "\u2060"


# ---------- drawings and icons ----------


@register.simple_tag
def icon(name: str) -> SafeString:
    """Print one icon as inline SVG. Raises KeyError on an unknown name, so that a slip shows in the first test."""
    return _icon(name)


@cache
def _icon(name: str) -> SafeString:
    return mark_safe(
        '<svg class="naast-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        f'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{ICONS[name]}</svg>'
    )


@register.simple_tag
def drawing(name: str) -> SafeString:
    """Print one drawing of templates/core/drawing as inline SVG, hidden from screen readers: it decorates."""
    return _drawing(name)


@cache
def _drawing(name: str) -> SafeString:
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise ValueError(f"not a drawing's name: {name!r}")
    return mark_safe((DRAWINGS / f"{name}.svg").read_text(encoding="utf-8").strip())


# ---------- dates, times, words that stay together ----------


def _local(value: dt.datetime) -> dt.datetime:
    return timezone.localtime(value, AMSTERDAM) if timezone.is_aware(value) else value


@register.filter
def nl_date(value: dt.date | None, shape: str = "date") -> str:
    """Write a date in the reader's language and in Amsterdam: 26 november 2026.

    `shape` is date (26 november 2026), day (donderdag 26 november), full (donderdag 26 november 2026),
    short (do 26 nov) or month (november 2026). An empty value gives an empty string.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, dt.datetime):
        value = _local(value)
    form = {"date": "j F Y", "day": "l j F", "full": "l j F Y", "short": "D j b", "month": "F Y"}[shape]
    # The number stays with its month; a weekday may stand on the line before.
    return date_format(value, form.replace("j ", f"j{NO_BREAK}"))


@register.filter
def nl_time(value: dt.datetime | dt.time | None, shape: str = "long") -> str:
    """Write a time of day in Amsterdam: 10.30 uur; with shape "short" 10.30; in English 10:30."""
    if value is None or value == "":
        return ""
    if isinstance(value, dt.datetime):
        value = _local(value)
    if not (get_language() or "nl").startswith("nl"):
        return f"{value.hour}:{value.minute:02}"
    clock = f"{value.hour}.{value.minute:02}"
    return clock if shape == "short" else f"{clock}{NO_BREAK}uur"


@register.filter(is_safe=True)
def nbsp(text: object) -> str:
    """Keep a number with its unit or month, the euro sign with its amount, and both ends of a range on one line."""
    joined = _RANGE.sub(f"–{_WORD_JOINER}", str(text))
    return _EURO.sub(f"€{NO_BREAK}", _UNIT.sub(NO_BREAK, joined))


@register.filter
def dutch(text: str) -> str:
    """Print somebody's Dutch words, marked as Dutch where the page around them is not."""
    return languages.dutch(text)


# ---------- form controls ----------


@register.filter
def styled(field: BoundField) -> SafeString:
    """Print a form control with the design system's classes; hint and error are told by Django's aria-describedby."""
    widget = field.field.widget
    if isinstance(widget, forms.Textarea):
        name = "utrecht-textarea utrecht-textarea--html-textarea"
    elif isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        raise TypeError("print radios and checkboxes with core/form/radios.html or core/form/checkboxes.html")
    elif isinstance(widget, forms.CheckboxInput):
        name = "utrecht-checkbox utrecht-checkbox--html-input"
    elif isinstance(widget, forms.Select):
        name = "utrecht-select utrecht-select--html-select"
    else:
        name = "utrecht-textbox utrecht-textbox--html-input"
    if field.errors:
        name += f" {name.split()[0]}--invalid"
    own = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{name} {own}".strip()})


@register.filter
def first_id(field: BoundField) -> str:
    """Return the id an error summary links to: of the control, or of the first radio or checkbox."""
    return field.id_for_label or f"{field.auto_id}_0"


# ---------- addresses, one-time numbers ----------


@register.simple_tag(name="outside")
def outside_tag(name: str, *args: object, **kwargs: object) -> str:
    """Return one of the house's own addresses (/loket/, /kluisje/, /beheer/), whatever place the page stands in."""
    return outside(name, *args, **kwargs)


register.simple_tag(place_address, name="place_address")


@register.simple_tag
def once_field() -> SafeString:
    """Print the hidden one-time number with which an anonymous person may write once."""
    return format_html('<input type="hidden" name="once" value="{}">', once.issue())
