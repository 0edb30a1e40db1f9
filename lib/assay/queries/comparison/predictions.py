"""Do two sides differ in F1 or AUC, which no single example has but all predictions together?"""

from dataclasses import replace

from assay.analysis import statistics
from assay.analysis.examples import means as analysis
from assay.analysis.examples import resampled as drawn
from assay.analysis.statistics import Counted
from assay.cache.predictions import Predicted, Predictions, predictions
from assay.model.comparison import Sample, Statistic
from assay.model.examples import ExampleComparison
from assay.queries import metrics
from assay.queries.comparison.example_answer import Question, ids, side
from assay.queries.comparison.example_notes import caveats, warnings
from assay.queries.comparison.scores import Scores

_BINARY = ("0", "1")
_MOST_LISTED = 5


def answer(question: Question, scores: Scores, samples: tuple[Sample, Sample]) -> ExampleComparison:
    """Everything about one candidate, before p is corrected.

    `samples`: the runs whose predictions are read. Raises UnreadableError for a file that cannot be used.
    """
    assert scores.column is not None
    assert scores.computed is not None
    files = [tuple(scores.files[run_id] for run_id in ids(sample)) for sample in samples]
    found = predictions(files[0], files[1], scores.column)
    made = _drawn(question, scores.computed, found)
    values = [half.value for half in (made.baseline, made.candidate) if half.value is not None]
    baseline, candidate = (
        side(sample, counts, own, scores)
        for sample, counts, own in zip(samples, found.halves, (made.baseline, made.candidate), strict=True)
    )
    one = replace(
        question.blank,
        statistic=scores.computed,
        column=scores.column,
        id_column=files[0][0].id_column,
        metric_unit=metrics.unit(question.policy, question.blank.metric, values),
        examples=found.examples,
        baseline=baseline,
        candidate=candidate,
        difference=made.difference,
        columns=scores.columns,
        slice_columns=(),
    )
    return replace(one, warnings=(*warnings(one), *_notes(found, scores), *made.notes), caveats=caveats(one))


def _drawn(question: Question, statistic: Statistic, found: Predictions) -> drawn.Drawn:
    why = _refusal(question, statistic, found)
    if why:
        nothing = drawn.Half(None, None, why)
        return drawn.Drawn(nothing, nothing, analysis.not_estimable(None, found.examples, why))
    return drawn.predicted(
        _counted(found.baseline, statistic, found.classes),
        _counted(found.candidate, statistic, found.classes),
        replace(question.rules, statistic=statistic),
        paired=found.examples > 0,
        runs=len(found.baseline.said) + len(found.candidate.said),
    )


def _refusal(question: Question, statistic: Statistic, found: Predictions) -> str:
    """Why there is no such difference; empty where there is."""
    metric = question.blank.metric
    if question.rules.statistic is not Statistic.MEAN:
        return f"{metric} is computed from all examples together, so there is no {question.rules.statistic.words} of it"
    if question.unit == "both":
        return f"seeds × examples compares means, and {metric} is none; choose the unit examples"
    sides = found.baseline, found.candidate
    if not all(one.truth.size for one in sides):
        return "one side has no example with a label that its runs agree on"
    return "" if statistic is Statistic.MACRO_F1 else _not_binary(metric, statistic, found)


def _not_binary(metric: str, statistic: Statistic, found: Predictions) -> str:
    sides = found.baseline, found.candidate
    labels = {found.classes[code] for one in sides for code in set(one.truth.tolist())}
    if not labels <= {*_BINARY}:
        more = f" and {len(labels) - _MOST_LISTED} more" if len(labels) > _MOST_LISTED else ""
        other = "; f1_macro takes any" if statistic is Statistic.F1 else ""
        listed = ", ".join(sorted(labels)[:_MOST_LISTED])
        return f"{metric} needs the labels 0 and 1, and they are {listed}{more}{other}"
    if statistic is Statistic.AUC and any(len(set(one.truth.tolist())) < 2 for one in sides):
        return f"{metric} needs both labels, 0 and 1, among the examples of each side"
    return ""


def _counted(one: Predicted, statistic: Statistic, classes: tuple[str, ...]) -> Counted:
    if statistic is Statistic.AUC:
        return statistics.auc((one.truth == classes.index("1")).astype(int), one.said)
    predicted = one.said.astype(int)
    if statistic is Statistic.MACRO_F1:
        return statistics.macro_f1(one.truth, predicted)
    return statistics.f1(one.truth, predicted, classes.index("1") if "1" in classes else len(classes))


def _notes(found: Predictions, scores: Scores) -> list[str]:
    said = []
    if found.disagreed:
        count = "1 example" if found.disagreed == 1 else f"{found.disagreed:,} examples"
        said.append(f"{count} whose label differs between runs {'is' if found.disagreed == 1 else 'are'} left out.")
    if scores.computed is not Statistic.AUC:
        known = {code for one in (found.baseline, found.candidate) for code in one.truth.tolist()}
        for one in (found.baseline, found.candidate):
            if one.said.size and not known & {int(code) for code in set(one.said.ravel().tolist())}:
                said.append("No prediction of one side is any of the labels: are they written alike?")
    return said
