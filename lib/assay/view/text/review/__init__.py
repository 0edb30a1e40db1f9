"""What a review says: its answer, what binds, criteria, people, and what happened."""
