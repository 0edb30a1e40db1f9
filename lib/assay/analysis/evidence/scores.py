"""What do the metrics of runs say of leakage? Every run at once."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import stdtr

from assay.analysis.digits import witnessing
from assay.analysis.evidence.logged import Array, Codes, LoggedScores, ScorePair
from assay.analysis.evidence.verdicts import Mask, Statuses, Verdicts, status_of, statuses
from assay.model.evidence.check import Check, CheckStatus
from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.notes import ScoreNote as Says
from assay.model.evidence.policy import LeakagePolicy
from assay.model.note import Note, note

_WHOLE = 100.0
_SIGNIFICANT = 12
"""Digits by which a score and its complement are told to be one witness."""
FEWEST_REPLICATES = 3
_FEWEST_COARSE = 5


def train_equals_test(scores: LoggedScores) -> Verdicts:
    """Two metrics that agree in every digit, or one in three replicates, were made of the same rows.

    Shares of few rows and scores of few digits agree by chance: at least one of the two has to be neither, and so have
    three of the replicates, of which at least half agree. A metric that is 1 less another one is no second witness.
    What is 0 or 1 on both sides is for people to judge.
    """
    equal, ends = _equal(scores)
    both = _both(scores)
    fine = _fine(scores, equal)
    repeated = _repeated(scores, equal, fine, both & ~ends)
    some = np.asarray((equal | ends).any(axis=1))
    sure = np.asarray(_two_witnesses(scores, equal, fine) | repeated.any(axis=1))
    silent = np.asarray(~both.any(axis=1))
    status = statuses(scores.n, not_logged=silent, warn=some, fail=sure)

    def say(at: int) -> Check:
        own = [pair for k, pair in enumerate(scores.pairs) if equal[at, k] or ends[at, k]]
        if not own:
            n = int(both[at].sum())
            said = note(Says.DIFFERENT_SCORES, n=n) if n else note(Says.NO_PAIR)
            return _silent(LeakageCheck.TRAIN_EQUALS_TEST, status, at, said)
        pair = next((pair for k, pair in enumerate(scores.pairs) if repeated[at, k]), own[0])
        only_ends = not equal[at].any()
        code = Says.SATURATED if only_ends else Says.EQUAL_SCORES if status[at] == _FAIL else Says.EQUAL_ONCE
        names = tuple(f"{one.train} = {one.held}" for one in own)
        said = note(code, metric=pair.held, train=pair.train, value=float(scores.column(pair.held)[at]),
                    names=names, n=len(own), replicates=bool(repeated[at].any()), role=pair.role.value)  # fmt: skip
        sources = tuple(name for one in own for name in (one.train, one.held))
        return Check(LeakageCheck.TRAIN_EQUALS_TEST, status_of(status[at]), said, float(len(own)), 0.0, sources)

    return Verdicts(status, np.where(some, (equal | ends).sum(axis=1), np.nan), say)


def _equal(scores: LoggedScores) -> tuple[Mask, Mask]:
    """Runs × pairs: which agree in every digit within the scale, and which at an end of it."""
    equal, ends = np.zeros((scores.n, len(scores.pairs)), bool), np.zeros((scores.n, len(scores.pairs)), bool)
    for k, pair in enumerate(scores.pairs):
        train, held = scores.column(pair.train), scores.column(pair.held)
        same = np.isfinite(held) & (train == held)
        end = (held == 0) | (held == scores.scale(pair.held))
        equal[:, k], ends[:, k] = same & ~end, same & end
    return equal, ends


def _both(scores: LoggedScores) -> Mask:
    """Runs × pairs: which logged both."""
    found = [np.isfinite(scores.column(pair.train)) & np.isfinite(scores.column(pair.held)) for pair in scores.pairs]
    return np.stack(found, axis=1) if found else np.zeros((scores.n, 0), dtype=bool)


def _fine(scores: LoggedScores, equal: Mask) -> Mask:
    """Those of the `equal` ones that hardly ever agree by chance."""
    found = np.zeros_like(equal)
    for k in np.flatnonzero(equal.any(axis=0)):
        found[equal[:, k], k] = witnessing(scores.column(scores.pairs[k].held)[equal[:, k]])
    return found


def _two_witnesses(scores: LoggedScores, equal: Mask, fine: Mask) -> Mask:
    """Runs of which two different scores agree, one of them a fine one.

    A score, its complement and itself in per cent are one.
    """
    found = np.zeros(scores.n, dtype=bool)
    several = np.flatnonzero((equal.sum(axis=1) >= 2) & fine.any(axis=1))
    for at in several.tolist():
        own = np.array([scores.column(scores.pairs[k].held)[at] for k in np.flatnonzero(equal[at])])
        share = np.where((own > 1) & (own < _WHOLE), own / _WHOLE, own)
        folded = np.where((share > 0.5) & (share < 1), 1 - share, share)
        found[at] = np.unique(np.round(folded, _SIGNIFICANT)).size >= 2
    return found


def _repeated(scores: LoggedScores, equal: Mask, fine: Mask, both: Mask) -> Mask:
    """Runs × pairs: which agree in at least half of the configuration's trainings, three of them with a fine score.

    Or in all of them, five or more: coarse scores agree by chance in up to a quarter of trainings.
    """
    found = np.zeros_like(equal)
    for k in np.flatnonzero(equal.any(axis=0)):
        runs = {"setup": scores.setup, "training": scores.training, "equal": equal[:, k], "fine": fine[:, k]}
        own = pd.DataFrame(runs)[both[:, k] & scores.counts].groupby(["setup", "training"]).max()
        of = own.groupby(level=0).agg({"equal": ["sum", "count"], "fine": "sum"})
        agreeing, trainings = of["equal", "sum"], of["equal", "count"]
        sure = of["fine", "sum"].ge(FEWEST_REPLICATES) & (2 * agreeing).ge(trainings)
        sure |= agreeing.eq(trainings) & trainings.ge(_FEWEST_COARSE)
        found[:, k] = equal[:, k] & np.isin(scores.setup, of.index[sure])
    return found


def train_test_gap(scores: LoggedScores, rules: LeakagePolicy) -> Verdicts:
    """How much better a share is on training rows: of overfitting, since a leak makes it small."""
    gaps = np.full((scores.n, len(scores.pairs)), np.nan)
    for k, pair in enumerate(scores.pairs):
        scale = scores.scale(pair.held)
        alike = scale == scores.scale(pair.train)
        gaps[alike, k] = (
            pair.direction.gain(1.0) * ((scores.column(pair.train) - scores.column(pair.held)) / scale)[alike]
        )
    largest, where = _largest(gaps)
    status = statuses(scores.n, not_logged=np.isnan(largest), warn=largest > rules.train_test_gap + _CRUMB)

    def say(at: int) -> Check:
        if np.isnan(largest[at]):
            return _silent(LeakageCheck.TRAIN_TEST_GAP, status, at, note(Says.NO_SHARE_PAIR))
        pair = scores.pairs[where[at]]
        code = Says.GAP_LARGE if status[at] else Says.GAP_SMALL
        said = note(code, metric=pair.held, train=pair.train, role=pair.role.value, gap=float(largest[at]),
                    limit=rules.train_test_gap)  # fmt: skip
        return Check(LeakageCheck.TRAIN_TEST_GAP, status_of(status[at]), said, float(largest[at]),
                     rules.train_test_gap, (pair.train, pair.held))  # fmt: skip

    return Verdicts(status, largest, say)


def suspicious_score(scores: LoggedScores, rules: LeakagePolicy) -> Verdicts:
    """Held-out scores of a kind that hardly ever comes near 1, as shares."""
    shares = np.full((scores.n, len(scores.held)), np.nan)
    for k, name in enumerate(scores.held):
        shares[:, k] = scores.column(name) / scores.scale(name)
    largest, where = _largest(shares)
    values = _picked([scores.column(name) for name in scores.held], where, np.isfinite(largest))
    status = statuses(scores.n, not_logged=np.isnan(largest), warn=largest > rules.suspicious_score)

    def say(at: int) -> Check:
        check, limit = LeakageCheck.SUSPICIOUS_SCORE, rules.suspicious_score
        if np.isnan(largest[at]):
            return _silent(check, status, at, note(Says.NO_HELD_SCORE, kinds=rules.suspicious_metrics))
        name = scores.held[where[at]]
        scale = float(scores.scale(name)[at])
        code = Says.TOO_GOOD if status[at] else Says.NOT_TOO_GOOD
        value = float(values[at])
        said = note(code, metric=name, value=value, limit=limit * scale, percent=scale > 1)
        return Check(check, status_of(status[at]), said, value, limit * scale, (name,))

    return Verdicts(status, values, say)


def test_better_than_train(scores: LoggedScores, level: float) -> Verdicts:
    """Held-out rows that score better than training rows over the replicates of a configuration, by a paired t.

    Of several metrics the smallest p counts, times how many there are.
    """
    tried = [_better(scores, pair) for pair in scores.pairs]
    p = np.stack([own for own, _, _ in tried], axis=1) if tried else np.full((scores.n, 0), np.nan)
    least, where = _largest(-p)
    family = np.isfinite(p).sum(axis=1)
    adjusted = np.minimum(1.0, -least * family)
    values = _picked([mean for _, mean, _ in tried], where, np.isfinite(least))
    paired = np.asarray(_both(scores).any(axis=1))
    status = statuses(scores.n, not_logged=np.isnan(least), warn=adjusted < 1 - level)

    def say(at: int) -> Check:
        check = LeakageCheck.TEST_BETTER_THAN_TRAIN
        if np.isnan(least[at]):
            said = note(Says.REPLICATES_MISSING, needed=FEWEST_REPLICATES) if paired[at] else note(Says.NO_PAIR)
            return _silent(check, status, at, said)
        pair = scores.pairs[where[at]]
        n = tried[where[at]][2]
        code = Says.TEST_BETTER if status[at] else Says.TEST_NOT_BETTER
        said = note(code, metric=pair.held, train=pair.train, role=pair.role.value, difference=float(values[at]),
                    n=int(n[at]), p=float(adjusted[at]), of=int(family[at]))  # fmt: skip
        return Check(check, status_of(status[at]), said, float(values[at]), 0.0, (pair.train, pair.held))

    return Verdicts(status, values, say)


def _better(scores: LoggedScores, pair: ScorePair) -> tuple[Array, Array, Codes]:
    """Of each run's configuration the one-sided p, the mean gain of held-out over training rows, and the trainings."""
    gain = pair.direction.gain(1.0) * (scores.column(pair.held) - scores.column(pair.train))
    used = np.isfinite(gain) & scores.counts
    own = pd.DataFrame({"setup": scores.setup[used], "training": scores.training[used], "gain": gain[used]})
    found = own.groupby(["setup", "training"])["gain"].mean().groupby(level=0).agg(["mean", "std", "count"])
    enough = found[(found["count"] >= FEWEST_REPLICATES) & (found["std"] > 0)]
    t = enough["mean"] / enough["std"] * np.sqrt(enough["count"])
    p = pd.Series(stdtr(enough["count"] - 1, -t), enough.index)
    whose = pd.Series(scores.setup)
    of = np.where(np.isfinite(gain), whose.map(p).to_numpy(dtype=np.float64), np.nan)
    mean, n = whose.map(enough["mean"]), whose.map(enough["count"]).fillna(0)
    return of, mean.to_numpy(dtype=np.float64), n.to_numpy(dtype=np.int64)


