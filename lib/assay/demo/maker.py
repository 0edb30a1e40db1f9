"""Makes the demo store: every recipe trained with every seed, whole or not at all."""

import logging
import os
import random
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assay.demo import recipes, store
from assay.evidence.repository import repository
from assay.settings import SHIPPED

if TYPE_CHECKING:
    from mlflow import MlflowClient

Progress = Callable[[int, int], None]

_SMALL_SEEDS = 3
_SMALL_TRIALS = 6


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What the demo store holds; `experiments` are those with runs.

    `foreign`: 0, or of an earlier version's store the runs, experiments and models that no demo made, for which it was
    left as it is.
    """

    tracking_uri: str
    experiments: int
    runs: int
    foreign: int = 0


@dataclass(frozen=True, slots=True)
class _Job:
    """One recipe with one seed; `runs` is how many runs it leaves. `again`: not for the first time."""

    recipe: recipes.Recipe
    seed: int
    runs: int
    again: bool = False

    @property
    def name(self) -> str:
        """Of its run; somebody who tries something names no seed."""
        return self.recipe.name if self.recipe.logs == "metrics" else f"{self.recipe.name}, seed {self.seed}"


def make(
    path: Path, *, small: bool = False, progress: Progress | None = None, recipe_folder: Path = SHIPPED / "recipes"
) -> DemoReport:
    """Fills the SQLite file `path` (artifacts in `artifacts/` beside it) unless it is there already in this version.

    The file appears only when it is whole: a making that was interrupted begins anew, and of two at once the
    second waits for the first. A demo of an earlier version stays until the new one takes its place, and for good when
    somebody else has logged to it. `small`: three seeds and fewer trials and queries, all experiments. `progress` is
    called with (runs made, runs in all). Everything but measured times is the same in every making.

    Raises SourceError when a file of that name is no store, RecipeError when a recipe is wrong.
    """
    path = Path(path).resolve()
    with store.only_one(path.parent):
        wanted = store.version(recipe_folder)
        if not path.exists() or not (store.is_of(path, wanted) or store.foreign(path)):
            part = _filled(path, recipes.read(recipe_folder), small, progress or (lambda _done, _all: None))
            store.finish(part, path, wanted)
            store.cleared_artifacts(path)
        experiments, runs = store.counts(path)
        foreign = 0 if store.is_of(path, wanted) else store.foreign(path)
    return DemoReport(f"sqlite:///{path}", experiments, runs, foreign)


def _filled(path: Path, experiments: tuple[recipes.ExperimentRecipe, ...], small: bool, progress: Progress) -> Path:
    """The file that is to become the store."""
    artifacts = store.cleared_artifacts(path)
    part = store.unfinished(path)
    # The newest run stands first on the Runs page: so the recipes are trained from the last to the first.
    plan = [(experiment, _jobs(experiment, small)) for experiment in reversed(experiments)]
    total = sum(job.runs for _, jobs in plan for job in jobs)
    made = 0

    def tick() -> None:
        nonlocal made
        made += 1
        progress(made, total)

    with _quiet():
        from mlflow import MlflowClient

        client = MlflowClient(f"sqlite:///{part}")
        progress(0, total)
        for experiment, jobs in plan:
            _train_all(client, artifacts, experiment, jobs, small, tick)
    return part


def _jobs(experiment: recipes.ExperimentRecipe, small: bool) -> list[_Job]:
    jobs = []
    for recipe in reversed(experiment.recipes):
        trials = _trials(recipe, small)
        for seed in recipe.seeds[:_SMALL_SEEDS] if small else recipe.seeds:
            jobs.append(_Job(recipe, seed, trials + 1))
        jobs += [_Job(recipe, seed, 1, again=True) for seed in recipe.again.seeds]
    return jobs


def _trials(recipe: recipes.Recipe, small: bool) -> int:
    trials = recipe.tuning.n_trials if recipe.tuning else 0
    return min(trials, _SMALL_TRIALS) if small else trials


def _train_all(
    client: "MlflowClient",
    artifacts: Path,
    experiment: recipes.ExperimentRecipe,
    jobs: list[_Job],
    small: bool,
    tick: Callable[[], None],
) -> None:
    from assay.demo import data, runs, search, training

    tags = {"mlflow.note.content": experiment.description} if experiment.description else {}
    location = (artifacts / experiment.name).as_uri()
    code = repository(runs.CODE)
    commit = code.commit if code else None
    book = runs.Book(client, client.create_experiment(experiment.name, location, tags), commit)
    queries = 10 if small else 100
    for job in jobs:
        recipe, table = job.recipe, data.table(job.recipe, job.recipe.again.data if job.again else None)
        if recipe.tuning:
            trials = _trials(recipe, small)
            search.search(book, recipe, table, job.seed, trials=trials, queries=queries, tick=tick)
            continue
        if recipe.logs == "metrics":
            runs.metrics_alone(book, job.name, recipe, training.train(recipe, table, job.seed, queries=queries))
            tick()
            continue
        with (
            _failing(recipe),
            runs.run(book, job.name, recipe, table, job.seed, {}) as run_id,
        ):
            outcome = training.train(recipe, table, job.seed, queries=queries)
            runs.finish(book, run_id, recipe, job.seed, outcome)
        tick()


@contextmanager
def _failing(recipe: recipes.Recipe) -> Iterator[None]:
    """Lets pass the ValueError of a recipe that is there to fail, and of no other."""
    try:
        yield
    except ValueError:
        if recipe.expected != "failed":
            raise


@contextmanager
def _quiet() -> Iterator[None]:
    """One thread, no messages and no network of MLflow's; everything is as before afterwards.

    MLflow closes its file after every transaction here (NullPool), so that nothing holds it open when it moves.
    """
    import numpy as np
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    wanted = {"MLFLOW_DISABLE_TELEMETRY": "true", "MLFLOW_SQLALCHEMYSTORE_POOLCLASS": "NullPool"}
    before = {key: os.environ.get(key) for key in (*wanted, "PYTHONHASHSEED")}
    states = random.getstate(), np.random.get_state()
    with ExitStack() as stack:
        stack.callback(_restore, before)
        stack.callback(random.setstate, states[0])
        stack.callback(np.random.set_state, states[1])
        os.environ.update(wanted)
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        import mlflow  # noqa: F401  (importing it sets its loggers up)
        import sklearn.base  # noqa: F401  (only libraries that are loaded can be held to one thread)

        stack.enter_context(threadpool_limits(1))
        for name in ("mlflow", "alembic"):
            logger = logging.getLogger(name)
            stack.callback(logger.setLevel, logger.level)
            logger.setLevel(logging.WARNING)
        yield


def _restore(before: dict[str, str | None]) -> None:
    for key, value in before.items():
        if value is None:
            os.environ.pop(key, None)
        else:
            os.environ[key] = value
