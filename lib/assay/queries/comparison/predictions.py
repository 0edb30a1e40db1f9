"""Do two sides differ in F1 or AUC, which no single example has but all predictions together?"""

from assay.analysis import statistics
from assay.analysis.examples import resampled
from assay.analysis.examples.resampled import Drawn, Summary
from assay.analysis.sample import Array
from assay.analysis.statistics import Counted
from assay.cache.predictions import Predicted, Predictions
from assay.model.comparison.difference import Difference
from assay.model.comparison.notes import ExampleNote as Says
from assay.model.comparison.question import Rules, Statistic, Unit
from assay.model.note import Note, note
from assay.queries.comparison.clusters import of_predictions, said_of

_BINARY = ("0", "1")
_MOST_LISTED = 5


def drawn(metric: str, asked: Statistic, rules: Rules, found: Predictions, weights: tuple[Array, Array]) -> Drawn:
    """Both sides and their difference by the statistic of `rules`; `asked`: the one that the reader chose.

    `weights`: of each side's runs.
    """
    why = _refusal(metric, asked, rules, found)
    if why:
        unknown = Difference(paired=found.examples > 0, pairs=found.examples, reason=why)
        return Drawn(Summary(reason=why), Summary(reason=why), unknown, _notes(rules, found))
    whose = of_predictions(found)
    made = resampled.predicted(
        _counted(found.baseline, rules.statistic, found.classes, weights[0]),
        _counted(found.candidate, rules.statistic, found.classes, weights[1]),
        rules,
        paired=found.examples > 0,
        clusters=whose.sides if whose else None,
        runs=len(found.baseline.said) + len(found.candidate.said),
    )
    return Drawn(made.baseline, made.candidate, made.difference, (*_notes(rules, found), *made.notes))


def _refusal(metric: str, asked: Statistic, rules: Rules, found: Predictions) -> Note | None:
    """Why there is no such difference; None where there is."""
    if asked is not Statistic.MEAN:
        return note(Says.NO_STATISTIC_OF_IT, metric=metric, statistic=asked)
    if rules.unit is Unit.BOTH:
        return note(Says.NOT_A_MEAN, metric=metric)
    if not all(one.truth.size for one in (found.baseline, found.candidate)):
        return note(Says.NO_LABEL)
    return None if rules.statistic is Statistic.MACRO_F1 else _not_binary(metric, rules.statistic, found)


def _not_binary(metric: str, statistic: Statistic, found: Predictions) -> Note | None:
    sides = found.baseline, found.candidate
    labels = sorted({found.classes[code] for one in sides for code in set(one.truth.tolist())})
    if not set(labels) <= {*_BINARY}:
        listed, more = tuple(labels[:_MOST_LISTED]), max(len(labels) - _MOST_LISTED, 0)
        return note(Says.NOT_BINARY, metric=metric, labels=listed, more=more, macro=statistic is Statistic.F1)
    if statistic is Statistic.AUC and any(len(set(one.truth.tolist())) < 2 for one in sides):
        return note(Says.ONE_LABEL, metric=metric)
    return None


def _counted(one: Predicted, statistic: Statistic, classes: tuple[str, ...], weights: Array) -> Counted:
    if statistic is Statistic.AUC:
        return statistics.auc((one.truth == classes.index("1")).astype(int), one.said, weights)
    predicted = one.said.astype(int)
    if statistic is Statistic.MACRO_F1:
        return statistics.macro_f1(one.truth, predicted, weights)
    return statistics.f1(one.truth, predicted, classes.index("1") if "1" in classes else len(classes), weights)


def _notes(rules: Rules, found: Predictions) -> tuple[Note, ...]:
    said = [note(Says.LABELS_DIFFER, n=found.disagreed)] if found.disagreed else []
    if found.cluster and found.baseline.truth.size and found.candidate.truth.size:
        said += said_of(found.cluster, of_predictions(found), found.unclear)
    if rules.statistic is not Statistic.AUC:
        sides = found.baseline, found.candidate
        known = {code for one in sides for code in one.truth.tolist()}
        alien = [one for one in sides if one.said.size and not known & {int(c) for c in set(one.said.ravel().tolist())}]
        said += [note(Says.PREDICTIONS_ARE_NO_LABELS) for _ in alien]
    return tuple(said)
