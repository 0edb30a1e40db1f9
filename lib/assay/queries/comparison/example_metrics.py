"""On which metrics do example scores differ? Several metrics and candidates as one family."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assay.analysis.comparison.rules import FEWEST_FOR_A_CLAIM, Rules
from assay.analysis.examples import means as analysis
from assay.analysis.examples import slices as slicing
from assay.model.examples import ExampleComparison, ExampleUnit
from assay.model.policy import Policy
from assay.model.sync import Snapshot
from assay.queries.comparison import scores as example_scores
from assay.queries.comparison import sides
from assay.queries.comparison.examples import several
from assay.queries.comparison.seeds import Correction, Options
from assay.queries.comparison.sides import ParamDifference
from assay.settings import Settings


@dataclass(frozen=True, slots=True)
class Columns:
    """What the example scores hold: numeric columns to compare on, texts to slice by."""

    numbers: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    """Every candidate on every metric by example scores, with the params that tell the sides apart.

    `by_metric`: one tuple a metric, its candidates in the order asked for. Slices are those of the first metric.
    """

    by_metric: tuple[tuple[ExampleComparison, ...], ...]
    params: tuple[ParamDifference, ...]
    equal_params: int
    commits: tuple[str | None, ...]

    @property
    def first(self) -> tuple[ExampleComparison, ...]:
        """The candidates on the metric that the headline speaks of."""
        return self.by_metric[0]


def examined(
    snapshot: Snapshot,
    policy: Policy,
    settings: Settings,
    *,
    metrics: Sequence[str],
    baseline: str,
    candidates: Sequence[str],
    experiments: Sequence[str] = (),
    options: Options = Options(),  # noqa: B008  (frozen)
    unit: ExampleUnit = "examples",
    slice_by: str | None = None,
    deleted: bool = False,
) -> Examined:
    """`several` on each metric, p corrected over all candidates on all metrics; raises what `several` raises.

    The direction chosen in `options` is the first metric's.
    """
    correction = options.correction or policy.statistics.correction
    open_rules = replace(policy, statistics=replace(policy.statistics, correction="none"))
    found = [
        several(
            snapshot, open_rules, settings, metric=metric, baseline=baseline, candidates=candidates,
            experiments=experiments, options=options if place == 0 else replace(options, direction=None), unit=unit,
            slice_by=slice_by if place == 0 else None, deleted=deleted,
        )
        for place, metric in enumerate(dict.fromkeys(metrics))
    ]  # fmt: skip
    decided = iter(analysis.jointly([one for own in found for one in own], correction))
    by_metric = [tuple(next(decided) for _ in own) for own in found]
    by_metric[0] = _sliced(by_metric[0], correction)
    described = sides.asked(
        snapshot, policy, [baseline, *candidates], metric=None, experiments=experiments, within=options.within,
        pair_by=options.pair_by, deleted=deleted,
    )  # fmt: skip
    return Examined(tuple(by_metric), described.params, described.equal_params, described.commits)


def columns(
    snapshot: Snapshot,
    policy: Policy,
    settings: Settings,
    *,
    baseline: str,
    candidates: Sequence[str],
    experiments: Sequence[str] = (),
    deleted: bool = False,
) -> Columns:
    """What the scores of these sides' runs hold; empty where none are logged. Raises as `several` does."""
    asked = sides.asked(
        snapshot, policy, [baseline, *candidates], metric=None, experiments=experiments, deleted=deleted
    )
    runs = dict.fromkeys(score.run_id for sample in asked.samples for score in sample.scores)
    scores = example_scores.gathered(snapshot, settings, "", list(runs))
    return Columns(scores.columns, scores.texts)


def _sliced(found: tuple[ExampleComparison, ...], correction: Correction) -> tuple[ExampleComparison, ...]:
    """Slices with p corrected over all rows of all candidates, as the whole page is."""
    first = found[0]
    rules = Rules(first.direction, first.method, first.level, first.resamples, first.seed, FEWEST_FOR_A_CLAIM)
    rows = iter(slicing.decided([row for one in found for row in one.slices], rules, correction))
    own = [[next(rows) for _ in one.slices] for one in found]
    return tuple(
        replace(one, slices=slicing.ordered(mine, one.direction)) for one, mine in zip(found, own, strict=True)
    )
