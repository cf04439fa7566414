"""What presses a served, filled installation from outside: schemathesis, wapiti and sqlmap, as stranger and signed in."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from tests.installation import Browser, Installation

from security import careless
from security.findings import Finding, Ran

ROOT = Path(__file__).resolve().parent.parent
SCHEMATHESIS = ROOT / ".venvs/schemathesis/bin/schemathesis"
RULES = ROOT / "tests/gates/schemathesis.toml"
WAPITI = ROOT / ".venvs/wapiti/bin/wapiti"
FIELDS = Path(__file__).parent / "fields.yaml"
APIS = ("api/v1", "hsds/v3")
# Who wapiti is, and where it begins.
WALKERS = {
    "reader": ("/", "/enschede/", "/enschede/kinderen/", "/enschede/hulp/?q=buddy", "/enschede/vraag/", "/kluisje/"),
    "adviser": ("/loket/", "/loket/account/"),
    "editor": ("/beheer/", "/beheer/pages/"),
}
# Without brute force: a guessed password is the limits' business, and lists of file names are not this house's.
MODULES = (
    "csp,cookieflags,crlf,csrf,exec,file,http_headers,methods,permanentxss,redirect,sql,ssrf,timesql,upload,xss,xxe"
)
LEVELS = {0: "info", 1: "low", 2: "medium", 3: "high", 4: "high"}
TURNED_AWAY = 20  # more answers 403 than this, and the field was not pressed but its guard
# What ends the session, changes who one is, or leads away.
NEVER = ("*/afmelden/*", "*/logout/*", "*/demo/*", "*/-/weg/*", "*/beeindigen/*", "*/sluiten/*", "*/static/*")


@dataclass(frozen=True)
class Field:
    """One place where text comes in, for sqlmap: address with query, data of a form, the parameters to press."""

    url: str
    press: tuple[str, ...]
    data: str = ""
    token: str = ""
    role: str = ""


def fields(rows: list[dict[str, Any]]) -> list[Field]:
    """Read the list of fields. Raises KeyError on a row without `url` or `press`."""
    return [
        Field(row["url"], tuple(row["press"]), row.get("data", ""), row.get("token", ""), row.get("role", ""))
        for row in rows
    ]


@contextmanager
def served() -> Iterator[Installation]:
    """Give a filled installation that lets one program ask as often as it likes."""
    made = Installation()
    made.environment["DJANGO_SETTINGS_MODULE"] = "tests.settings_pressed"
    try:
        yield made.prepare().start()
    finally:
        made.stop()


def signed_in(house: Installation, role: str) -> str:
    """Sign in as somebody of the demonstration; returns the cookies as a header would carry them."""
    visitor: Browser = house.visitor()
    answer = visitor.post(f"/demo/as/{role}/")
    if answer.status != 303:
        raise AssertionError(f"nobody plays {role}: {answer.status}")
    visitor.get("/loket/account/")
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.jar)


def schemathesis(house: Installation, seconds: int) -> Iterator[Ran]:
    """Press both APIs with generated questions, without and with a staff session."""
    for who in ("", "adviser"):
        more = ["-H", f"Cookie: {signed_in(house, who)}"] if who else []
        for base in APIS:
            yield _press(house, base, seconds, who or "stranger", more)


def _press(house: Installation, base: str, seconds: int, who: str, more: list[str]) -> Ran:
    command = [
        SCHEMATHESIS, "--no-color", "--config-file", RULES, "run", f"{house.address}{base}/openapi.json",
        "--max-time", str(seconds), "--continue-on-failure", "--no-shrink", "--request-timeout", "30", *more,
    ]  # fmt: skip
    done = _run(command, house.folder, seconds + 300)
    asked = re.search(r"(\d+) generated", done.stdout)
    tool = f"schemathesis ({who})"
    if not asked:
        return Ran(tool, f"/{base}", failed=(done.stdout + done.stderr)[-300:])
    looked_at = f"/{base}: {asked[1]} questions in {seconds} s"
    wrong = re.findall(r"^- (.+)$", done.stdout, re.MULTILINE) if done.returncode else []
    return Ran(
        tool, looked_at, tuple(Finding("high", "schemathesis", "answer", f"/{base}", what) for what in set(wrong))
    )


def wapiti(house: Installation, seconds: int) -> Iterator[Ran]:
    """Walk and attack the pages as a reader, an adviser and an editor."""
    for who, starts in WALKERS.items():
        report = house.folder / f"wapiti-{who}.json"
        command: list[str | Path] = [
            WAPITI, "-u", house.address, "--scope", "domain", "-m", MODULES, "--no-bugreport", "-f", "json", "-o", report,
            "--max-scan-time", str(seconds), "--max-attack-time", str(max(20, seconds // 6)), "--max-links-per-page", "40",
            "--max-files-per-dir", "12", "--flush-session", "--store-session", house.folder / f"wapiti-{who}",
            "-S", "normal", "-v", "0", "-t", "20",
        ]  # fmt: skip
        for start in starts:
            command += ["-s", f"{house.address.rstrip('/')}{start}"]
        for pattern in NEVER:
            command += [
                "-x",
                f"{house.address.rstrip('/')}{pattern.removeprefix('*')}" if pattern[1] == "/" else pattern,
            ]
        if who != "reader":
            command += ["-C", signed_in(house, who), "--drop-set-cookie"]
        done = _run(command, house.folder, seconds * 3 + 300)
        if not report.is_file():
            yield Ran(f"wapiti ({who})", ", ".join(starts), failed=(done.stdout + done.stderr)[-300:])
            continue
        told = json.loads(report.read_text())
        pages = told.get("infos", {}).get("crawled_pages_nbr", 0)
        failed = "" if pages >= 3 else f"it saw {pages} pages only"
        yield Ran(f"wapiti ({who})", f"{pages} pages", tuple(wapiti_findings(told, house.address)), failed)


def wapiti_findings(told: dict[str, Any], address: str) -> list[Finding]:
    """Return wapiti's report as findings, one a category and path."""
    found = {
        Finding(
            LEVELS.get(int(one.get("level", 1)), "medium"),
            "wapiti",
            category,
            f"{one.get('method', '')} {one.get('path', '')} {one.get('parameter') or ''}".strip(),
            str(one.get("info", "")).replace(address, "/"),
        )
        for part in ("vulnerabilities", "anomalies")
        for category, ones in told.get(part, {}).items()
        for one in ones
    }
    return sorted(found)


