"""Who works at a place: invited, with which roles, in which team, away, and who decides what."""
