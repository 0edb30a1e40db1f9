"""A store whose runs leak on purpose, as training code logs them, beside an honest twin."""

from pathlib import Path

import numpy as np
import pandas as pd

from assay import evidence
from scored import Scored

HOSTILE = "[click](http://evil.example) <b>:red[hot]</b> $x^2$ `y`"
KOREAN = "무작위 분할"
ROWS, TESTED, SHARED = 400, 100, 40
SEEDS = 3


def filled(folder: Path) -> Scored:
    """`patients`: by-visit has SHARED of TESTED test rows whose patient is in train, by-patient none.

    `odd`: names that want to act, and Korean ones, which leak alike. `bare`: a run that logged nothing.
    """
    made = Scored(folder)
    for seed in range(SEEDS):
        logged(made, "patients", "by-visit", seed, shared=SHARED)
        logged(made, "patients", "by-patient", seed, shared=0)
        logged(made, "odd", HOSTILE, seed, shared=SHARED)
        logged(made, "odd", KOREAN, seed, shared=0)
    made.run("bare", params={"model": "a"})
    return made


def logged(store: Scored, experiment: str, model: str, seed: int, *, shared: int) -> str:
    """A run of which the first `shared` test rows have their patient in train, and are the easier ones."""
    rng = np.random.default_rng([seed, shared])
    ids = [f"visit-{k:03d}" for k in range(ROWS)]
    trained = ROWS - TESTED
    groups = [f"patient-{k % trained if k < trained + shared else k:03d}" for k in range(ROWS)]
    splits = pd.DataFrame({"example_id": ids, "split": ["train"] * trained + ["test"] * TESTED, "group": groups})
    right = rng.random(TESTED) < np.where(np.arange(TESTED) < shared, 0.99, 0.75)
    scores = pd.DataFrame(
        {
            "example_id": ids[trained:],
            "accuracy": right.astype(float),
            "label": "a",
            "prediction": np.where(right, "a", "b"),
        }
    )
    own = {"accuracy": float(right.mean()), "train_accuracy": 0.9 + seed / 100}
    run_id = store.run(experiment, params={"model": model, "seed": seed}, metrics=own, name=f"{model} {seed}")
    evidence.log_splits(splits, run_id=run_id, client=store.client)
    evidence.log_scores(scores, run_id=run_id, client=store.client)
    return run_id
