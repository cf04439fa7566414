"""Texts in other languages: what is shipped, what a translator sees, what falls back to Dutch."""
