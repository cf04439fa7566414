"""Tests of this alcove."""
