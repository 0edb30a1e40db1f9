"""The words for what checks on metrics, inputs, preprocessing and features found, and why something can't be told."""

from collections.abc import Mapping, Sequence

from assay.model.evidence.notes import DataNote as Data
from assay.model.evidence.notes import EvidenceNote, WorthNote
from assay.model.evidence.notes import ScoreNote as Says
from assay.model.evidence.notes import TrainingNote as Training
from assay.model.note import Code
from assay.view.text.data import AS_FAR_AS
from assay.view.text.escape import flat, short
from assay.view.text.notes.template import Said, Words
from assay.view.text.numbers import p_phrase, percent, plain

_MOST_NAMED = 5
_LONGEST = 60
_FIRST_CONTEXT = (
    "Of data with one name and digest MLflow keeps what was logged first: equal ones need names of their own."
)


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(flat(short(name, _LONGEST)) for name in names[:_MOST_NAMED]) + more


def _points(share: float) -> str:
    """`28.0 points`."""
    return f"{100 * share:.1f} points"


def _limit(said: Said) -> str:
    """`20 points`."""
    return f"{plain(round(100 * said['limit'], 1))} points"


def _validation(said: Said) -> str:
    return " The held-out rows are validation rows." if said["role"] == "validation" else ""


def _equal_scores(said: Said) -> str:
    where = "in three replicates or more" if said["replicates"] else "in metrics that do not follow from each other"
    return (
        f"Training and held-out rows score the same in every digit {where} "
        f"({_named(said['names'])}): both were computed "
        f"on the same rows.{_validation(said)}"
    )


def _equal_once(said: Said) -> str:
    why = "one metric of one training" if said["n"] == 1 else "shares of few rows, and scores of few digits,"
    return (
        f"{said['metric']} is {plain(said['value'])} on training and on held-out rows ({_named(said['names'])}); {why} "
        f"may agree by chance.{_validation(said)}"
    )


def _saturated(said: Said) -> str:
    return (
        f"{said['metric']} is {plain(said['value'])} on training and on held-out rows: at the end "
        f"of its scale they agree "
        f"for many reasons, and a person has to judge.{_validation(said)}"
    )


def _gap_large(said: Said) -> str:
    return (
        f"{said['train']} is {_points(said['gap'])} better than {said['metric']} (limit "
        f"{_limit(said)}): the model "
        f"learned its training rows by heart. That is overfitting; a leak makes this gap small.{_validation(said)}"
    )


def _gap_small(said: Said) -> str:
    better = f"{_points(abs(said['gap']))} {'better' if said['gap'] >= 0 else 'worse'} than"
    return f"{said['train']} is {better} {said['metric']} (limit {_limit(said)}).{_validation(said)}"


def _score(said: Said, key: str = "value") -> str:
    value = said[key] if said["percent"] else 100 * said[key]
    return f"{value:.2f}".rstrip("0").rstrip(".") + " %"


def _too_good(said: Said) -> str:
    return (
        f"{said['metric']} is {_score(said)}, above {_score(said, 'limit')}: few tasks are that "
        f"easy, so look for the target "
        "among the features and for test rows among the training rows."
    )


def _not_too_good(said: Said) -> str:
    return f"No held-out score is above {_score(said, 'limit')}; the highest, {said['metric']}, is {_score(said)}."


def _test_better(said: Said) -> str:
    of = f", {said['of']} metrics" if said["of"] > 1 else ""
    return (
        f"{said['metric']} is better on held-out than on training rows in {said['n']:training} "
        f"({p_phrase(said['p'])}, paired "
        f"t{of}): easier test rows, or ones that were trained on.{_validation(said)}"
    )


def _test_not_better(said: Said) -> str:
    return (
        f"Held-out rows score no better than training rows over {said['n']:training} ({p_phrase(said['p'])}, paired t)."
        f"{_validation(said)}"
    )


def _spread(said: Said) -> str:
    how = "as logged" if said["logged"] else "over the folds of this configuration"
    return f"{said['metric']} varies between folds with an sd of {_points(said['value'])}, {how}"


def _looked(said: Said) -> str:
    experiments = f" in {said['experiments']:experiment}" if said["experiments"] > 1 else ""
    one = said["n"] == 1
    return (
        f"{said['n']:configuration}{experiments} {'was' if one else 'were'} scored on these test rows "
        f"({flat(said['data'])}{', the same as far as MLflow looks' if said['by_digest'] else ''})"
    )


def _looked_often(said: Said) -> str:
    if said["luck"] is None:
        return f"{_looked(said)}: the best of them looks better than it is, and no replicates tell by how much."
    luck = _points(said["luck"]) if said["share"] else plain(float(f"{said['luck']:.2g}"))
    return (
        f"{_looked(said)}: were all equally good, the best would still look {luck} too good in {said['metric']} by the "
        "luck of seeds alone."
    )


def _same_data(said: Said) -> str:
    """Of several digests how many."""
    digests = "one digest" if said["n"] == 1 else f"{said['n']:digest} in common"
    return (
        f"Training data ({_named(said['train'])}) and test data ({_named(said['test'])}) have {digests}: they are the "
        f"same as far as MLflow looks, which is {AS_FAR_AS}."
    )


def _other_data(said: Said) -> str:
    return f"Training data ({_named(said['train'])}) and test data ({_named(said['test'])}) differ in every digest."


def _fitted(said: Said) -> str:
    of = "" if said["of"] == said["n"] else f" (of {said['of']:step})"
    return f"{_named(said['names'])}{of}"


def _fitted_on_all(said: Said) -> str:
    verb = "has" if said["n"] == 1 else "have"
    return (
        f"{_fitted(said)} {verb} the numbers of a fit on all rows, the held-out ones among them, not "
        f"of one on the training rows."
    )


