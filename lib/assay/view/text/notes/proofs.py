"""The words for what runs prove of a checklist's items, and for why they prove nothing."""

from collections.abc import Mapping, Sequence

from assay.model.evidence.proofs import ProofNote as Says
from assay.model.metric import MetricUnit
from assay.model.note import Code
from assay.view.text.escape import flat, short
from assay.view.text.notes.template import Said, Words
from assay.view.text.numbers import Scale, count, p_phrase, percent, plain, probability, scale

_MOST_NAMED = 3
_LONGEST = 60


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(flat(short(name, _LONGEST)) for name in names[:_MOST_NAMED]) + more


def _scale(said: Said) -> Scale:
    """As fine as the page that shows the same numbers writes them."""
    values = [said.get(key) for key in ("value", "before")]
    spreads = [said.get(key) for key in ("std", "std_before")]
    return scale(MetricUnit(said["unit"]), values, spreads, [said.get("apart")])


def _name(said: Said) -> str:
    return flat(short(said["metric"], _LONGEST))


def _of(said: Said, what: str) -> str:
    """`5 runs`, or `2 of 5 runs`."""
    return count(said["of"], what) if said["n"] == said["of"] else f"{said['n']:,} of {count(said['of'], what)}"


def _replicates(said: Said) -> str:
    alone = said["baseline"] is None
    sides = count(said["n"], "replicate") if alone else f"{said['baseline']} + {said['n']} replicates"
    return f"{sides} of {_name(said)}, no two alike; {said['needed']} are needed a side"


def _spread(said: Said) -> str:
    shown = _scale(said)
    return f"{_name(said)} {shown.spread_with_unit(said['value'], said['std'])}, n = {said['n']}"


def _baseline(said: Said) -> str:
    shown = _scale(said)
    return f"{_name(said)} {shown.spread_with_unit(said['value'], said['std'])} over {said['n']:run}"


def _ends(said: Said, shown: Scale) -> str:
    if said["low"] is None or said["high"] is None:
        return ", without an interval"
    return f", {shown.limits(said['low'], said['high'])}"


def _shown_difference(said: Said) -> str:
    shown = _scale(said)
    return f"{_name(said)} {shown.difference(said['difference'])}{_ends(said, shown)}"


def _difference(said: Said) -> str:
    sizes = f"{said['baseline']} + {said['n']} replicates"
    if said["difference"] is None:
        return f"{_name(said)}: {said['reason']}"
    p = f"{p_phrase(said['p'])}{' corrected' if said['over'] > 1 and said['p'] is not None else ''}"
    why = f" ({said['reason']})" if said["p"] is None and said["reason"] else ""
    return f"{sizes}, {p}{why}, {_shown_difference(said)}"


def _quality(said: Said) -> str:
    if said["of"] == 1:
        return _shown_difference(said)
    return f"{said['n']} of {said['of']} quality metrics keep up; {_shown_difference(said)}"


def _slices(said: Said) -> str:
    shown = scale(MetricUnit(said["unit"]), [said["difference"]], [_half(said)])
    what = f"{flat(short(said['column'], _LONGEST))} {flat(short(said['category'], _LONGEST))}"
    worst = f"{shown.difference(said['difference'])}{_ends(said, shown)}"
    return f"{said['n']} of {said['of']} slices keep up in {_name(said)}; {what} {worst}, n = {said['examples']:,}"


def _half(said: Said) -> float | None:
    return None if said["low"] is None else (said["high"] - said["low"]) / 2


def _thresholds(said: Said) -> str:
    shown = _scale(said)
    value, limit = shown.value(said["value"]), f"{said['comparator']} {plain(said['limit'] * shown.factor)}"
    told = f"{_name(said)} {value}, needs {limit} {shown.unit}".rstrip()
    sure = " with its whole interval" if said["status"] == "uncertain" else ""
    return f"{told}{sure}" if said["of"] == 1 else f"{said['n']} of {said['of']} met; {told}{sure}"


