"""The documented JSON object of a comparison on one metric."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assay.model.comparison.answer import Candidate, Comparison, MetricComparison
from assay.model.comparison.difference import Difference
from assay.model.comparison.examples import Examined, Flips, Slice
from assay.model.comparison.notes import ComparisonNote, ExampleNote
from assay.model.comparison.planning import Need, Plan
from assay.model.comparison.question import OF_PREDICTIONS, Statistic, Unit
from assay.model.comparison.side import ExampleCounts, Side
from assay.model.metric import Metric
from assay.model.note import Note, gathered, note
from assay.view.objects import noted, reasoned, sides
from assay.view.objects.data import compared
from assay.view.objects.sides import interval, key, scores
from assay.view.objects.tasks import tasks
from assay.view.text.comparison.facts import right
from assay.view.text.notes import words

Json = dict[str, Any]
Labels = Sequence[str]


def comparison(found: Comparison) -> Json:
    """The first metric, the others under `also`; over examples a baseline is that of its first candidate."""
    first, *others = (_metric(found, place) for place in range(len(found.metrics)))
    return {**first, "also": others}


def _metric(found: Comparison, place: int) -> Json:
    one, rules = found.metrics[place], found.rules
    return {
        "metric": one.metric.name,
        "direction": one.logged.direction,
        "direction_source": one.logged.direction_source,
        "method": rules.method,
        "level": rules.level,
        "unit": rules.unit,
        "aim": rules.aim,
        "margin": one.metric.margin,
        "margin_source": _margin_source(one.metric),
        "alpha": rules.threshold,
        "correction": rules.correction,
        "simultaneous": rules.simultaneous,
        "comparisons": found.comparisons,
        "resamples": rules.resamples,
        "seed": rules.seed,
        "filter": found.question.within.strip(),
        "data": compared(found.setting.data, found.labels),
        "commits": list(found.setting.commits),
        "baseline": _side(found, one, one.baseline),
        "candidates": [_candidate(found, one, candidate) for candidate in one.candidates],
        "selected_from": _selected_from(one),
        "slices": slices(found, place),
        "warnings": _warnings(found, one),
        "notes": [noted(own, found.labels) for own in _notes(one)],
        **_family(found, one),
    }


def _selected_from(one: MetricComparison) -> Json | None:
    """The candidate that is the best of all configurations of its experiment; null where none is."""
    chosen = [(c.side.label, c.chosen_from) for c in one.candidates if c.chosen_from]
    return {"label": chosen[0][0], **asdict(chosen[0][1])} if chosen else None


def _margin_source(metric: Metric) -> str | None:
    if metric.margin is None:
        return None
    return "option" if metric.margin_given else "policy"


def sliced(found: Comparison, by_examples: Comparison) -> Json:
    """A comparison over seeds with the slices of the same one over examples, and what is to know beside these."""
    made, beside = comparison(found), comparison(by_examples)
    said = {key: made[key] + [own for own in beside[key] if own not in made[key]] for key in ("notes", "warnings")}
    return {**made, **said, "slices": beside["slices"], "slice_comparisons": beside["slice_comparisons"]}


def slices(found: Comparison, place: int = 0) -> list[Json]:
    """A row per candidate and category, worst regression of each candidate first."""
    return [
        _slice(candidate.side.label, row, found.labels)
        for candidate in found.metrics[place].candidates
        if candidate.examined
        for row in candidate.examined.slices
    ]


def _family(found: Comparison, one: MetricComparison) -> Json:
    """What belongs to comparisons over seeds alone, or by examples alone."""
    examined = one.candidates[0].examined
    if examined is None:
        over = {"statistic": one.statistic, "tasks": tasks(one.tasks, found.labels)} if one.tasks else {}
        return {"params": [asdict(param) for param in found.setting.params], **over}
    return {
        "statistic": one.statistic,
        "column": examined.column or None,
        "id_column": examined.id_column or None,
        "cluster": asdict(examined.cluster) if examined.cluster else None,
        "slice_comparisons": found.slice_comparisons,
        **(reasoned(examined.reason, found.labels) if not examined.id_column else {}),
    }


def _notes(one: MetricComparison) -> list[Note]:
    """Notes, caveats and luck, each once; a caveat of several candidates as one."""
    caveats = gathered(own for candidate in one.candidates for own in candidate.caveats)
    return list(dict.fromkeys((*one.notes, *caveats, *((one.luck,) if one.luck else ()))))


def _warnings(found: Comparison, one: MetricComparison) -> list[str]:
    """The sentences of the notes; over examples those of the caveats too."""
    caveats = () if found.over_seeds else (own for candidate in one.candidates for own in candidate.caveats)
    return list(dict.fromkeys(words(own, found.labels) for own in (*one.notes, *caveats)))


def _candidate(found: Comparison, one: MetricComparison, candidate: Candidate) -> Json:
    side = _side(found, one, candidate.side)
    difference = {"difference": _difference(found, one, candidate.difference)}
    if candidate.examined is None:
        return {**side, **difference, "plan": _plan(candidate.plan, found.labels)}
    return {**side, **difference, **_examined(found, one, candidate.examined)}


def _side(found: Comparison, one: MetricComparison, side: Side) -> Json:
    """SIDE; over seeds with its scores, over examples with what was counted of these."""
    counted = scores(side) if found.over_seeds else _counts(side.examples or ExampleCounts(), found.labels)
    return sides.side(side, one.metric.name, counted, found.labels, one.statistic)


def _counts(counts: ExampleCounts, labels: Labels) -> Json:
    return {
        "examples": counts.n,
        "uneven": counts.uneven,
        "only_here": counts.only_here,
        "undefined": counts.undefined,
        "repeated": counts.repeated,
        "averaged": counts.averaged[0],
        "not_logged": [{"run_id": run.run_id, **reasoned(run.reason, labels)} for run in counts.not_logged],
    }


def _difference(found: Comparison, one: MetricComparison, difference: Difference) -> Json:
    """A difference; nulls have a `reason` beside them."""
    return {
        key(one.statistic): difference.value,
        "std": difference.std,
        **interval("", difference.interval),
        **interval("bootstrap_", difference.bootstrap_interval),
        "p_value": difference.p_value,
        "p_adjusted": difference.p_adjusted,
        "p_beyond": difference.p_beyond,
        "p_method": difference.p_method,
        "paired": difference.paired,
        "pairs": difference.pairs,
        "min_attainable_p": difference.min_attainable_p,
        "effect_size": difference.effect_size,
        "verdict": difference.verdict,
        **reasoned(difference.reason or _without(found.rules.unit, difference), found.labels),
    }


def _without(unit: Unit, difference: Difference) -> Note | None:
    """Why parts of a whole answer are null."""
    if unit is Unit.BOTH:
        return note(ComparisonNote.TWO_WAY_ONLY)
    return None if difference.paired else note(ComparisonNote.UNPAIRED_STD)


def _plan(plan: Plan | None, labels: Labels) -> Json | None:
    if plan is None:
        return None
    return {
        "n": plan.n,
        "paired": plan.paired,
        "power": plan.power,
        "upper_std": plan.upper_std,
        "detectable": plan.detectable,
        "needs": [_need(need, labels) for need in plan.needs],
        "permutation_n": plan.permutation_n,
        "supported_margin": plan.supported,
        **reasoned(plan.reason, labels),
    }


def _need(need: Need, labels: Labels) -> Json:
    beyond = note(ComparisonNote.PLAN_BEYOND_A_MILLION) if need.replicates is None else None
    return {**asdict(need), **reasoned(beyond, labels)}


def _examined(found: Comparison, one: MetricComparison, examined: Examined) -> Json:
    return {
        "baseline": _side(found, one, examined.baseline),
        "examples": examined.n,
        "flips": _flips(examined.flips) if examined.flips else None,
        "losses": [asdict(example) for example in examined.losses],
        "gains": [asdict(example) for example in examined.gains],
        **reasoned(examined.reason or _no_flips(one.statistic, examined), found.labels),
    }


def _no_flips(statistic: Statistic, examined: Examined) -> Note | None:
    """Why there are no flips; None where there are."""
    if examined.flips:
        return None
    if statistic in OF_PREDICTIONS:
        return note(ExampleNote.NO_FLIPS_OF_STATISTIC, statistic=statistic)
    return note(ExampleNote.NO_FLIPS if examined.n else ExampleNote.NO_SHARED_EXAMPLE)


def _flips(flips: Flips) -> Json:
    known = {key: value for key, value in asdict(flips).items() if key not in ("averaged", "higher")}
    return known | {"rule": right(flips)}


def _slice(label: str, row: Slice, labels: Labels) -> Json:
    return {
        "label": label,
        "column": row.column,
        "category": row.category,
        "n": row.n,
        "baseline": row.baseline,
        "candidate": row.candidate,
        "difference": row.difference,
        **interval("", row.interval),
        "p_value": row.p_value,
        "p_adjusted": row.p_adjusted,
        "p_method": row.p_method,
        "verdict": row.verdict,
        **reasoned(row.reason, labels),
    }
