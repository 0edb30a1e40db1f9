"""What is wrong with a run, as far as its evidence tells."""
