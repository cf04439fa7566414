"""A staff session that ends takes nothing with it: a warning first, and what was typed comes back after sign-in."""
