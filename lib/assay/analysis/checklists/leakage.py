"""What do the checks on leakage, and the splits that they read, prove of a candidate's runs?"""

from collections.abc import Mapping

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.checklist import Proof, ProofOf
from assay.model.evidence.leakage import PROOFS, Leakage, LeakageCheck
from assay.model.evidence.proofs import ProofNote as Says
from assay.model.evidence.splits import SplitFacts, SplitRole
from assay.model.note import Value, note

Splits = Mapping[str, SplitFacts | None]
"""What each run logged of its splits."""


def no_leak(found: Leakage) -> Proof:
    """No check fails in any run, and one that shows the leak itself could look in all of them; a warning is for people
    to judge.
    """
    counts = {check: found.summary[check] for check in LeakageCheck}
    worst = max((row.worst for row in found.rows), key=lambda one: one.check.status.severity, default=None)
    n = sum(own.get(CheckStatus.FAIL, 0) > 0 for own in counts.values())
    if worst is not None and n:
        return _of(False, Says.LEAKS, worst.run_id, worst.check.check, n=n, finding=worst.check.note)
    sure = [check for check in PROOFS if counts[check].get(CheckStatus.PASS, 0) == found.runs]
    if worst is None or not sure:
        return _of(None, Says.NONE_LEAKS, n=0, of=len(PROOFS))
    if warned := sum(own.get(CheckStatus.WARN, 0) > 0 for own in counts.values()):
        return _of(None, Says.SIGNS_OF_LEAKS, worst.run_id, worst.check.check, n=warned, finding=worst.check.note)
    passes = sum(own.get(CheckStatus.PASS, 0) == found.runs for own in counts.values())
    return _of(True, Says.NONE_LEAKS, n=passes, of=len(counts))


def splits_logged(splits: Splits) -> Proof:
    """By every run."""
    known = [run_id for run_id, own in splits.items() if own is not None]
    if len(known) < len(splits):
        return _of(None, Says.RUNS_WITHOUT_SPLITS, n=len(splits) - len(known), of=len(splits))
    rows = {own.rows for own in splits.values() if own is not None}
    return _of(True, Says.SPLITS_KNOWN, known[0] if known else "", n=len(known), least=min(rows), most=max(rows))


def hold_out(splits: Splits) -> Proof:
    """Test rows in every fold of every run, and no example of them among the training rows."""
    if (silent := splits_logged(splits)).holds is None:
        return silent
    without = [run_id for run_id, own in splits.items() if own and not all(one.test for one in own.sizes)]
    if without:
        return _of(None, Says.NO_TEST_ROWS, without[0], n=len(without), of=len(splits))
    shared = {run_id: _shared(own) for run_id, own in splits.items() if own}
    worst = max(shared, key=lambda run_id: shared[run_id])
    if shared[worst]:
        return _of(False, Says.NOT_HELD_OUT, worst, LeakageCheck.SHARED_IDS, n=shared[worst])
    tests = [one.test for own in splits.values() if own for one in own.sizes]
    return _of(True, Says.HELD_OUT, worst, LeakageCheck.SHARED_IDS, least=min(tests), most=max(tests))


def three_splits(splits: Splits) -> Proof:
    """Training, validation and test rows in every fold of every run."""
    if (silent := splits_logged(splits)).holds is None:
        return silent
    sizes = {(run_id, one) for run_id, own in splits.items() if own for one in own.sizes}
    for run_id, one in sorted(sizes, key=lambda pair: pair[0]):
        missing = tuple(role.value for role in SplitRole if not one.of(role))
        if missing:
            return _of(False, Says.TWO_WAYS, run_id, LeakageCheck.SPLIT_SIZES, missing=missing)
    run_id, one = min(sizes, key=lambda pair: pair[1].test)
    about: dict[str, Value] = {role.value: one.of(role) for role in SplitRole}
    return _of(True, Says.THREE_WAYS, run_id, LeakageCheck.SPLIT_SIZES, **about)


def _shared(facts: SplitFacts) -> int:
    held = (pair.ids.n for pair in facts.pairs if (pair.train, pair.held) == (SplitRole.TRAIN, SplitRole.TEST))
    return max(held, default=0)


def _of(holds: bool | None, code: Says, run_id: str = "", of_check: str = "", **values: Value) -> Proof:
    return Proof(ProofOf.LEAKAGE, holds, note(code, **values), run_id, of_check)
