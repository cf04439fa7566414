"""A locker: what a resident keeps with us, opened with five words; no name, no account."""
