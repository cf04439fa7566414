"""What search finds, measured: a judged set of questions, pure figures, and four other searches over the same texts."""
