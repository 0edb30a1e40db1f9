"""Ablations as tables."""
