"""Pages with slots: written once, filled by each municipality."""
