"""What the checks of evidence are called, what they found, and what to do about it."""
