"""Naast: help beside families that come apart."""
