"""Frames with the words reviewers see, and how each of their columns is shown; no Streamlit."""
