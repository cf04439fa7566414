"""Passkeys of staff: added and named on one's own page, used as the second step or as both steps at once."""
