"""Speed beside the budgets; what search finds beside plain searches (`bench.search`)."""
