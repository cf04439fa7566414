"""Counters without persons, and published figures."""
