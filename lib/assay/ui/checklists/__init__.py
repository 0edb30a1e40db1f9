"""The paragraphs of the Checklist page."""
