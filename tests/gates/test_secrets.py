"""No password, key or token stands in a file under version control."""

import json
from collections.abc import Iterable
from pathlib import Path

import yaml

from .running import ROOT, run, tracked, words

JUDGED = Path(__file__).parent / "known_not_secret.yaml"
# Hashes of locked packages look like keys and are none; test_hashes.py looks at these files.
LOCKS = {"package-lock.json"} | {f"requirements/{lock.name}" for lock in (ROOT / "requirements").glob("*.txt")}
LEFT_OUT = LOCKS | {JUDGED.relative_to(ROOT).as_posix()}  # the judged hashes look like keys too


def found(files: Iterable[str], root: Path) -> list[dict[str, str]]:
    """What the finder takes for a secret: file, line, type and hash; test passwords are left out."""
    result = run("detect-secrets", "-C", root, "scan", *files, cwd=root)
    assert result.returncode == 0, words(result)
    return [
        {"file": name, "line": one["line_number"], "type": one["type"], "hash": one["hashed_secret"]}
        for name, ones in json.loads(result.stdout)["results"].items()
        for one in ones
        if not (one["type"] == "Secret Keyword" and "tests" in Path(name).parts)
    ]


def test_no_secret_is_committed():
    judged = {(one["file"], one["hash"]) for one in yaml.safe_load(JUDGED.read_text())}

    new = [
        one
        for one in found((name for name in tracked() if name not in LEFT_OUT), ROOT)
        if (one["file"], one["hash"]) not in judged
    ]

    assert not new, f"take these out, or judge them in {JUDGED.name} with a reason: {new}"


def test_every_judgement_has_a_reason_and_a_file():
    for one in yaml.safe_load(JUDGED.read_text()):
        assert one["why"].strip()
        assert (ROOT / one["file"]).is_file(), f"{one['file']} is gone: take its line out"


def test_canary_a_committed_key_is_found(tmp_path: Path):
    # In two parts, or the gate would find its own canary.
    (tmp_path / "settings.py").write_text('KEY = "AKIA' + 'IOSFODNN7EXAMPLA"\n')

    assert [one["type"] for one in found(["settings.py"], tmp_path)] == ["AWS Access Key"]
