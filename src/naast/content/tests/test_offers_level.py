"""The shipped offers read as plainly as the texts: nothing to mend at the level of whom they are for."""

import yaml

from naast.content.level.measure import of_text
from naast.directory import rules


def test_every_shipped_offer_holds_its_level() -> None:
    rows = yaml.safe_load((rules.DATA / "offers.yaml").read_text(encoding="utf-8"))
    found = {
        row["slug"]: [(one.kind, one.text) for one in findings]
        for row in rows
        if (findings := of_text([row["summary"], row["description"] or ""], row["audiences"]).findings)
    }
    assert found == {}


def test_canary_a_heavy_offer_is_found() -> None:
    assert of_text(["De preventie geschiedt conform de vastgestelde beleidskaders."], ["ouders"]).findings
