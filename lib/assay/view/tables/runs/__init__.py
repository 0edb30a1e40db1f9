"""Runs in tables."""
