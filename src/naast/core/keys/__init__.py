"""Keys of places: texts of people that belong to a place lie under its own key, so that leaving is erasing one key."""
