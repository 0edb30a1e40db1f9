"""What the checks of evidence found, as pictures."""
