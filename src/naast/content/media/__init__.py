"""Films that we serve ourselves, and lists to tick off on the screen and on paper."""
