"""Pictures of a search."""
