"""Conversations: encrypted threads between a resident and staff, urgent words, numbers we do not want."""
