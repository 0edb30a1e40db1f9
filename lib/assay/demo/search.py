"""A random search over a recipe's ranges, logged as one run with its trials nested below."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import numpy as np

from assay.demo.data import Data
from assay.demo.recipes import Recipe, Tuning
from assay.demo.runs import Book, finish, run
from assay.demo.training import Outcome, partition, train


@dataclass(frozen=True, slots=True)
class Trial:
    """One draw of the hyperparameters and what it gave on the validation rows."""

    number: int
    drawn: Mapping[str, Any]
    outcome: Outcome

    @property
    def pruned(self) -> bool:
        """Whether it was given up on before its last epoch."""
        return self.outcome.stopped is not None


def draw(recipe: Recipe, generator: np.random.Generator) -> dict[str, Any]:
    """One value for each hyperparameter with a range, on a log scale where the range says so."""
    drawn: dict[str, Any] = {}
    for key, span in recipe.hyperparameters.items():
        if not isinstance(span, Mapping):
            continue
        low, high = span["low"], span["high"]
        if span.get("log"):
            value = float(np.exp(generator.uniform(np.log(low), np.log(high))))
        else:
            value = float(generator.uniform(low, high))
        drawn[key] = min(high, max(low, round(value))) if span["type"] == "int" else float(f"{value:.4g}")
    return drawn


def search(
    book: Book, recipe: Recipe, data: Data, seed: int, *, trials: int, queries: int, tick: Callable[[], None]
) -> None:
    """Draws, trains and logs `trials` trials, then trains the best anew and looks at the test rows once."""
    from mlflow.entities import Param

    tuning = recipe.tuning
    assert tuning is not None
    started = time.monotonic()
    generator = np.random.default_rng(seed)
    rows = partition(recipe, data, seed, validation=0.25)
    done: list[Trial] = []
    with run(book, f"{recipe.name}, seed {seed}", recipe, data, seed, {}) as parent:
        while len(done) < trials and time.monotonic() - started < tuning.timeout:
            drawn, number = draw(recipe, generator), len(done) + 1
            fixed = _fixed(recipe, drawn)
            tags = {"mlflow.parentRunId": parent, "trial": str(number)}
            with run(book, f"{recipe.name}, trial {number}", fixed, data, seed, tags, rows) as child:
                stop = _median_rule(done, tuning)
                outcome = train(fixed, data, seed, rows=rows, queries=queries, stop=stop)
                pruned = {} if outcome.stopped is None else {"pruned_after_epoch": str(outcome.stopped)}
                finish(book, child, fixed, seed, outcome, tags=pruned)
            done.append(Trial(number, drawn, outcome))
            tick()
        best = _best(done, tuning)
        figures = {
            "best_score": best.outcome.metrics[tuning.metric],
            "total_trials": float(len(done)),
            "pruned_trials": float(sum(trial.pruned for trial in done)),
            "optimization_time": time.monotonic() - started,
        }
        chosen = {"best_trial": best.number, **{f"best_{key}": value for key, value in best.drawn.items()}}
        book.client.log_batch(parent, params=[Param(key, str(value)) for key, value in chosen.items()])
        outcome = train(_fixed(recipe, best.drawn), data, seed, queries=queries)
        finish(book, parent, recipe, seed, outcome, more=figures)
    tick()


def _fixed(recipe: Recipe, drawn: Mapping[str, Any]) -> Recipe:
    values = {**recipe.hyperparameters, **drawn}
    model = {**recipe.mapping["model"], "hyperparameters": values}
    return replace(recipe, hyperparameters=values, mapping={**recipe.mapping, "model": model})


def _best(done: list[Trial], tuning: Tuning) -> Trial:
    finished = [trial for trial in done if not trial.pruned]
    sign = 1 if tuning.direction == "maximize" else -1
    return max(finished, key=lambda trial: sign * trial.outcome.metrics[tuning.metric])


def _median_rule(done: list[Trial], tuning: Tuning) -> Callable[[int, float], bool]:
    """Stops a trial whose validation score lies below the median of the earlier trials' at the same epoch."""
    earlier = [trial.outcome.histories["val_accuracy"] for trial in done]

    def stop(epoch: int, score: float) -> bool:
        if epoch < tuning.prune_after or len(earlier) < 4:
            return False
        reached = [history[epoch - 1] for history in earlier if len(history) >= epoch]
        return len(reached) >= 4 and score < median(reached)

    return stop