def sqlmap(house: Installation) -> Iterator[Ran]:
    """Press the listed fields with everything sqlmap knows at its second level; first a field that gives way must fall."""
    with careless.served() as address:
        found, _why = sqlmap_verdict(_sqlmap(address, Field("/?id=1", ("id",)), house), Field("/?id=1", ("id",)))
        yield Ran("sqlmap (canary)", "a page of ours that gives way", failed="" if found else "it did not see the hole")
    for one in fields(yaml.safe_load(FIELDS.read_text())):
        said = _sqlmap(house.address.rstrip("/"), one, house)
        yield Ran("sqlmap", f"{one.url} ({', '.join(one.press)})", *sqlmap_verdict(said, one))


def _sqlmap(address: str, one: Field, house: Installation) -> str:
    tool = shutil.which("sqlmap")
    if not tool:
        return "sqlmap is not here: tools/setup security"
    command: list[str | Path] = [
        tool, "-u", f"{address}{one.url}", "-p", ",".join(one.press), "--batch", "--level", "2",
        "--risk", "1", "--flush-session", "--disable-coloring", "--output-dir", house.folder / "sqlmap",
        "--ignore-code", "400,403,404,409,422,429", "--timeout", "20", "--skip-waf",
    ]  # fmt: skip
    if one.data:
        command += ["--data", f"{one.data}&{one.token}=x" if one.token else one.data]
    if one.token:
        command += ["--csrf-token", one.token, "--csrf-url", f"{address}{one.url}"]
    if one.role:
        command += ["--cookie", signed_in(house, one.role), "--drop-set-cookie"]
    return _run(command, house.folder, 900).stdout


def sqlmap_verdict(said: str, one: Field) -> tuple[tuple[Finding, ...], str]:
    """Read sqlmap's words: (findings, why there is no verdict)."""
    if "identified the following injection point" in said or re.search(r"parameter '.+' is vulnerable", said):
        return (Finding("high", "sqlmap", "injection", one.url, f"a parameter of {', '.join(one.press)}"),), ""
    turned_away = re.search(r"403 \(Forbidden\) - (\d+) times", said)
    if turned_away and int(turned_away[1]) > TURNED_AWAY:
        return (), f"turned away {turned_away[1]} times: the field itself was not reached"
    if "all tested parameters do not appear to be injectable" in said:
        return (), ""
    return (), " ".join(said.split())[-250:] or "sqlmap said nothing"


def _run(command: list[str | Path], folder: Path, seconds: int) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    try:
        return subprocess.run(
            words, cwd=folder, capture_output=True, text=True, timeout=seconds, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as late:
        print(f"{words[0]} was stopped after {seconds} s", file=sys.stderr)
        out = late.stdout or b""
        return subprocess.CompletedProcess(words, 1, out if isinstance(out, str) else out.decode(errors="replace"), "")
