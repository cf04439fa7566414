"""The seals of the access log: how a line is hashed, what guards the tables, and what verifying finds."""
