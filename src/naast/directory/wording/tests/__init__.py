"""Tests of the editors' words, one file per module."""
