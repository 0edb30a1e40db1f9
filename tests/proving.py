"""A store with a candidate that proves much, one that loses, one that leaks, one taken apart, runs that were repeated,
and one that logged nothing but a number.
"""

from pathlib import Path

import numpy as np
import pandas as pd
from mlflow.entities import LoggedModelOutput

from assay import evidence
from assay.model.evidence.proofs import ProofCheck
from assay.model.evidence.proved import ChecklistQuestion, Proved
from assay.queries.checklists.answer import proved
from assay.workspace import Workspace
from evidenced import Evidenced
from stores import SEEDS

HERE = "digits-proving"
"""The scorecard of digits speaks of it."""
OLD, NEW, LEAKY, BARE, SICK = (f"params.model = '{name}'" for name in ("old", "new", "leaky", "bare", "sick"))
HELD = 200
_WAYS = {"old": 1, "new": 2, "leaky": 2}
_SHARES = {"old": 0.6, "new": 0.98, "leaky": 0.97}


def filled(folder: Path) -> Evidenced:
    """Models on one test set of HELD rows in two kinds; `taken` has one component that is on and off, `again` repeats."""
    made = Evidenced(folder)
    for model in _SHARES:
        for place, seed in enumerate(SEEDS):
            _trained(made, model, seed, place)
    made.run(HERE, params={"model": "sick", "seed": 1}, metrics={"accuracy": float("nan")}, status="FAILED")
    made.run("bare", params={"model": "bare"}, metrics={"accuracy": 0.9})
    made.run("bare", name="empty")
    for model, step in (("same", 0.0), ("apart", 0.01), ("coarse", 0.0)):
        for again in range(2):
            metrics = {"accuracy": 0.9 + step * again, "f1": 0.8 + step * again}
            if model != "coarse":
                metrics["log_loss"] = 0.31234567
            made.run("again", params={"model": model, "seed": 1}, metrics=metrics)
    for on in (True, False):
        scores = [0.90 + 0.06 * on + 0.001 * (k * (2 + on) % 5) for k in range(len(SEEDS))]
        made.configuration("taken", {"pca": "on" if on else "off", "model": "net"}, "accuracy", scores)
    return made


def _trained(store: Evidenced, model: str, seed: int, place: int) -> None:
    share = _SHARES[model]
    right = np.arange(HELD) < round(share * HELD) - place * _WAYS[model] % 3
    right = np.random.default_rng(0).permutation(right)
    metrics = {
        "accuracy": float(right.mean()), "f1_macro": share - 0.001 * (place * _WAYS[model] % 3), "train_accuracy": 0.99 - 0.0001 * place,
        "latency_p95_ms": 3.0 - share + 0.01 * place, "memory_peak_mb": 100.0 + place,
    }  # fmt: skip
    run_id = store.run(HERE, params={"model": model, "seed": seed}, metrics=metrics, name=f"{model}, {place}")
    store.client.log_metric(run_id, "loss", 1.0, step=0)
    store.client.log_metric(run_id, "loss", 0.5, step=1)
    if place:
        store.log(run_id, "model.pkl", b"weights", "")
    else:  # as MLflow 3 keeps it, beside the files of its run
        kept = store.client.create_logged_model(store.experiment(HERE), source_run_id=run_id)
        store.client.log_outputs(run_id, [LoggedModelOutput(kept.model_id, 0)])
    store.rows(run_id, "rows:one")
    store.used(run_id, "cafe", "test")
    store.splits(run_id, _splits(leaky=model == "leaky"))
    if model != "old":
        store.fitted(run_id, "scaler", "train")
    ids = [f"x{k}" for k in range(200, 200 + HELD)]
    kinds = np.where(np.arange(HELD) % 2, "cat", "dog")
    frame = pd.DataFrame({"example_id": ids, "accuracy": right.astype(float), "kind": kinds})
    evidence.log_scores(frame, run_id=run_id, client=store.client)


def _splits(*, leaky: bool) -> pd.DataFrame:
    """200 training, 40 validation and HELD test rows, whose groups are in training where they leak."""
    sizes = {"train": 200, "test": HELD, "validation": 40}
    n = sum(sizes.values())
    return pd.DataFrame(
        {
            "example_id": [f"x{k}" for k in range(n)],
            "split": [name for name, size in sizes.items() for _ in range(size)],
            "group": [f"g{k % 200 if leaky else k}" for k in range(n)],
            "content_hash": [f"h{k}" for k in range(n)],
        }
    )


def asked(
    work: Workspace, candidate: str, baseline: str = "", *checks: ProofCheck, experiment: str = HERE
) -> Proved:  # fmt: skip
    """Without `checks` every proof."""
    within = (experiment,) if experiment else ()
    return proved(work, ChecklistQuestion(candidate, baseline, within, checks=checks or None))
