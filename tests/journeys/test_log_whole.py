"""The access log of the demonstration is whole: nothing it plays reaches back into hours that are sealed."""

import json
import subprocess
import sys

from tests.installation import Installation

VERIFY = [sys.executable, "-m", "naast", "audit", "verify", "--json"]


def test_every_seal_fits(installation: Installation) -> None:
    told = subprocess.run(VERIFY, env=installation.environment, capture_output=True, text=True)
    found = json.loads(told.stdout)
    assert found["fault"] is None
    assert told.returncode == 0
    assert found["hours"] > 0
