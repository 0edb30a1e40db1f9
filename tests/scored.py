"""Stores whose runs log example scores, as training code does."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import f1_score

from assay import evidence
from stores import Store

A, B, C = (f"params.model = '{name}'" for name in "abc")
PREDICTED = 150
NAMES = np.array(["cat", "dog", "owl"])


class Scored(Store):
    """A SQLite store in `folder` that keeps its artifacts beside itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(Store.sqlite(folder / "mlflow.db").uri)

    def experiment(self, name: str) -> str:
        found = self.client.get_experiment_by_name(name)
        if found:
            return str(found.experiment_id)
        return str(self.client.create_experiment(name, (self.folder / "artifacts").as_uri()))

    def scored(self, frame: pd.DataFrame | None, *, seed: int | None = None, **params: object) -> str:
        """One finished run with these example scores; without a frame it logs none. Its metrics are its own."""
        mean = 0.5 if frame is None else float(frame["accuracy"].mean())
        own = {} if seed is None else {"seed": seed}
        run_id = self.run("e", params={**params, **own}, metrics={"accuracy": mean, "f1": mean + (seed or 0) / 1e6})
        if frame is not None:
            evidence.log_scores(frame, run_id=run_id, client=self.client)
        return run_id

    def log(self, run_id: str, name: str, content: bytes, folder: str = "evidence") -> None:
        """Logs a file as it is, however damaged."""
        file = self.folder / "made" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
        self.client.log_artifact(run_id, str(file), folder)


def scores(rng: np.random.Generator, share: float, n: int = 240) -> pd.DataFrame:
    """Right or wrong, a loss, a kind whose owls are hard below a share of .7, and a text that is no slice."""
    kind = np.array(["cat", "dog", "owl"])[np.arange(n) % 3]
    right = rng.random(n) < np.where((kind == "owl") & (share < 0.7), 0.2, share)
    return pd.DataFrame(
        {
            "example_id": [f"x{k:04d}" for k in range(n)],
            "accuracy": right.astype(float),
            "log_loss": rng.exponential(size=n) * (2.0 - share),
            "kind": kind,
            "answer": [f"answer {k} {rng.random()}" for k in range(n)],
        }
    )


def filled(folder: Path) -> Scored:
    """Models a (fair), b (better) and c (worse on owls), four seeds each."""
    made = Scored(folder)
    rng = np.random.default_rng(0)
    for model, share in (("a", 0.75), ("b", 0.92), ("c", 0.69)):
        for seed in range(4):
            made.scored(scores(rng, share), model=model, seed=seed)
    return made


class Predicting(Scored):
    """A store whose runs log what they predicted, and the F1 that scikit-learn makes of it."""

    def logged(self, model: str, seed: int, **columns: Any) -> pd.DataFrame:
        n = len(columns["label"])
        frame = pd.DataFrame({"example_id": [f"x{k:03d}" for k in range(n)], **columns})
        metrics = {}
        if "prediction" in frame:
            metrics["f1_macro"] = float(f1_score(frame["label"], frame["prediction"], average="macro"))
        run_id = self.run("e", params={"model": model, "seed": seed}, metrics=metrics)
        evidence.log_scores(frame, run_id=run_id, client=self.client)
        return frame


def classified(store: Predicting, *, runs: int = 3) -> dict[str, list[pd.DataFrame]]:
    """Model a is right in 60 % of the cases and b in 90 %; cats, dogs and owls."""
    rng, label = np.random.default_rng(0), NAMES[np.random.default_rng(1).integers(0, 3, PREDICTED)]
    made: dict[str, list[pd.DataFrame]] = {"a": [], "b": []}
    for model, share in (("a", 0.6), ("b", 0.9)):
        for seed in range(runs):
            said = np.where(rng.random(PREDICTED) < share, label, rng.choice(NAMES, PREDICTED))
            own = {"label": label, "prediction": said, "accuracy": (said == label).astype(float)}
            made[model].append(store.logged(model, seed, **own, kind=np.array(["x", "y"])[np.arange(PREDICTED) % 2]))
    return made
