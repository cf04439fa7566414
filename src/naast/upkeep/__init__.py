"""What a place administrator looks after: the house style and the own host name of a place."""
