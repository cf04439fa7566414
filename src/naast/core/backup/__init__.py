"""Backups that hold no key and no session, and restoring one without bringing back what was erased."""
