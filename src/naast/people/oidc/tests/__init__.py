"""Tests of signing in elsewhere."""
