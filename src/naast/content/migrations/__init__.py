"""Migrations of the content room."""
