"""How hard a text reads: for editors beside the text, in a list, and as a gate over what is shipped."""
