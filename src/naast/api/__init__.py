"""Api: the public interfaces, composed of what each room offers in its own api.py."""
