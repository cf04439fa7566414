"""Hsds: the directory as Open Referral's Human Services Data Specification 3.0 has it (docs/hsds.md)."""
