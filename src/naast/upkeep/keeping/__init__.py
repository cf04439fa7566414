"""What a place keeps about people: the register, what was erased, what the law holds back."""
