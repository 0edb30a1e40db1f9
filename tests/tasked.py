"""Agents on several tasks: a store in which not every agent has all of them, and answers made of plain numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from mlflow.entities import Metric, Param

from assay.analysis.comparison.family import decided
from assay.analysis.comparison.tasks import Strata, compared
from assay.model.comparison.answer import Comparison, MetricComparison
from assay.model.comparison.question import Normalisation, Question, Rules
from assay.model.comparison.tasks import OverTasks
from assay.model.metric import Direction
from assay.model.metric import Metric as Known
from assay.model.policy import TaskReference
from seeded import sample
from stores import Store

Sides = Sequence[Sequence[float]]
"""The scores of one side on each task."""

RULES = Rules(resamples=2_000)

A, B, C = (f"params.agent = '{name}'" for name in "ABC")
EVERYWHERE = ("pong", "qbert", "race")
SCORES: Mapping[str, Mapping[str, Sequence[float]]] = {
    "A": {
        "pong": (-20.0, -19.0, -18.0),
        "qbert": (1000.0, 1100.0, 1200.0),
        "race": (10.0, 12.0, 14.0),
        "maze": (1.0, 2.0, 3.0),
        "duel": (5.0, 6.0),
    },
    "B": {
        "pong": (10.0, 12.0, 14.0),
        "qbert": (1500.0, 1400.0, 1600.0),
        "race": (15.0, 16.0, 17.0),
        "duel": (7.0,),
    },
}


def filled(path: Path) -> Store:
    """A and B on three tasks with histories of three steps; beside them runs that stand on none of these."""
    store = Store.sqlite(path / "mlflow.db")
    for agent, tasks in SCORES.items():
        for task, scores in tasks.items():
            for seed, score in enumerate(scores):
                logged(store, {"agent": agent, "env": task, "seed": seed}, score)
    logged(store, {"agent": "B", "seed": 7}, 99.0)
    logged(store, {"agent": "B", "env": "pong", "seed": 8}, float("nan"))
    for seed in range(2):
        logged(store, {"agent": "C", "seed": seed}, 3.0 + seed)
    return store


def logged(
    store: Store, params: Mapping[str, object], score: float, metric: str = "score", *, experiment: str = "arcade"
) -> str:
    """One finished run that reached its score in three steps."""
    run_id = str(store.client.create_run(store.experiment(experiment)).info.run_id)
    steps = [Metric(metric, score - back, 1_700_000_000_000, 20 - 10 * back) for back in (2, 1, 0)]
    store.client.log_batch(run_id, steps, [Param(key, str(value)) for key, value in params.items()])
    store.client.set_terminated(run_id)
    return run_id


def over_tasks(
    *sides: Sides, rules: Rules = RULES, way: Direction = Direction.MAXIMIZE, one: float | None = None
) -> MetricComparison:
    """The sides a, b, c on `task 0`, `task 1` …; `one`: what counts as 1 on every task, without it as logged."""
    names = tuple(f"task {at}" for at in range(len(sides[0])))
    scale = Normalisation.NONE if one is None else Normalisation.REFERENCE
    asked = OverTasks("env", scale, Known("m", way), names, None if one is None else 1.0)
    anchors = [TaskReference(name, 0.0, one or 1.0) for name in names]
    strata = [_side(letter, tasks) for letter, tasks in zip("abcdefghij", sides, strict=False)]
    return decided([compared(asked, strata, anchors, rules, unpaired=False)], rules)[0]


def answer(*sides: Sides, **how: float | Direction | None) -> Comparison:
    """The same as the whole answer."""
    found = over_tasks(*sides, **how)  # type: ignore[arg-type]
    question = Question(("m",), A, tuple("bcdefghij"[: len(sides) - 1]), task_by="env")
    return Comparison(question, RULES, (found,), comparisons=len(found.candidates))


def _side(label: str, tasks: Sides) -> Strata:
    parts = tuple(sample(f"{label}{at}", scores, None) for at, scores in enumerate(tasks))
    whole = replace(parts[0] if parts else sample(label, []), label=label)
    return Strata(replace(whole, replicates=tuple(one for part in parts for one in part.replicates)), parts)
