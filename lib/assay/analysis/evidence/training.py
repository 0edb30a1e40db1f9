"""What do preprocessing and features of a training say of leakage?"""

from collections.abc import Mapping, Sequence

from assay.model.evidence.check import Check, CheckStatus
from assay.model.evidence.files import FEATURE_IMPORTANCE, LOGGED_BY, PREPROCESSING
from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.notes import TrainingNote as Says
from assay.model.evidence.policy import LeakagePolicy
from assay.model.evidence.training import FeatureShare, FittedOn, FittedStep
from assay.model.note import Note, Quote, note
from assay.model.patterns import any_match

_STATUS: Mapping[FittedOn, CheckStatus] = {
    "all": CheckStatus.FAIL,
    "neither": CheckStatus.WARN,
    "train": CheckStatus.PASS,
}
_SAYS: Mapping[FittedOn, Says] = {
    "all": Says.FITTED_ON_ALL,
    "neither": Says.FITTED_ON_OTHERS,
    "train": Says.FITTED_ON_TRAIN,
}


def preprocessing_fit(steps: Sequence[FittedStep], why: Note | None = None) -> Check:
    """The worst of the logged steps; `why`: what is wrong with a file of theirs, with which no step makes a pass."""
    check = LeakageCheck.PREPROCESSING_FIT
    worst = max(steps, key=lambda one: _STATUS[one.fitted_on].severity, default=None)
    if worst is None or (why and _STATUS[worst.fitted_on] is CheckStatus.PASS):
        said = why or note(Says.NO_PREPROCESSING, line=Quote(LOGGED_BY[PREPROCESSING]))
        return Check(check, CheckStatus.NOT_LOGGED, said)
    alike = tuple(one.name for one in steps if one.fitted_on == worst.fitted_on)
    said = note(_SAYS[worst.fitted_on], names=alike, n=len(alike), of=len(steps))
    failed = sum(one.fitted_on == "all" for one in steps)
    return Check(check, _STATUS[worst.fitted_on], said, failed, 0, (PREPROCESSING,))


def feature_names(shares: Sequence[FeatureShare], rules: LeakagePolicy, why: Note | None = None) -> Check:
    """The most important features, largest first; `why` as above."""
    check = LeakageCheck.FEATURE_NAMES
    top = list(shares)[: rules.top_features]
    if not top:
        said = why or note(Says.NO_IMPORTANCE, line=Quote(LOGGED_BY[FEATURE_IMPORTANCE]))
        return Check(check, CheckStatus.NOT_LOGGED, said)
    said = _odd(top, rules)
    status = CheckStatus.PASS if said.code is Says.FEATURES_PLAIN else CheckStatus.WARN
    return Check(check, status, said, top[0].share, rules.feature_share, (FEATURE_IMPORTANCE,))


def _odd(top: Sequence[FeatureShare], rules: LeakagePolicy) -> Note:
    kinds = (
        (Says.NAMED_LIKE_TARGET, rules.target_features),
        (Says.NAMED_LIKE_ID, rules.identifier_features),
    )
    for code, patterns in kinds:
        if names := tuple(one.feature for one in top if any_match(one.feature, patterns)):
            return note(code, names=names, n=len(names), most=len(top))
    if top[0].share > rules.feature_share:
        return note(Says.ONE_FEATURE, name=top[0].feature, share=top[0].share, limit=rules.feature_share)
    expected = rules.expected_features
    if odd := tuple(one.feature for one in top if expected and not any_match(one.feature, expected)):
        return note(Says.UNEXPECTED_FEATURE, names=odd, n=len(odd), most=len(top))
    return note(Says.FEATURES_PLAIN, names=tuple(one.feature for one in top), most=len(top), share=top[0].share)
