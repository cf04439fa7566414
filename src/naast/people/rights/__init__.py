"""What is kept about a member of staff: shown, taken home, erased (AVG articles 15 and 17)."""
