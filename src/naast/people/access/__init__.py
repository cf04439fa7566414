"""Who saw what: the privacy officer's window on the access log, and breaking the glass in an emergency."""
