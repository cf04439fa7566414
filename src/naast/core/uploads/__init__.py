"""The one road for every file that staff upload (docs/decisions/0031)."""