def _alerts(said: Said) -> str:
    where = f", {flat(said['file'])}:{said['line']}" if said["line"] else ""
    lacking = f"; none for {_listed(said['without'])}" if said["without"] else ""
    return f"{said['n']} of {said['of']} limits{where}{lacking}"


def _statistics(said: Said) -> str:
    correction = "uncorrected" if said["correction"] == "none" else f"{said['correction'].capitalize()} correction"
    return f"{percent(said['level'])} level, {correction}, {said['runs']} runs or more, {flat(said['file'])}"


def _front(said: Said) -> str:
    chance = "" if said["probability"] is None else f", probability {probability(said['probability'])}"
    return f"on the front of {_listed(said['metrics'])}{chance}"


def _off_front(said: Said) -> str:
    if said["beaten"]:
        return f"beaten on {_listed(said['metrics'])}"
    return _front(said).replace("on the front", "perhaps on the front")


def _arms(said: Said) -> str:
    return f"{_of(said, 'component')} tried without: {_listed(said['names'])}"


def _contributions(said: Said) -> str:
    known = f"{_of(said, 'component')} decided"
    if said["value"] is None:
        return known
    shown = scale(MetricUnit(said["unit"]), [said["value"]], [_half(said)])
    what = f"{flat(short(said['component'], _LONGEST))} {shown.difference(said['value'])}"
    return f"{known}; {what} in {_name(said)}{_ends(said, shown)}"


def _range(said: Said, what: str) -> str:
    return (
        f"{said['least']:,} {what}" if said["least"] == said["most"] else f"{said['least']:,}–{said['most']:,} {what}"
    )


def _ways(said: Said) -> str:
    return f"{said['train']:,} training, {said['validation']:,} validation and {said['test']:,} test rows"


def _group(said: Said) -> str:
    of = f" of the group {flat(said['group'])}" if said["group"] else ""
    return f"Nothing{of} on scorecard {flat(said['card'])} is logged."


