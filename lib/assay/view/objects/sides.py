"""One side in the documented JSON objects: its runs, what was left out, and what their scores say."""

from collections.abc import Sequence
from typing import Any

from assay.model.comparison.procedure import Interval
from assay.model.comparison.question import Statistic
from assay.model.comparison.side import Replicate, Side
from assay.view.objects import reasoned
from assay.view.text.notes.exclusions import reason

Json = dict[str, Any]


def side(
    own: Side, metric: str, counted: Json, labels: Sequence[str] = (), statistic: Statistic = Statistic.MEAN
) -> Json:
    """SIDE; `counted`: its scores, or what was counted of its examples."""
    sample = own.sample
    return {
        "label": sample.label,
        "filter": sample.filter,
        "n": sample.runs,
        "replicates": own.replicates,
        "run_ids": sample.run_ids,
        "excluded": {reason(why, metric): n for why, n in sample.excluded.items()},
        "left_out": dict(sample.excluded),
        **counted,
        key(statistic): own.value,
        "std": own.std,
        **interval("", own.interval),
        **interval("bootstrap_", own.bootstrap_interval),
        **reasoned(own.reason, labels),
    }


def scores(own: Side) -> Json:
    """What counts over seeds."""
    return {"scores": [_score(one) for one in own.sample.replicates]}


def _score(one: Replicate) -> Json:
    """Of runs that share a seed their mean; `run_id` where it is one."""
    alone = {"run_id": one.run_ids[0]} if len(one.run_ids) == 1 else {}
    return {**alone, "run_ids": one.run_ids, "value": one.score, "seed": one.seed}


def key(statistic: Statistic) -> str:
    """What a side's and a difference's number is called: no median stands under `mean`."""
    return "mean" if statistic is Statistic.MEAN else "value"


def interval(prefix: str, own: Interval | None) -> Json:
    """`interval: [lo, hi]` and `method`, their names after `prefix`."""
    return {
        f"{prefix}interval": None if own is None else [own.low, own.high],
        f"{prefix}method": None if own is None else own.method,
    }
