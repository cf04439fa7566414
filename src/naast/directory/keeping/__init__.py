"""Keeping offers true: who is asked, by which link, what the answer does, what an offer that nobody confirms comes to."""
