"""The paragraphs of the page on leakage."""
