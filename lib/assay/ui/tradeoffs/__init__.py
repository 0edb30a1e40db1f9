"""The paragraphs of the page on trade-offs."""
