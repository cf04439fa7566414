"""The guide: a few questions, and a step plan to take along."""
