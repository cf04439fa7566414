"""Tests of what is kept when a session ends."""
