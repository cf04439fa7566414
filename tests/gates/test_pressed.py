"""Both public APIs pressed with generated questions against a served, filled installation: 60 seconds here; longer, and
signed in as well, by `make security`. Schemathesis makes them from the description that we publish, right and wrong ones,
and holds each answer to it: never a 500, only statuses, shapes and headers that are described, wrong input refused, right
input taken.
"""

import json
import re
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

import jsonschema
import pytest

from tests.installation import Installation

from .running import ROOT, shared, words

TOOL = ROOT / ".venvs/schemathesis/bin/schemathesis"
RULES = ROOT / "tests/gates/schemathesis.toml"
SECONDS = 60
APIS = ["api/v1", "hsds/v3"]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pressed")]


@pytest.fixture(scope="module")
def served():
    """A filled installation that lets one program ask as often as it likes."""
    made = Installation()
    made.environment["DJANGO_SETTINGS_MODULE"] = "tests.settings_pressed"
    made.prepare().start(worker=False)
    yield made
    made.stop()


def press(description, seconds, folder, *more):
    """Ask for this long everything that a description allows and forbids."""
    assert TOOL.exists(), "schemathesis is not there: tools/setup test"
    command = [
        TOOL, "--no-color", "--config-file", RULES, "run", description, "--max-time", str(seconds),
        "--continue-on-failure", "--no-shrink", "--request-timeout", "30", *more,
    ]  # fmt: skip
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=seconds + 120)


@pytest.mark.parametrize("base", APIS)
def test_generated_questions_find_nothing_wrong(served, base, tmp_path):
    done = press(f"{served.address}{base}/openapi.json", SECONDS // len(APIS), tmp_path)
    figure = re.search(r"(\d+) generated", done.stdout)
    print(
        f"\n/{base}: {figure[1] if figure else 'no'} questions in {SECONDS // len(APIS)} s, exit status {done.returncode}"
    )

    assert done.returncode == 0, words(done, 150)
    assert figure
    assert int(figure[1]) > 100
    log = served.log.read_text(errors="replace")
    assert "An answer of the API failed" not in log


def test_all_of_the_demonstration_fits_hsds(served):
    text = served.visitor().get("hsds/v3/services?full=true&format=ndjson").text
    schema = json.loads(shared("data/hsds-3.0/schema/compiled/service_with_definitions.json").read_text())
    judge = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    rows = [json.loads(line) for line in text.splitlines()]

    assert len(rows) > 50
    assert [(row["name"], error.message[:100]) for row in rows for error in judge.iter_errors(row)] == []


# ---------- canary ----------

SPOILED = {
    "openapi": "3.1.0",
    "info": {"title": "Spoiled", "version": "1"},
    "paths": {
        "/things": {
            "get": {
                "parameters": [{"name": "size", "in": "query", "schema": {"type": "integer"}}],
                "responses": {"200": {"description": "Fine"}},
            }
        }
    },
}


class Spoiled(BaseHTTPRequestHandler):
    """An API that breaks on a number below zero."""

    def do_GET(self):
        path = urlparse(self.path)
        below = parse_qs(path.query).get("size", ["1"])[0].startswith("-")
        body = json.dumps(SPOILED if path.path == "/openapi.json" else {}).encode()
        self.send_response(500 if below else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Say nothing."""


def test_canary_an_api_that_breaks_is_found(tmp_path):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Spoiled)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/openapi.json"
        done = press(address, 10, tmp_path, "--phases", "coverage,fuzzing", "--max-failures", "1")
    finally:
        server.shutdown()
        server.server_close()

    assert done.returncode == 1, words(done)
    assert "Server error" in done.stdout
