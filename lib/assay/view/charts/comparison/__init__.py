"""A comparison in pictures."""