def _fitted_on_others(said: Said) -> str:
    verb = "has" if said["n"] == 1 else "have"
    return f"{_fitted(said)} {verb} the numbers of neither a fit on the training rows nor one on all rows."


def _fitted_on_train(said: Said) -> str:
    return f"All that was logged was fitted on the training rows alone: {_named(said['names'])}."


def _features(what: str) -> Words:
    def words(said: Said) -> str:
        return f"Among the {said['most']} most important features {said['n']:is|are} {_named(said['names'])}: {what}."

    return words


def _one_feature(said: Said) -> str:
    return (
        f"{flat(short(said['name'], _LONGEST))} alone has {percent(said['share'])} of all importance, more than "
        f"{percent(said['limit'])}: is it made from the target, or known only after it?"
    )


def _no_metric_for_worth(said: Said) -> str:
    held = f"; there are {_named(said['columns'])}" if said["columns"] else ""
    asked = f" {said['metric']}" if said["metric"] else " that is a mean over examples"
    return f"No example has a score of a metric{asked}, so what the finding is worth can't be told{held}."


WORDS: Mapping[Code, Words] = {
    Says.NO_PAIR: "No metric is logged for training and held-out rows alike, such as train_accuracy and accuracy.",
    Says.NO_SHARE_PAIR: (
        "No share is logged for training and held-out rows alike, such as train_accuracy and accuracy."
    ),
    Says.NO_HELD_SCORE: "No held-out score of a kind that hardly comes near 1 is logged ({kinds}).",
    Says.REPLICATES_MISSING: "Fewer than {needed} replicates log a metric for training and held-out rows that varies.",
    Says.NO_FOLDS: "No spread over folds is logged, and no three runs that name their fold in a param.",
    Says.NO_TEST_DATA: "No test rows are logged: mlflow.log_input(data, context='test') or evidence.log_splits.",
    Says.EQUAL_SCORES: _equal_scores,
    Says.EQUAL_ONCE: _equal_once,
    Says.SATURATED: _saturated,
    Says.DIFFERENT_SCORES: "Training and held-out rows score differently in {n:metric}.",
    Says.GAP_LARGE: _gap_large,
    Says.GAP_SMALL: _gap_small,
    Says.TOO_GOOD: _too_good,
    Says.NOT_TOO_GOOD: _not_too_good,
    Says.TEST_BETTER: _test_better,
    Says.TEST_NOT_BETTER: _test_not_better,
    Says.FOLDS_UNEVEN: lambda said: (
        f"{_spread(said)}, more than {_limit(said)}: some folds are easier, or share rows with what they are tested on."
    ),
    Says.FOLDS_EVEN: lambda said: f"{_spread(said)} (limit {_limit(said)}).",
    Says.LOOKED_OFTEN: _looked_often,
    Says.LOOKED_SELDOM: lambda said: f"{_looked(said)}, no more than {said['limit']:,}.",
    Data.NO_INPUTS: "Neither training nor test data are logged; {train} and {test} log them.",
    Data.NO_TRAINING_INPUT: f"Test data are logged and no training data; {{line}} logs them. {_FIRST_CONTEXT}",
    Data.NO_TEST_INPUT: f"Training data are logged and no test data; {{line}} logs them. {_FIRST_CONTEXT}",
    Data.NO_DIGEST: lambda said: (
        f"{_named(said['names'])} {said['n']:has|have} no digest, so that nobody can tell training from test data."
    ),
    Data.SAME_DATA: _same_data,
    Data.OTHER_DATA: _other_data,
    Training.NO_PREPROCESSING: "No fitted step is logged; {line} logs one.",
    Training.PREPROCESSING_DAMAGED: "{file} holds no fitted step that can be read; log it again.",
    Training.FITTED_ON_ALL: _fitted_on_all,
    Training.FITTED_ON_OTHERS: _fitted_on_others,
    Training.FITTED_ON_TRAIN: _fitted_on_train,
    Training.NO_IMPORTANCE: "No feature importance is logged; {line} logs it.",
    Training.IMPORTANCE_DAMAGED: "{file} holds no feature importance that can be read; log it again.",
    Training.IMPORTANCE_TOO_MANY: "{file} names {n:feature}, more than the {most:,} that are read; log fewer.",
    Training.NAMED_LIKE_ID: _features("named like an identifier, which should tell nothing about a new example"),
    Training.NAMED_LIKE_TARGET: _features("named like a target"),
    Training.ONE_FEATURE: _one_feature,
    Training.UNEXPECTED_FEATURE: _features("not among those that the policy expects"),
    Training.FEATURES_PLAIN: lambda said: (
        f"Nothing odd among the {said['most']} most important features; "
        f"{flat(short(said['names'][0], _LONGEST))} leads "
        f"with {percent(said['share'])}."
    ),
    EvidenceNote.NOT_LOOKED_INTO: "Its files were not looked at: of one question those of {most:run} are.",
    EvidenceNote.NOT_FETCHED: "The store did not hand out the evidence within {seconds:second}; asking again goes on.",
    EvidenceNote.STEPS_CUT: "{n:step} more {n:is|are} logged than the {most:,} that are looked at.",
    WorthNote.NAMES_NO_EXAMPLES: "This check names no examples, so no score without them can be told.",
    WorthNote.NO_METRIC_FOR_WORTH: _no_metric_for_worth,
    WorthNote.UNKNOWN_EXAMPLES: (
        "None of {n:example} that are named has a score of its own, so nothing can be left out."
    ),
    EvidenceNote.FILES_CUT: "The files of {n:run} more were not looked at: of one question those of {most:run} are.",
    EvidenceNote.OTHER_THAN_TAGGED: "{path} is another file now than the run's tag says; what it holds now is told.",
}
