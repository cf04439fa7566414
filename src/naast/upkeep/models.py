"""What this room keeps: the statements of a place, its register of processing and its DPIA."""

from naast.upkeep.register.models import Account as Account
from naast.upkeep.statements.models import Statement as Statement
