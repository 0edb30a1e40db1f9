"""Several metrics traded off against each other, and what a team's scorecard makes of a candidate, as values."""
