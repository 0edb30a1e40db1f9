"""Baseline against candidates: the question, and everything that its answer holds."""
