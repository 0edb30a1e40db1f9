"""Pictures of trade-offs."""
