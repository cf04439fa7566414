"""What a statement shows: to its administrator, to readers, to machines."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from naast.core import clock
from naast.places.rules import PlaceInfo
from naast.upkeep.statements import queries, rules, words
from naast.upkeep.statements.queries import InForce, Row
from naast.upkeep.statements.rules import Kind

TONES = {"missing": "urgent", "gaps": "urgent", "soon": "sun", "good": "free", "not-needed": "line"}


def cell(row: Row, href: str) -> dict[str, Any]:
    """Return one cell of the table of places."""
    return {"state": words.STATES[row.state], "tone": TONES[row.state], "href": href, "name": words.NAMES[row.kind]}


def card(row: Row, place: PlaceInfo) -> dict[str, Any]:
    """Return one statement as its administrator sees it: state, gaps with what to do, dates, ways on."""
    gaps = row.in_the_way or row.judged.gaps
    return {
        **cell(row, reverse("statements:statement", args=[place.slug, row.kind])),
        "kind": row.kind,
        "about": words.ABOUT[row.kind],
        "gaps": [words.gap(gap) for gap in gaps] if row.state != "not-needed" else [],
        "until": words.until(row),
        "published_at": row.published_at,
        "draft_at": row.draft_at,
        "public": public_href(place, row.kind) if row.published_at else "",
    }


def public_href(place: PlaceInfo, kind: Kind) -> str:
    """Return where readers find it, on the shared address."""
    paths = {"contact": "privacy/", "privacy": "privacy/", "accessibility": "toegankelijkheid/"}
    return f"/{place.slug}/{paths[kind]}" if kind in paths else ""


def of_readers(place: PlaceInfo, kind: Kind, statement: Any, published_at: datetime) -> dict[str, Any]:
    """Return what the readers' part is made of, for a statement in force or one that is being written."""
    found = InForce(kind, statement, published_at)
    kept = queries.in_force(place.id)
    return _parts({**kept, kind: found}, place)


def here(place: PlaceInfo) -> dict[str, Any]:
    """Return what readers of this place get: contact, privacy, accessibility; None where nobody published it."""
    return _parts(queries.in_force(place.id), place)


def _parts(found: dict[str, InForce], place: PlaceInfo) -> dict[str, Any]:
    accessibility = found.get("accessibility")
    return {
        "of": place,
        "contact": found["contact"].statement if "contact" in found else None,
        "privacy": found["privacy"].statement if "privacy" in found else None,
        "privacy_on": found["privacy"].published_at if "privacy" in found else None,
        "accessibility": accessibility.statement if accessibility else None,
        "accessibility_on": accessibility.published_at if accessibility else None,
        "status": words.status_name(accessibility.statement.status if accessibility else rules.NO_STATEMENT),
        "status_means": words.STATUSES[accessibility.statement.status][1] if accessibility else "",
        "security": found["security"].statement if "security" in found else None,
        "is_example": any(one.is_example for one in found.values()),
    }


def for_machines(place: PlaceInfo, address: str) -> dict[str, Any]:
    """Return the accessibility statement as data; status E where there is none. Keys: docs/statements.md."""
    kept = queries.in_force(place.id)
    found, contact = kept.get("accessibility"), kept.get("contact")
    data: dict[str, Any] = {
        "site": address,
        "name": place.name,
        "organisation": contact.statement.organisation if contact else None,
        "status": rules.NO_STATEMENT,
        "standard": "EN 301 549 / WCAG 2.2 AA",
    }
    if found is None:
        return data
    said = found.statement
    judged = rules.judge("accessibility", said, found.published_on, clock.today())
    return data | {
        "status": said.status,
        "inOrder": judged.state in ("good", "soon") and not judged.warnings,
        "publishedOn": found.published_on,
        "lastTestedOn": said.tested_on,
        "testedBy": said.tested_by or None,
        "tested": said.tested_what or None,
        "report": said.report_url or None,
        "testPlannedOn": said.planned_on,
        "validUntil": judged.until,
        "shortcomings": [
            {"what": one.what, "why": one.why or None, "plan": one.plan or None, "solvedBefore": one.by}
            for one in said.shortcomings
        ],
        "contact": {
            "email": said.email or None,
            "phone": said.phone or None,
            "answerWithinWorkingDays": said.answer_days,
        },
        "statement": f"{address}toegankelijkheid/",
        "isExample": found.is_example,
    }
