"""Several objectives at once: which configurations nothing beats, how sure that is, and what thresholds say."""
