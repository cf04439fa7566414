"""Tests of the directory, one file per module."""
