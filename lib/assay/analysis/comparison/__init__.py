"""Two sides over their seeds: pairs, differences, verdicts, and what more runs could show."""
