"""The bootstrap of means and differences of means, computed from its own law wherever that is possible."""
