"""The documented JSON objects of comparisons: what the command prints and the page hands out."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from assay.model.comparison import OF_PREDICTIONS, Difference, Interval, Side, Statistic
from assay.model.examples import ExampleComparison, ExampleSide, Slice
from assay.queries.comparison.seeds import Compared


def comparison(found: Compared, slices: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """A comparison over seeds."""
    answer = found.comparison
    return {
        "metric": answer.metric,
        "direction": answer.direction,
        "direction_source": answer.direction_source,
        "method": answer.method,
        "level": answer.level,
        "unit": answer.unit,
        "correction": answer.correction,
        "comparisons": answer.comparisons,
        "resamples": answer.resamples,
        "seed": answer.seed,
        "baseline": _side(answer.baseline),
        "candidates": [_side(c.side) | {"difference": _difference(c.difference)} for c in answer.candidates],
        "params": [asdict(param) for param in found.params],
        "slices": list(slices),
        "warnings": answer.warnings,
    }


def _side(side: Side) -> dict[str, Any]:
    """SIDE."""
    sample = side.sample
    return {
        "label": sample.label,
        "filter": sample.filter,
        "n": sample.runs,
        "replicates": side.replicates,
        "run_ids": sample.run_ids,
        "excluded": sample.excluded,
        "scores": [asdict(score) for score in sample.scores],
        "mean": side.mean,
        "std": side.std,
        **_interval("", side.interval),
        **_interval("bootstrap_", side.bootstrap_interval),
        **({"reason": side.reason} if side.reason else {}),
    }


def _difference(difference: Difference, unit: str = "seeds", statistic: Statistic = Statistic.MEAN) -> dict[str, Any]:
    """A difference; nulls have a `reason` beside them."""
    reason = difference.reason or _without(difference, unit)
    return {
        _key(statistic): difference.mean,
        "std": difference.std,
        **_interval("", difference.interval),
        **_interval("bootstrap_", difference.bootstrap_interval),
        "p_value": difference.p_value,
        "p_adjusted": difference.p_adjusted,
        "p_method": difference.p_method,
        "paired": difference.paired,
        "pairs": difference.pairs,
        "min_attainable_p": difference.min_attainable_p,
        "effect_size": difference.effect_size,
        "verdict": difference.verdict,
        **({"reason": reason} if reason else {}),
    }


def _without(difference: Difference, unit: str) -> str | None:
    """Why parts of a whole answer are null."""
    if unit == "both":
        return "t of the variance over seeds × examples: it has no sd, bootstrap, permutation or effect size of its own"
    return None if difference.paired else "unpaired: there are no paired differences to have an sd"


def _key(statistic: Statistic) -> str:
    """What a side's and a difference's number is called: no median stands under `mean`."""
    return "mean" if statistic is Statistic.MEAN else "value"


def _interval(prefix: str, interval: Interval | None) -> dict[str, Any]:
    """`interval: [lo, hi]` and `method`, their names after `prefix`."""
    return {
        f"{prefix}interval": None if interval is None else [interval.low, interval.high],
        f"{prefix}method": None if interval is None else interval.method,
    }


def examples(found: Sequence[ExampleComparison]) -> dict[str, Any]:
    """Comparisons by example scores; the baseline's side is that of the first candidate's comparison."""
    first = found[0]
    return {
        "metric": first.metric,
        "statistic": first.statistic,
        "column": first.column or None,
        "id_column": first.id_column or None,
        "direction": first.direction,
        "direction_source": first.direction_source,
        "method": first.method,
        "level": first.level,
        "unit": first.unit,
        "correction": first.correction,
        "comparisons": first.comparisons,
        "slice_comparisons": first.slice_comparisons,
        "resamples": first.resamples,
        "seed": first.seed,
        "baseline": _scored_side(first.baseline, first.statistic),
        "candidates": [_scored_candidate(one) for one in found],
        "slices": slices(found),
        "warnings": _once([*one.warnings, *one.caveats] for one in found),
        **({"reason": first.reason or "no example scores of this metric"} if not first.id_column else {}),
    }


def slices(found: Sequence[ExampleComparison]) -> list[dict[str, Any]]:
    """A row per candidate and category, worst regression of each candidate first."""
    return [_slice(one.candidate.label, row) for one in found for row in one.slices]


def _scored_candidate(one: ExampleComparison) -> dict[str, Any]:
    return {
        **_scored_side(one.candidate, one.statistic),
        "baseline": _scored_side(one.baseline, one.statistic),
        "examples": one.examples,
        "difference": _difference(one.difference, one.unit, one.statistic),
        "flips": asdict(one.flips) if one.flips else None,
        "losses": [asdict(example) for example in one.losses],
        "gains": [asdict(example) for example in one.gains],
        **({"reason": one.reason or _no_flips(one)} if one.reason or not one.flips else {}),
    }


def _no_flips(one: ExampleComparison) -> str:
    if one.statistic in OF_PREDICTIONS:
        return f"no example has a {one.statistic.words} of its own: no flips"
    return "scores are not 0 or 1: no flips"


def _scored_side(side: ExampleSide, statistic: Statistic) -> dict[str, Any]:
    return {
        "label": side.label,
        "filter": side.filter,
        "n": side.counted,
        "replicates": side.runs,
        "run_ids": side.found_ids,
        "excluded": side.excluded,
        "examples": side.examples,
        "uneven": side.uneven,
        "only_here": side.only_here,
        "undefined": side.undefined,
        "repeated": side.repeated,
        "not_logged": [asdict(run) for run in side.not_logged],
        _key(statistic): side.mean,
        "std": side.std,
        **_interval("", side.interval),
        **_interval("bootstrap_", side.bootstrap_interval),
        **({"reason": side.reason} if side.reason else {}),
    }


def _slice(label: str, row: Slice) -> dict[str, Any]:
    return {
        "label": label,
        "column": row.column,
        "category": row.category,
        "n": row.n,
        "baseline": row.baseline,
        "candidate": row.candidate,
        "difference": row.difference,
        **_interval("", row.interval),
        "p_value": row.p_value,
        "p_adjusted": row.p_adjusted,
        "p_method": row.p_method,
        "verdict": row.verdict,
        **({"reason": row.reason} if row.reason else {}),
    }


def _once(groups: Iterable[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(sentence for group in groups for sentence in group))


def plain(value: Any) -> Any:
    """`value` as JSON knows it: NaN and infinities become null with a `reason` in the object that holds them."""
    if isinstance(value, Mapping):
        return _object(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _object(value: Mapping[str, Any]) -> dict[str, Any]:
    known = {str(key): plain(item) for key, item in value.items()}
    odd = [
        f"{key} is {odd_name(item)}"
        for key, item in value.items()
        if isinstance(item, float) and not math.isfinite(item)
    ]
    if odd:
        given = known.get("reason")
        known["reason"] = "; ".join(([given] if isinstance(given, str) else []) + odd)
    return known


def odd_name(value: float) -> str:
    """`NaN`, `+Inf` or `-Inf`: what JSON has no number for."""
    return "NaN" if math.isnan(value) else "+Inf" if value > 0 else "-Inf"
