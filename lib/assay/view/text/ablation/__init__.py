"""Ablations in sentences."""
