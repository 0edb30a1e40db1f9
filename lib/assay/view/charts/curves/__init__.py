"""Curves of several sides as pictures."""
