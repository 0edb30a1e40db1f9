"""The paragraphs of the Review page."""
