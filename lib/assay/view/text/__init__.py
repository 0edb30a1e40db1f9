"""Words and numbers for people: how values are written, and how text from runs is made harmless."""
