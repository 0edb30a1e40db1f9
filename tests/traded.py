"""A store of models that trade accuracy off against latency and cost, with everything that can be left out."""

from dataclasses import replace
from pathlib import Path

from assay.model.criteria import Objective
from assay.model.tradeoffs.front import Front, Point
from assay.model.tradeoffs.question import FrontQuestion
from assay.queries.tradeoffs.front import front
from assay.workspace import Workspace
from stores import Store

# Model → accuracy and latency of five seeds.
SEEDED = {
    "small": ([0.900, 0.902, 0.898, 0.901, 0.899], [10.0, 10.2, 9.8, 10.1, 9.9]),
    "large": ([0.950, 0.953, 0.947, 0.951, 0.949], [20.0, 20.4, 19.6, 20.2, 19.8]),
    # Beaten by large on average, but not in every training.
    "close": ([0.953, 0.943, 0.949, 0.955, 0.940], [20.9, 20.1, 20.8, 20.2, 20.5]),
    "slow": ([0.851, 0.850, 0.849, 0.848, 0.852], [40.1, 39.9, 40.0, 40.2, 39.8]),
}
NAN, INF = float("nan"), float("inf")
BOTH = (Objective.of("accuracy:max"), Objective.of("latency_ms:min"))
SERVING = FrontQuestion(BOTH, ("serving",))


def filled(folder: Path) -> Store:
    """Experiment `serving`: four models of five seeds, a single fast one, and those that lack something."""
    store = Store.sqlite(folder / "mlflow.db")
    for model, scores in SEEDED.items():
        for seed, (accuracy, latency) in enumerate(zip(*scores, strict=True)):
            cost = 0.0 if model == "small" and seed < 3 else latency / 1000
            logged = {"accuracy": accuracy, "latency_ms": latency, "cost_usd": cost}
            store.run("serving", params={"model": model, "seed": seed}, metrics=logged)
    store.run(
        "serving",
        params={"model": "<b>fast</b>", "seed": 0},
        metrics={"accuracy": 0.7, "latency_ms": 2.0, "cost_usd": -1.0},
    )
    store.run("serving", params={"model": "mute", "seed": 0}, metrics={"accuracy": 0.99})
    store.run("serving", params={"model": "odd", "seed": 0}, metrics={"accuracy": NAN, "latency_ms": 1.0})
    store.run("serving", params={"model": "odd", "seed": 1}, metrics={"accuracy": 0.99, "latency_ms": INF})
    store.run(
        "serving", params={"model": "slow", "seed": 9}, metrics={"accuracy": 0.99, "latency_ms": 1.0}, status="FAILED"
    )
    store.run("serving", params={"model": "slow", "seed": 8}, metrics={"accuracy": 0.85})
    return store


def model(point: Point) -> str:
    """What was trained."""
    return point.key["model"]


def by_model(found: Front) -> dict[str, Point]:
    """Its points by what was trained."""
    return {model(point): point for point in found.points}


def ask(work: Workspace, **more: object) -> Front:
    """Accuracy against latency of `serving`, with what is asked besides."""
    return front(work, replace(SERVING, **more))  # type: ignore[arg-type]
