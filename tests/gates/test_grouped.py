"""Files that share an installation run in one process: the pages of the house are looked at once."""

from tests.grouped import Grouped, group_of


def test_files_of_one_installation_stand_in_one_group():
    assert group_of("tests/gates/test_pages.py") == group_of("tests/journeys/test_journey.py") == "installation"


def test_a_file_without_a_group_goes_anywhere():
    assert group_of("tests/gates/test_grouped.py") == ""


def test_the_scheduler_keeps_a_group_together():
    split = Grouped._split_scope
    first = split(None, "tests/gates/test_pages.py::test_axe_finds_nothing")
    assert first == split(None, "tests/gates/test_admin_pages.py::test_axe_finds_nothing")
    assert first != split(None, "tests/gates/test_style.py::test_code_is_formatted")
