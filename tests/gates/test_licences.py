"""Every file says under which licence it comes, and the licence texts are there (REUSE 3.3)."""

from pathlib import Path

from .running import ROOT, run, words

MARK = "SPDX-" + "License-Identifier"  # in two parts, or the checker would take this file's examples for its own


def test_every_file_has_a_licence():
    result = run("reuse", "--root", ROOT, "lint", "--lines")

    assert result.returncode == 0, words(result)


def test_the_licence_at_the_top_is_the_one_of_the_code():
    assert (ROOT / "LICENSE").read_text() == (ROOT / "LICENSES" / "EUPL-1.2.txt").read_text()
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (ROOT / "LICENSE").read_text()


def test_canary_a_file_without_a_licence_is_found(tmp_path: Path):
    (tmp_path / "stray.py").write_text("x = 1\n")

    assert run("reuse", "--root", tmp_path, "lint", "--lines", cwd=tmp_path).returncode == 1


def test_canary_a_licence_without_its_text_is_found(tmp_path: Path):
    (tmp_path / "stray.py").write_text(f"# SPDX-FileCopyrightText: 2026 Somebody\n# {MARK}: MIT\n")

    assert run("reuse", "--root", tmp_path, "lint", "--lines", cwd=tmp_path).returncode == 1
