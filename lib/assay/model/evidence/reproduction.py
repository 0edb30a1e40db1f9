"""How to run one run again: what `REPRODUCE.md` is written from."""

from dataclasses import dataclass

from assay.model.evidence.environment import Environment, Requirements
from assay.model.metric import Metric
from assay.model.note import Note
from assay.model.runs.data import Datasets


@dataclass(frozen=True, slots=True)
class Expected:
    """What a metric came out as; `tolerance`: how far its repeats are apart, None where there are none.

    `measured`: it never repeats, so it is not compared.
    """

    metric: Metric
    value: float
    tolerance: float | None = None
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Reproduction:
    """`missing`: what is not on record, what stops a second run first; `splits`: SHA-256 of the logged splits.

    `tracking_uri`: the store as people may see it, for what is fetched from it; `recipe`: its text; `repeats`: how many
    runs the tolerance is from, this one too, 0 where nobody ran it again. `keeps_seconds`: after which asking anew may
    find more.
    """

    run_id: str
    label: str
    experiment: str
    tracking_uri: str
    missing: tuple[Note, ...]
    commit: str | None
    environment: Environment
    requirements: Requirements | None = None
    image: str | None = None
    datasets: Datasets = ()
    splits: str | None = None
    recipe: str | None = None
    seeds: tuple[tuple[str, str], ...] = ()
    expected: tuple[Expected, ...] = ()
    repeats: int = 0
    keeps_seconds: float = float("inf")
