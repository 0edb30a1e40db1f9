"""A store of ablations, well made and not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

from assay.model.ablation.answer import Ablation, Arm, Contribution, Interaction, TriedPair
from assay.model.ablation.question import AblationQuestion
from assay.model.evidence.files import TEST_ROWS_TAG
from assay.queries.ablation.answer import ablation
from assay.workspace import Workspace
from stores import SEEDS, Store

FACTORS = ("scaling", "pca", "augmentation")
# What is on → the accuracy of five seeds.
FACTORIAL: Mapping[tuple[str, ...], Sequence[float]] = {
    FACTORS: [0.945, 0.950, 0.947, 0.942, 0.948],
    ("pca", "augmentation"): [0.820, 0.828, 0.815, 0.822, 0.818],
    ("scaling", "augmentation"): [0.960, 0.958, 0.962, 0.961, 0.959],
    ("scaling", "pca"): [0.944, 0.948, 0.949, 0.943, 0.946],
    ("augmentation",): [0.60, 0.52, 0.66, 0.58, 0.63],
    ("pca",): [0.790, 0.760, 0.800, 0.780, 0.785],
    ("scaling",): [0.950, 0.946, 0.948, 0.945, 0.951],
    (): [0.59, 0.50, 0.66, 0.57, 0.62],
}


def log(
    store: Store,
    experiment: str,
    on: Iterable[str],
    scores: Mapping[object, float] | Sequence[float],
    *,
    factors: Sequence[str] = FACTORS,
    metric: str = "accuracy",
    params: Mapping[str, object] | None = None,
    tags: Mapping[str, str] | None = None,
    status: str = "FINISHED",
) -> list[str]:
    """One run a seed of the system with these components on."""
    own = {name: "on" if name in on else "off" for name in factors} | dict(params or {})
    by_seed = scores if isinstance(scores, Mapping) else dict(zip(SEEDS, scores, strict=False))
    return [
        store.run(
            experiment,
            params=own | ({} if seed is None else {"seed": seed}),
            metrics={metric: score},
            tags=tags,
            status=status,
        )
        for seed, score in by_seed.items()
    ]


def filled(folder: Path) -> Store:
    """Experiments `whole` (every cell), `single` (one component off at a time), and those that lack something."""
    store = Store.sqlite(folder / "mlflow.db")
    for on, scores in FACTORIAL.items():
        log(store, "whole", on, scores, params={"model": "svc", **({"pca_components": 20} if "pca" in on else {})})
    log(store, "whole", FACTORS, {7: 0.1}, params={"model": "svc", "pca_components": 20}, status="FAILED")
    store.run("whole", params={"model": "svc", "seed": 1}, metrics={"accuracy": 0.5})
    for on in [FACTORS, *(tuple(name for name in FACTORS if name != off) for off in FACTORS)]:
        log(store, "single", on, FACTORIAL[on])
    return store


def asked(experiment: str, *factors: str, **more: object) -> AblationQuestion:
    """By its factors on accuracy."""
    return replace(AblationQuestion("accuracy", factors or FACTORS, experiments=(experiment,)), **more)  # type: ignore[arg-type]


def ask(work: Workspace, experiment: str, *factors: str, **more: object) -> Ablation:
    """What is answered."""
    return ablation(work, asked(experiment, *factors, **more))


def contribution(found: Ablation, component: str) -> Contribution:
    return next(one for one in found.contributions if one.component == component)


def interaction(found: Ablation, *components: str) -> Interaction:
    return next(one for one in found.interactions if one.components == components)


def pair(found: Ablation, *components: str) -> TriedPair:
    return next(one for one in found.pairs if one.components == components)


def arm(found: Ablation, *off: str) -> Arm:
    known = found.arm(*off)
    assert known is not None
    return known


def cells(factors: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """What is on in each."""
    for levels in product((True, False), repeat=len(factors)):
        yield tuple(name for name, level in zip(factors, levels, strict=True) if level)


def scored_on(rows: str) -> dict[str, str]:
    """The tag of runs that were scored on these test rows."""
    return {TEST_ROWS_TAG: f"rows:{rows}"}
