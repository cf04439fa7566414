"""Attacks: each is one function, run against the house (it fails) and against a weakened copy (it succeeds).

So a test that would pass whatever the house does cannot stand here. The list is that of docs/safety.md.
"""
