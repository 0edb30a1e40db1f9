"""Figures, the only Plotly in Assay: marks and layout as docs and pictures say, every label from a run escaped."""
