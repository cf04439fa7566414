"""What this room keeps: the statements of a place."""

from naast.upkeep.statements.models import Statement as Statement
