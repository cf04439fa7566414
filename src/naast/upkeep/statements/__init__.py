"""What a place declares in law: who is responsible, privacy, accessibility, and whom to tell about a leak."""
