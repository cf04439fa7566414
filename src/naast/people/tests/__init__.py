"""Specification of the people room."""
