"""Samples of the addresses about trust: people and roles, who read what, what is kept, statements, sign-in."""
