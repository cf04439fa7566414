"""The demonstration, made through the rooms own actions."""
