"""Checklists: which lists there are, and what the runs of a candidate prove of them."""
