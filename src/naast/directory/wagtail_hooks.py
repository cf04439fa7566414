"""The admin's menu items of this room; each alcove has its own."""

from naast.directory.editing import menu as _editing_menu  # noqa: F401
from naast.directory.overview import menu as _overview_menu  # noqa: F401
from naast.directory.wording import menu as _wording_menu  # noqa: F401
