"""A store of trainings with histories: curves that cross, stop early, hold gaps, have one step, or one value."""

from pathlib import Path

import numpy as np
from mlflow.entities import Metric

from stores import Store

STEPS = 40
MOMENT = 1_700_000_000_000
SLOW, FAST, GOOD = (f"params.lr = '{lr}'" for lr in ("0.0003", "0.03", "0.003"))
FEW, HOSTILE = "params.lr = '0.1'", "params.lr = '<b>큰값</b> [x](http://evil.example)'"


def values(lr: str, seed: int) -> list[float]:
    """`0.03` falls fastest and turns, `0.003` ends lowest, `0.0003` still falls."""
    steps, noise = np.arange(1, STEPS + 1), np.random.default_rng(seed).normal(0, 0.01, STEPS)
    curve = {
        "0.0003": 2.2 * np.exp(-steps / 15) + 0.13,
        "0.03": 1.9 * np.exp(-steps / 2.6) + 0.2 + 0.002 * np.maximum(steps - 13, 0),
    }.get(lr, 2.0 * np.exp(-steps / 5.5) + 0.175)
    return list(map(float, curve * (1 + 0.02 * seed) * (1 + noise)))


def filled(folder: Path) -> Store:
    """Five seeds of each rate in `nets`; a seed of 0.0003 stops at step 30, one of 0.03 has a NaN at step 7."""
    store = Store.sqlite(folder / "mlflow.db")
    for lr in ("0.0003", "0.03", "0.003"):
        for seed in range(5):
            logged = values(lr, seed)[: 30 if (lr, seed) == ("0.0003", 3) else STEPS]
            if (lr, seed) == ("0.03", 1):
                logged[6] = float("nan")
            train(store, lr, seed, logged)
    train(store, "0.1", 0, values("0.1", 0))
    train(store, "<b>큰값</b> [x](http://evil.example)", 0, values("0.1", 1))
    store.run("nets", params={"lr": "0.1", "seed": 1}, metrics={"accuracy": 0.8})
    return store


def train(store: Store, lr: str, seed: int, logged: list[float]) -> str:
    """One run with its loss by step, a reward whose step is always 0, and an accuracy that is logged once."""
    run_id = store.run("nets", params={"lr": lr, "seed": seed}, metrics={"accuracy": 0.9 + seed / 100})
    moments = [MOMENT + 1_500 * at for at in range(len(logged))]
    points = [
        Metric("val_loss", value, at, step) for step, (value, at) in enumerate(zip(logged, moments, strict=True), 1)
    ]
    points += [Metric("reward", -value, at, 0) for value, at in zip(logged, moments, strict=True)]
    store.client.log_batch(run_id, metrics=points)
    return run_id
