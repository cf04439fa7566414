"""What is looked at without serving: the source (bandit), secrets (detect-secrets), the list of parts (CycloneDX)."""

import json
import subprocess
from pathlib import Path
from typing import Any

from security.findings import Finding, Ran

ROOT = Path(__file__).resolve().parent.parent
SCAN = ROOT / ".venvs/scan/bin"
JUDGED_SECRETS = ROOT / "tests/gates/known_not_secret.yaml"  # the gate of every commit judges them, with a reason


def run(command: list[str | Path], **more: Any) -> subprocess.CompletedProcess[str]:
    """Run one tool from the root of the project."""
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=1800, **more)


def bandit() -> Ran:
    """Look for known weak spots in the Python that is shipped; tests are left out, they assert and use fixed passwords."""
    done = run([SCAN / "bandit", "-r", "src", "-f", "json", "-q", "-x", "*/tests/*"])
    try:
        rows = json.loads(done.stdout)["results"]
    except (ValueError, KeyError):
        return Ran("bandit", "src", failed=_last(done))
    return Ran("bandit", "the source below src, without tests", tuple(bandit_findings(rows)))


def bandit_findings(rows: list[dict[str, Any]]) -> list[Finding]:
    """Return bandit's rows as findings."""
    return [
        Finding(
            row["issue_severity"].lower(),
            "bandit",
            row["test_id"],
            f"{row['filename']}:{row['line_number']}",
            row["issue_text"],
        )
        for row in rows
    ]


def secrets() -> Ran:
    """Look for keys and passwords in everything under version control, locks left out."""
    import yaml

    files = [name for name in run(["git", "ls-files"]).stdout.splitlines() if (ROOT / name).is_file()]
    left_out = (JUDGED_SECRETS.relative_to(ROOT).as_posix(), "package-lock.json")
    looked = [name for name in files if name not in left_out and not name.startswith("requirements/")]
    done = run([ROOT / ".venv/bin/detect-secrets", "scan", *looked])
    try:
        results = json.loads(done.stdout)["results"]
    except (ValueError, KeyError):
        return Ran("detect-secrets", "files under version control", failed=_last(done))
    judged = {(one["file"], one["hash"]) for one in yaml.safe_load(JUDGED_SECRETS.read_text())}
    findings = tuple(
        Finding("high", "detect-secrets", one["type"], f"{name}:{one['line_number']}", "looks like a secret")
        for name, ones in results.items()
        for one in ones
        if (name, one["hashed_secret"]) not in judged
        and not (one["type"] == "Secret Keyword" and "tests" in Path(name).parts)
    )
    return Ran("detect-secrets", f"{len(looked)} files under version control", findings)


def parts_list(folder: Path) -> Ran:
    """Write the list of parts (CycloneDX) of what is installed to serve, from the lock with its hashes."""
    target = folder / "sbom.cdx.json"
    done = run(
        [SCAN / "cyclonedx-py", "requirements", ROOT / "requirements/base.txt", "--pyproject", ROOT / "pyproject.toml",
         "--of", "JSON", "--output-reproducible", "-o", target]
    )  # fmt: skip
    if done.returncode or not target.is_file():
        return Ran("cyclonedx", "requirements/base.txt", failed=_last(done))
    parts = json.loads(target.read_text()).get("components", [])
    without = [part["name"] for part in parts if not part.get("version")]
    findings = tuple(Finding("medium", "cyclonedx", "version", name, "a part without a version") for name in without)
    return Ran("cyclonedx", f"{len(parts)} parts of requirements/base.txt, written to {target.name}", findings)


def _last(done: subprocess.CompletedProcess[str]) -> str:
    return " ".join((done.stdout + done.stderr).split())[-300:] or f"exit status {done.returncode}"
