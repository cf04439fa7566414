"""A municipality leaves: what is theirs goes along in one sealed file, then their key is erased (docs/decisions/0027)."""
