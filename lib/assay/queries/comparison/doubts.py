"""What may be wrong with the sides of a comparison before any number is looked at?"""

from collections.abc import Sequence

from assay.queries.comparison.sides import Found, elsewhere


def doubts(found: Sequence[Found], names: Sequence[str]) -> list[str]:
    """Sentences that begin with a side's name; the first side is the baseline.

    They tell of sides that hold several configurations, leave out replicates by a filter, share runs with the
    baseline, or come from other experiments.
    """
    baseline = found[0]
    said: list[str] = []
    for place, (side, name) in enumerate(zip(found, names, strict=True)):
        texts = [_several(side), _picked(side)]
        if place:
            texts += [_shared(baseline, side), _elsewhere(baseline, side)]
        said += [f"{name}: {text}" for text in texts if text]
    return said


def _several(side: Found) -> str:
    count = side.used["configuration"].nunique()
    return f"its runs belong to {count} configurations; their spread is not the noise of one." if count > 1 else ""


def _picked(side: Found) -> str:
    """Replicates that were left out by their score bias what remains."""
    if not side.hidden:
        return ""
    by_score = any(condition.entity == "metric" for condition in side.selection.conditions)
    why = "; runs picked by their score look better or worse than they are" if by_score else ""
    verb = "is" if side.hidden == 1 else "are"
    return f"{_runs(side.hidden)} more of the same configuration {verb} left out by its filter{why}."


def _shared(baseline: Found, side: Found) -> str:
    count = len(set(baseline.used["run_id"]) & set(side.used["run_id"]))
    return f"{_runs(count)} of the baseline's stand here too; the two sides are not independent." if count else ""


def _elsewhere(baseline: Found, side: Found) -> str:
    if not elsewhere(baseline, side):
        return ""
    return (
        f"its runs come from {', '.join(sorted(side.experiments))}, the baseline's from "
        f"{', '.join(sorted(baseline.experiments))}. Data and tasks may differ there: equal seeds make no pairs, and "
        "the difference need not be the model's."
    )


def _runs(count: int) -> str:
    return "1 run" if count == 1 else f"{count:,} runs"
