"""A comparison in tables."""
