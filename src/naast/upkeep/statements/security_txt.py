"""security.txt (RFC 9116), without Django: written, and judged by rules of our own that are as strict as internet.nl's."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

KNOWN = ("Contact", "Expires", "Preferred-Languages", "Canonical", "Policy", "Acknowledgments", "Encryption", "Hiring")
ONCE = ("Expires", "Preferred-Languages")
LONGEST = timedelta(days=365)  # RFC 9116, 2.5.5: less than a year in the future is recommended
VALID_DAYS = 180
_LINE = re.compile(r"^([A-Za-z][A-Za-z-]*): (\S.*)$")
_LANGUAGE = re.compile(r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")
_MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")


def expires(today: datetime) -> str:
    """Return the moment until which a file made today may be trusted: half a year on, whole days in UTC."""
    day = (today.astimezone(UTC) + timedelta(days=VALID_DAYS)).date()
    return f"{day.isoformat()}T00:00:00Z"


def write(
    *,
    contacts: Sequence[str],
    canonical: str,
    now: datetime,
    policy: str = "",
    acknowledgments: str = "",
    languages: Sequence[str] = ("nl", "en"),
) -> str:
    """Return the file. ValueError for a value that would begin a line of its own."""
    rows = [("Contact", contact) for contact in contacts]
    rows += [("Expires", expires(now)), ("Preferred-Languages", ", ".join(languages)), ("Canonical", canonical)]
    rows += [(name, value) for name, value in (("Policy", policy), ("Acknowledgments", acknowledgments)) if value]
    if any(re.search(r"[\x00-\x1f\x7f\u2028\u2029]", value) for _name, value in rows):
        raise ValueError("a value of security.txt holds a line break")
    return "".join(f"{name}: {value}\n" for name, value in rows)


def problems(text: str, *, url: str, now: datetime) -> list[str]:
    """Return what is wrong with a file that was read at an address; empty = nothing.

    Stricter than the RFC: no unknown fields, an end within a year, https only, and its own address named.
    """
    found: list[str] = []
    fields: dict[str, list[str]] = {}
    if not text.endswith("\n"):
        found.append("The last line has no end.")
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if not line or line.startswith("#"):
            continue
        match = _LINE.match(line)
        if match is None:
            found.append(f"Line {number} is no 'Name: value'.")
            continue
        name = match[1]
        if name not in KNOWN:
            found.append(f"Line {number}: {name} is unknown.")
        fields.setdefault(name, []).append(match[2])
    found += [f"{name} is missing." for name in ("Contact", "Expires", "Canonical") if name not in fields]
    found += [f"{name} stands there more than once." for name in ONCE if len(fields.get(name, [])) > 1]
    for contact in fields.get("Contact", []):
        if not is_contact(contact):
            found.append(f"Contact is no https:, mailto: or tel: address: {contact}")
    for name in ("Canonical", "Policy", "Acknowledgments", "Encryption", "Hiring"):
        found += [f"{name} is no https address." for value in fields.get(name, []) if not _is_https(value)]
    if "Canonical" in fields and url not in fields["Canonical"]:
        found.append("Canonical does not name this address.")
    for value in fields.get("Preferred-Languages", []):
        found += [f"{code} is no language." for code in value.split(", ") if not _LANGUAGE.match(code)]
    for value in fields.get("Expires", []):
        found += _expiry(value, now)
    return found


def _expiry(value: str, now: datetime) -> list[str]:
    if not _MOMENT.match(value):
        return ["Expires is no moment in UTC."]
    try:
        moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return ["Expires is no moment in UTC."]
    if moment <= now:
        return ["Expires lies behind us."]
    return ["Expires lies more than a year ahead."] if moment - now > LONGEST else []


def _is_https(value: str) -> bool:
    return bool(re.match(r"^https://[a-z0-9.-]+(?::\d+)?(?:/[^\s\x00-\x20\x7f]*)?\Z", value, re.IGNORECASE))


def is_contact(value: str) -> bool:
    """Tell whether this is an address that security.txt may name."""
    if value.startswith("mailto:"):
        return bool(
            re.match(r"^mailto:[^\s\x00-\x20\x7f@<>,;]+@[^\s\x00-\x20\x7f@<>,;]+\.[^\s\x00-\x20\x7f@<>,;]+\Z", value)
        )
    if value.startswith("tel:"):
        return bool(re.match(r"^tel:\+?[0-9-]{6,}$", value))
    return _is_https(value)


def as_contact(typed: str) -> str:
    """Return the address that somebody typed as security.txt wants it; '' where it is none.

    'cert@gemeente.nl' → 'mailto:cert@gemeente.nl', '+31 53 000 00 00' → 'tel:+31530000000'.
    """
    bare = typed.strip()
    if "@" in bare and ":" not in bare:
        bare = f"mailto:{bare}"
    elif re.fullmatch(r"\+?[\d\s()-]{6,}", bare):
        bare = "tel:" + re.sub(r"[^\d+]", "", bare)
    return bare if is_contact(bare) else ""
