"""Fronts and scorecards in sentences."""
