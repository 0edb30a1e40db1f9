"""What the sides of a comparison and its procedures are called on a page."""

from collections.abc import Sequence
from dataclasses import replace

from assay.model.comparison.answer import Candidate, Comparison, MetricComparison
from assay.model.comparison.procedure import Procedure
from assay.model.comparison.side import Side
from assay.model.label import without_common_key


def shortened(found: Comparison) -> Comparison:
    """The comparison with `model=svc`, `model=forest` called `svc`, `forest`: what all labels share goes."""
    names = without_common_key(found.labels)
    return replace(found, metrics=tuple(_renamed(one, names) for one in found.metrics))


def _renamed(one: MetricComparison, names: Sequence[str]) -> MetricComparison:
    candidates = (_candidate(c, names[0], name) for c, name in zip(one.candidates, names[1:], strict=True))
    return replace(one, baseline=_called(one.baseline, names[0]), candidates=tuple(candidates))


def _candidate(candidate: Candidate, baseline: str, name: str) -> Candidate:
    examined = candidate.examined
    if examined:
        examined = replace(examined, baseline=_called(examined.baseline, baseline))
    return replace(candidate, side=_called(candidate.side, name), examined=examined)


def _called(side: Side, name: str) -> Side:
    return replace(side, sample=replace(side.sample, label=name))


def procedure(made: Procedure) -> str:
    """An interval's procedure in a sentence: `percentile bootstrap (exact)`."""
    return f"{made.what} ({made.detail})" if made.detail else made.what
