"""Fronts and scorecards as tables."""
