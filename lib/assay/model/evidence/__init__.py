"""What is known of evidence: its files, the checks on it, and what they found."""
