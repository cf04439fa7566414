"""Together: taking part without saying who you are. One-question polls and evenings on which people talk with each other."""