WORDS: Mapping[Code, Words] = {
    Says.NO_CANDIDATE: "No candidate is chosen.",
    Says.NO_BASELINE: "No baseline is chosen.",
    Says.RUNS_OF_BOTH_SIDES: "{n:run} {n:stands|stand} on both sides, so that nothing is held against another.",
    Says.NO_RUN_OF_SIDE: "No run is found of {side}.",
    Says.SIDE_UNMEASURED: "No finished run of {side} has {metric}.",
    Says.NO_NUMBER_LOGGED: "{n:run} logged no number.",
    Says.NOTHING_TO_COMPARE: "There is no metric to compare by.",
    Says.WAY_NOT_TOLD: "Nobody said which way {metric} gets better.",
    Says.NO_EXAMPLE_SCORES: "No scores of single examples are logged: evidence.log_scores(frame).",
    Says.NO_SLICES: "The example scores have no column to slice by.",
    Says.TEST_DATA_UNKNOWN: "Nothing on record says that both sides were tested on the same rows.",
    Says.NO_CARD: "No scorecard speaks of these runs.",
    Says.NONE_OF_GROUP: _group,
    Says.ONE_EXPERIMENT_NEEDED: "The runs are of {n:experiment}; this is asked of one.",
    Says.NOT_ON_FRONT: lambda said: f"No run of the candidate has all of {_listed(said['metrics'])}.",
    Says.NO_SWITCH: "No param of the experiment is on in some runs and off in others.",
    Says.NO_ARM: lambda said: f"No run is without only one of {_listed(said['names'])}.",
    Says.NO_CURVES: "{n:run} of {of:,} logged no metric over several steps.",
    Says.NO_MEMORY: "{n:run} of {of:,} logged no memory: mlflow.enable_system_metrics_logging().",
    Says.NO_MODELS: "{n:run} of {of:,} {n:keeps|keep} no model or checkpoint among their files.",
    Says.FILES_NOT_LISTED: "The files of {n:run} were not listed: of one question those of {most:run} are.",
    Says.RUNS_WITHOUT_SPLITS: "{n:run} of {of:,} logged no splits: evidence.log_splits(frame).",
    Says.NO_TEST_ROWS: "The splits of {n:run} of {of:,} have no test rows.",
    Says.PART_NOT_LOGGED: "{n:run} of {of:,} did not log it.",
    Says.NOT_ON_RECORD: lambda said: (
        f"Not wholly on record: {_listed([one.replace('_', ' ') for one in said['elements']])}."
    ),
    Says.REPEATED_BY_CHANCE: (
        "{n:repeat} {n:agrees|agree}, in values of few digits or shares of few rows alone, which trainings that differ "
        "share now and then: log a loss beside them."
    ),
    Says.NEVER_REPEATED: "No run was repeated with the same setup and seed.",
    Says.ALL_TRACKED: "{n:run} with {params:param} and {metrics:metric}",
    Says.UNTRACKED: "{n:run} of {of:,} without params or without metrics",
    Says.RUNS_FINISHED: "{n:run}, all finished",
    Says.RUNS_UNFINISHED: "{n:run} of {of:,} did not finish",
    Says.ALL_FINITE: "{n:value}, the latest of each metric, all finite",
    Says.NUMBER_NOT_FINITE: "{n:run} of {of:,} with NaN or infinity, {metric} first",
    Says.CURVES_LOGGED: "{n:run} with a metric beyond step 0",
    Says.MEMORY_LOGGED: "{n:run} with memory",
    Says.MODELS_LOGGED: "{n:run} with a model or checkpoint",
    Says.REPLICATES: _replicates,
    Says.SPREAD: _spread,
    Says.SINGLE_REPLICATE: "one replicate of {metric} has no spread",
    Says.BASELINE_SCORES: _baseline,
    Says.TEST_DATA_SAME: "one dataset digest on both sides, the same as far as MLflow looks",
    Says.TEST_ROWS_SAME: "the same test rows on both sides, by what each run logged",
    Says.TEST_DATA_OTHER: "the sides were tested on different data",
    Says.DIFFERENCE: _difference,
    Says.QUALITY: _quality,
    Says.METRICS_KEPT: "no loss that matters in the {of:metric} that both sides log",
    Says.METRICS_LOST: lambda said: f"worse in {_of(said, 'metric')}: {_listed(said['metrics'])}",
    Says.METRICS_OPEN: lambda said: (
        f"A loss that matters can't be excluded in {_of(said, 'metric')}: {_listed(said['metrics'])}."
    ),
    Says.SLICES: _slices,
    Says.SLICES_LOGGED: lambda said: f"example scores by {_listed(said['columns'])}",
    Says.METRICS_JUDGED: lambda said: (
        f"{said['n']:metric} with a threshold of {flat(said['card'])}: {_listed(said['metrics'])}"
    ),
    Says.THRESHOLDS: _thresholds,
    Says.ALERTS: _alerts,
    Says.STATISTICS: _statistics,
    Says.ON_THE_FRONT: _front,
    Says.BETTER_THAN_BASELINE: lambda said: f"better than the baseline in {_listed(said['metrics'])}, worse in none",
    Says.OFF_THE_FRONT: _off_front,
    Says.ARMS: _arms,
    Says.CONTRIBUTIONS: _contributions,
    Says.NONE_LEAKS: "{n} of {of:check} pass in every run",
    Says.LEAKS: "{n:check} {n:fails|fail}: {finding}",
    Says.SIGNS_OF_LEAKS: "{n:check} {n:warns|warn}: {finding}.",
    Says.SPLITS_KNOWN: lambda said: f"{said['n']:run} with splits of {_range(said, 'rows')}",
    Says.HELD_OUT: lambda said: f"{_range(said, 'test rows')}, none among the training rows",
    Says.NOT_HELD_OUT: "{n:test row} among the training rows",
    Says.THREE_WAYS: _ways,
    Says.TWO_WAYS: lambda said: f"no {_listed(said['missing'])} rows",
    Says.ON_RECORD: "all {n} elements on record of {of:run}",
    Says.REPEATS_IDENTICAL: "{n:repeat} identical in {metrics:metric}",
    Says.REPEATS_DIFFER: "{n:repeat} of {of:,} {n:differs|differ}, {metric} most",
}
