"""A checklist that runs answer, in words: its headline, its items with their proofs, and where each proof is seen."""
