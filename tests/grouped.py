"""Which tests go to the same process: files that share an installation name it in their `xdist_group` mark.

pytest-xdist tells its scheduler the group by writing it into a test's id, which pytest 9 no longer lets it do: without this
each process made the installation, and looked at every page, once more.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parent.parent
_MARK = re.compile(r'pytest\.mark\.xdist_group\("([\w-]+)"\)')


@cache
def group_of(file: str) -> str:
    """Return the group that a test file names, by its path from the project's folder; '' where it names none."""
    found = _MARK.search((ROOT / file).read_text(encoding="utf-8"))
    return found[1] if found else ""


class Grouped(LoadScopeScheduling):  # type: ignore[misc]
    """Tests of one group go to one process, all others wherever there is room."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid.split("::")[0]) or nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Grouped:
    """Schedule by group."""
    return Grouped(config, log)
