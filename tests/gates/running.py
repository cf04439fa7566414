"""What the gates share: where the project stands, which files are its own, how a tool is run."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def run(
    tool: str, *arguments: str | Path, cwd: Path = ROOT, path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one tool of the environment and give back status and output; `path` goes in front of Python's own path."""
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    if path:
        environment["PYTHONPATH"] = str(path)
    command = [str(BIN / tool), *(str(argument) for argument in arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=600)


def words(result: subprocess.CompletedProcess[str], lines: int = 60) -> str:
    """The end of a tool's words, for the message of a failed gate."""
    return "\n".join((result.stdout + result.stderr).splitlines()[-lines:])


def tracked() -> list[str]:
    """The files under version control that are still there, as paths from the root."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def shared(name: str) -> Path:
    """A file of the folder of open data that only tests use; fails in words where the folder is missing."""
    folder = Path(os.environ.get("NAAST_SHARED") or ROOT.parent / "shared")
    file = folder / name
    assert file.is_file(), f"{name} is not in {folder}: set NAAST_SHARED to the folder of open data"
    return file
