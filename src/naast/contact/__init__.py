"""Contact: a question finds a person who answers it, and is never lost on the way."""
