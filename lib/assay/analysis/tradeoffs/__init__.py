"""Several metrics traded off against each other, and thresholds judged on intervals."""
