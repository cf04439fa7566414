"""The glossary: terms of the field in words that everybody knows, and how texts explain them."""
