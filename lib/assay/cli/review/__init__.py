"""`assay review`."""
