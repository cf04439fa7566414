"""What is there for whom: offers by audience and phase, on screen and paper; gaps; municipalities side by side."""
