"""The paragraphs of the page on reproducibility."""
