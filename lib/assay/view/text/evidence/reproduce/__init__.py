"""`REPRODUCE.md`: how to run one run again, from which no text of a run can act."""
