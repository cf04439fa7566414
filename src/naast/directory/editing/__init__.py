"""Editing: offers in the editors' admin, providers' own screens, proposals field by field, doubles, old addresses."""
