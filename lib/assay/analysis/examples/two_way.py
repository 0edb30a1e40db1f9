"""Seeds × examples (or × tasks): a mean difference whose error counts both ways of being lucky."""

import numpy as np

from assay.analysis.sample import Array
from assay.analysis.student import Student
from assay.model.comparison.procedure import Technique


def two_way(differences: Array) -> Student | None:
    """Of an R × n matrix of paired differences, one row per seed, one column per example.

    Speaks of new seeds *and* new examples; examples that some seed lacks are left out. None below two seeds, two
    complete examples, or without variation; with fewer than three seeds not to be trusted. Simulated false alarms at
    5 %: 4–6 % where seeds or examples matter, 1–3 % where neither does.
    """
    complete = np.isfinite(differences).all(axis=0)
    table = differences[:, complete]
    rows, columns = table.shape
    if rows < 2 or columns < 2:
        return None
    grand = float(table.mean())
    by_row, by_column = table.mean(axis=1) - grand, table.mean(axis=0) - grand
    residuals = table - grand - by_row[:, None] - by_column[None, :]
    # The mean squares of seeds, examples and their residual.
    seeds = columns * float(by_row @ by_row) / (rows - 1)
    examples = rows * float(by_column @ by_column) / (columns - 1)
    residual = float((residuals * residuals).sum()) / ((rows - 1) * (columns - 1))
    total = max(seeds + examples - residual, seeds, examples)
    if not total > (1e-12 * float(np.abs(table).max())) ** 2:
        return None
    spread = (
        seeds**2 / (rows - 1) + examples**2 / (columns - 1) + residual**2 / ((rows - 1) * (columns - 1))
    ) / total**2
    return Student(grand, (total / (rows * columns)) ** 0.5, 1.0 / spread, Technique.TWO_WAY_T)
