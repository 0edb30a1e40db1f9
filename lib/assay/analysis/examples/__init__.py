"""Two sides over the same examples: means, other statistics, slices, and seeds × examples."""
