"""People: staff, their roles at places, sign-in and the one policy that decides who may do what."""
