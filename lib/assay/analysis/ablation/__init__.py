"""What components add, alone and together, from the scores of the arms of an ablation."""
