"""`make security`: tools from elsewhere press the house from inside and outside; one report, and a high finding exits 1."""