def fold_spread(scores: LoggedScores, rules: LeakagePolicy) -> Verdicts:
    """The sd of a share over folds: as a search logged it, or over runs that name their fold."""
    named = [(name, scores.column(name) / scores.scale(name)) for name in scores.spreads]
    made = [(name, _over_folds(scores, name)) for name in scores.held]
    both = named + made
    spread, where = _largest(np.stack([own for _, own in both], axis=1) if both else np.full((scores.n, 0), np.nan))
    status = statuses(scores.n, not_logged=np.isnan(spread), warn=spread > rules.fold_spread)

    def say(at: int) -> Check:
        check, limit = LeakageCheck.FOLD_SPREAD, rules.fold_spread
        if np.isnan(spread[at]):
            return _silent(check, status, at, note(Says.NO_FOLDS))
        name = both[where[at]][0]
        code = Says.FOLDS_UNEVEN if status[at] else Says.FOLDS_EVEN
        said = note(code, metric=name, value=float(spread[at]), limit=limit, logged=bool(where[at] < len(named)))
        return Check(check, status_of(status[at]), said, float(spread[at]), limit, (name,))

    return Verdicts(status, spread, say)


def _over_folds(scores: LoggedScores, metric: str) -> Array:
    """Of each run's configuration the sd of a held-out share over three folds or more."""
    share = scores.column(metric) / scores.scale(metric)
    used = np.isfinite(share) & scores.counts & (scores.folds >= 0)
    own = pd.DataFrame({"setup": scores.setup[used], "fold": scores.folds[used], "share": share[used]})
    folds = own.groupby(["setup", "fold"])["share"].mean().groupby(level=0).agg(["std", "count"])
    known = folds["std"][folds["count"] >= FEWEST_REPLICATES]
    spread: Array = np.where(used, pd.Series(scores.setup).map(known).to_numpy(dtype=np.float64), np.nan)
    return spread


_FAIL = CheckStatus.FAIL.severity
_CRUMB = 1e-9


def _largest(values: Array) -> tuple[Array, Codes]:
    """Of each row the largest value, NaN where there is none, and its place."""
    if not values.shape[1]:
        return np.full(len(values), np.nan), np.zeros(len(values), dtype=np.int64)
    known = np.where(np.isnan(values), -np.inf, values)
    where = known.argmax(axis=1)
    found = known[np.arange(len(values)), where]
    return np.where(np.isneginf(found), np.nan, found), where


def _picked(columns: Sequence[Array], where: Codes, known: Mask) -> Array:
    """Of each row the value of the column at its place, NaN where it is not known."""
    if not columns:
        return np.full(len(where), np.nan)
    found: Array = np.where(known, np.stack(columns, axis=1)[np.arange(len(where)), where], np.nan)
    return found


def _silent(check: LeakageCheck, status: Statuses, at: int, said: Note) -> Check:
    return Check(check, status_of(status[at]), said)
