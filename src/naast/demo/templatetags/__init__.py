"""Tags of the demonstration."""
