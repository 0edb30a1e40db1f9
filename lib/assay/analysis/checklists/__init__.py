"""What answers to other questions prove of a candidate, item by item."""
