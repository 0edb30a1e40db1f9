"""How far a repeat that agrees can be trusted, and data that replicates have in common."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from benchmarks.tables import Cell, Table

from assay.analysis.evidence.differences import drawn_by_seed
from assay.analysis.evidence.repeats import same_digits
from assay.analysis.sample import generator

TRIALS = 3000


def agreement() -> Table:
    """How often two trainings that are not the same agree in every digit of what was logged."""
    rng, rows = generator(71), list[list[Cell]]()
    for examples in (100, 360, 1_000, 10_000):
        for share in (0.002, 0.01, 0.05):
            flipped = rng.binomial(examples, share, TRIALS)
            better = rng.binomial(flipped, 0.5)
            accuracy = np.column_stack([np.full(TRIALS, 0.9), 0.9 + (2 * better - flipped) / examples])
            loss = rng.normal(0.3, 0.01, (TRIALS, 2))
            alone, both = _agreed({"accuracy": accuracy}), _agreed({"accuracy": accuracy, "loss": loss})
            rows.append([examples, f"{100 * share:g} %", alone, both])
    columns = ["test rows", "right in one training, wrong in the other", "accuracy alone", "accuracy and log loss"]
    return Table(columns, rows, TRIALS)


def _agreed(values: dict[str, npt.NDArray[np.float64]]) -> float:
    ids = [f"{trial} {run}" for trial in range(TRIALS) for run in range(2)]
    logged = pd.concat(
        [pd.DataFrame({"run_id": ids, "metric": name, "value": own.ravel()}) for name, own in values.items()]
    )
    found = same_digits(logged, {run_id: place // 2 for place, run_id in enumerate(ids)})
    return float(np.mean([not one.apart for one in found.values()]))


def drawn() -> Table:
    """Replicates, one a seed, whose data changed between two of them, or that drew data of their own."""
    rng, rows = generator(72), list[list[Cell]]()
    for n in (2, 3, 5, 10):
        seeds = [str(seed) for seed in range(n)]
        when = rng.integers(1, n, TRIALS) if n > 2 else np.ones(TRIALS, dtype=np.int64)
        changed = [["old" if k < at else "new" for k in range(n)] for at in when.tolist()]
        again = [[*seeds, "changed"] for _ in range(TRIALS)]
        rows.append([
            n,
            float(np.mean([not drawn_by_seed(own, seeds) for own in changed])),
            float(not drawn_by_seed(seeds, seeds)),
            float(np.mean([not drawn_by_seed(own, [*seeds, seeds[0]]) for own in again])),
        ])  # fmt: skip
    columns = ["seeds", "data changed once: warned of", "every seed draws its own: warned of"]
    return Table([*columns, "and one seed again after they changed: warned of"], rows, TRIALS)
