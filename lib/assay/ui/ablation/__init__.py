"""The paragraphs of the Ablation page."""
