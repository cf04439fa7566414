"""The demonstration's invented offers, with opening times, starts and waiting times that fit the day of filling."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from naast.core import clock
from naast.directory import actions
from naast.directory.models import Offer, Organisation

FILE = Path(__file__).parent / "data" / "offers.yaml"


def rows_for(today: date) -> dict[str, list[dict[str, Any]]]:
    """The file's organisations and offers, with days counted from `today` turned into dates."""
    whole: dict[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {"organisations": whole["organisations"], "offers": [_dated(row, today) for row in whole["offers"]]}


def load_example_offers() -> int:
    """Write the examples that are not there yet; what somebody changed stays. Returns how many were written."""
    rows = rows_for(clock.today())
    there = {str(pk) for model in (Organisation, Offer) for pk in model.objects.values_list("pk", flat=True)}
    fresh = {key: [row for row in some if row["id"] not in there] for key, some in rows.items()}
    return actions.load_records(**fresh, actor="system").written


def _dated(row: dict[str, Any], today: date) -> dict[str, Any]:
    starts = [{"date": today + timedelta(days=one["in_days"]), "text": one["text"]} for one in row.get("starts") or ()]
    weeks = row.get("waiting_weeks")
    waited = (
        {"min": weeks["min"], "max": weeks["max"], "on": today - timedelta(days=weeks["days_ago"])} if weeks else None
    )
    return {**row, "starts": starts, "waiting_weeks": waited}
