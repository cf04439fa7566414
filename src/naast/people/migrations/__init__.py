"""Schema history of the people room."""
