"""Erasing what is past its rule: the run with its protocol, and what the law holds back."""
