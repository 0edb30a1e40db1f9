"""Words of trade-offs."""
