"""One side of a comparison: its runs, what was left out, and what their scores say."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assay.model.comparison.procedure import Interval
from assay.model.note import Note
from assay.model.runs.exclusion import Exclusion


@dataclass(frozen=True, slots=True)
class Replicate:
    """One training that counts: a run without a seed, or the runs of a configuration that share one.

    `scores`: of each of these runs the value of the metric, none where only their examples are asked for. `seed` is
    None where the run logged none.
    """

    run_ids: tuple[str, ...]
    scores: tuple[float, ...] = ()
    seed: str | None = None

    @property
    def score(self) -> float | None:
        """The mean of its runs' scores."""
        return sum(self.scores) / len(self.scores) if self.scores else None


@dataclass(frozen=True, slots=True)
class Sample:
    """Who stands on one side: distinct, finished replicates, which over seeds have a finite score.

    `run_ids`: every run that the filter found, repeats and excluded ones too. `runs`: how many of them carry
    the metric and may be used, repeats counted; replicates of several runs make them more than the replicates.
    `excluded`: runs left out of `replicates`, counted by reason. `unnamed`: in how many params it differs
    from the baseline that neither label tells. `parts`: the params that the label spells out as `lr=0.03`, with their
    values.
    """

    label: str
    filter: str
    replicates: tuple[Replicate, ...]
    run_ids: tuple[str, ...] = ()
    runs: int = 0
    excluded: Mapping[Exclusion, int] = field(default_factory=dict)
    unnamed: int = 0
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def scores(self) -> tuple[float, ...]:
        """The scores of the replicates that have one, in their order."""
        return tuple(one.score for one in self.replicates if one.score is not None)

    @property
    def used_ids(self) -> tuple[str, ...]:
        """The runs that the replicates are made of."""
        return tuple(run_id for one in self.replicates for run_id in one.run_ids)


@dataclass(frozen=True, slots=True)
class NotLogged:
    """A run whose example scores cannot be used, and why; `flawed`: there are some, which may be mended."""

    run_id: str
    reason: Note
    flawed: bool = False


@dataclass(frozen=True, slots=True)
class ExampleCounts:
    """The examples in *every* one of a side's runs, and what was left out of them.

    `n`: how many these are. `uneven`: examples that only some of the runs hold. `only_here`: examples that the other
    side lacks; they are in no difference. `undefined`: scores that are NaN, infinite or no number; `repeated`: rows
    whose example id stands more than once in its run, of what was predicted; both are left out. `averaged`: such rows
    of scores, and how many examples they are of within their runs.
    """

    n: int = 0
    uneven: int = 0
    only_here: int = 0
    undefined: int = 0
    repeated: int = 0
    not_logged: tuple[NotLogged, ...] = ()
    averaged: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Side:
    """One side with what its scores say; value, std (ddof 1) and intervals are None with a `reason`.

    `value`: the mean, or the statistic that was asked for. Over examples it is that of the examples that both sides
    share, or of all of them where the sides share none, and std and intervals speak of examples whatever the unit;
    `examples` counts them then and is None over seeds.
    """

    sample: Sample
    value: float | None = None
    std: float | None = None
    interval: Interval | None = None
    bootstrap_interval: Interval | None = None
    skew: float | None = None
    reason: Note | None = None
    examples: ExampleCounts | None = None

    @property
    def label(self) -> str:
        """What the side is called."""
        return self.sample.label

    @property
    def replicates(self) -> int:
        """How many replicates the statistics rest on."""
        return len(self.sample.replicates)
