"""Tests of the public interfaces."""
