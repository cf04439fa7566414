"""Directory: offers of help, the organisations behind them, and the search that finds them."""
