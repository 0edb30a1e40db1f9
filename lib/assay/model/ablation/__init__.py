"""What each component adds, what components do together, and what can go."""
