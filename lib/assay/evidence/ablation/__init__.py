"""Runs the ablation of a system from the code that trains it."""
