"""Reviews: what they rest on, how they stand, and which there are."""
