"""Runs in pictures."""
