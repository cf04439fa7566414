"""Desk: one work list for the advisers of a municipality or region."""
