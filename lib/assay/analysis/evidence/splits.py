"""What do the logged splits of a run say of leakage?"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from assay.analysis.evidence.copies import excess, expected
from assay.model.evidence.check import Check, CheckStatus, Offenders
from assay.model.evidence.files import LOGGED_BY, SPLITS
from assay.model.evidence.leakage import OF_SPLITS, LeakageCheck
from assay.model.evidence.notes import SplitFiles
from assay.model.evidence.notes import SplitNote as Says
from assay.model.evidence.policy import LeakagePolicy
from assay.model.evidence.splits import PairFacts, Shared, Sizes, SplitFacts, SplitRole
from assay.model.note import Note, Quote, Value, note

_COLUMNS = {
    LeakageCheck.GROUP_OVERLAP: "group",
    LeakageCheck.TEMPORAL_OVERLAP: "time",
    LeakageCheck.DUPLICATE_ROWS: "content_hash",
    LeakageCheck.LABEL_CONFLICTS: "label",
}
_UNUSABLE: Mapping[str, str] = {
    SplitFiles.HASHES_ROUNDED: "content_hash",
    SplitFiles.TIMES_UNREADABLE: "time",
    SplitFiles.TIMES_MIXED: "time",
}
_ARGUMENTS = {"content_hash": "features="}


def not_logged(why: Note | None = None) -> tuple[Check, ...]:
    """Every check on splits where there are none, or none that can be read: `why`."""
    said = why or note(Says.NO_SPLITS, line=Quote(LOGGED_BY[SPLITS]))
    return tuple(Check(check, CheckStatus.NOT_LOGGED, said) for check in OF_SPLITS)


def checks(facts: SplitFacts, rules: LeakagePolicy) -> tuple[Check, ...]:
    """In the order of OF_SPLITS; of several pairs of splits the worst, training against test before the others."""
    return tuple(_CHECKS[check](facts, rules) for check in OF_SPLITS)


def _shared_ids(facts: SplitFacts, rules: LeakagePolicy) -> Check:  # noqa: ARG001
    def one(pair: PairFacts) -> Check:
        code, status = (Says.IDS_SHARED, _bad(pair)) if pair.ids.n else (Says.IDS_APART, CheckStatus.PASS)
        return _check(LeakageCheck.SHARED_IDS, status, _said(code, pair, pair.ids, facts), pair.ids, pair.ids.n, 0)

    return _worst(LeakageCheck.SHARED_IDS, facts, one)


def _group_overlap(facts: SplitFacts, rules: LeakagePolicy) -> Check:  # noqa: ARG001
    def one(pair: PairFacts) -> Check | None:
        found = pair.groups
        if found is None or not found.of:
            return None
        code, status = (Says.GROUPS_SHARED, _bad(pair)) if found.n else (Says.GROUPS_APART, CheckStatus.PASS)
        said = _said(code, pair, found, facts, values=found.values, missing=facts.missing.get("group", 0))
        return _check(LeakageCheck.GROUP_OVERLAP, status, said, found, found.share, 0)

    return _worst(LeakageCheck.GROUP_OVERLAP, facts, one)


def _temporal_overlap(facts: SplitFacts, rules: LeakagePolicy) -> Check:
    limit = rules.temporal_overlap

    def one(pair: PairFacts) -> Check | None:
        order = pair.order
        if order is None or not order.before.of:
            return None
        about: dict[str, Value] = {"last": order.last, "first": order.first}
        if order.constant:
            said = _said(Says.TIMES_EQUAL, pair, order.before, facts, **about)
            return Check(LeakageCheck.TEMPORAL_OVERLAP, CheckStatus.NOT_LOGGED, said, sources=(SPLITS,))
        about |= {"after": order.after, "among": order.among, "missing": facts.missing.get("time", 0)}
        code, status, found = Says.TIMES_APART, CheckStatus.PASS, Shared(of=order.before.of)
        if order.share:
            code, found = Says.TIMES_CROSS, order.before
            status = _bad(pair) if order.share > limit else CheckStatus.WARN
        said = _said(code, pair, order.before, facts, **about)
        return _check(LeakageCheck.TEMPORAL_OVERLAP, status, said, found, order.share, limit)

    return _worst(LeakageCheck.TEMPORAL_OVERLAP, facts, one)


def _duplicate_rows(facts: SplitFacts, rules: LeakagePolicy) -> Check:
    def one(pair: PairFacts) -> Check | None:
        copies = pair.copies
        if copies is None or not copies.held.of or not copies.among:
            return None
        held, limit = copies.held, 0.0 if rules.rows == "unique" else rules.duplicate_rows
        if not held.n:
            said = _said(Says.ROWS_APART, pair, held, facts)
            return _check(LeakageCheck.DUPLICATE_ROWS, CheckStatus.PASS, said, held, 0.0, limit)
        sure = rules.rows == "unique" or (held.share > limit and excess(copies))
        code, status = (Says.ROWS_COPIED, _bad(pair)) if sure else (Says.ROWS_ALIKE, CheckStatus.WARN)
        chance = round(expected(copies)[0])
        said = _said(code, pair, held, facts, expected=chance, repeats=copies.repeats, among=copies.among)
        return _check(LeakageCheck.DUPLICATE_ROWS, status, said, held, held.share, limit)

    return _worst(LeakageCheck.DUPLICATE_ROWS, facts, one)


def _label_conflicts(facts: SplitFacts, rules: LeakagePolicy) -> Check:
    """An example with two labels is wrong; equal rows with two are as well, but where rows repeat by chance anyway."""

    def one(pair: PairFacts) -> Check | None:
        found = pair.conflicts
        if found is None or not found.of:
            return None
        if not found.n:
            said = _said(Says.LABELS_AGREE, pair, found, facts)
            return _check(LeakageCheck.LABEL_CONFLICTS, CheckStatus.PASS, said, found, 0, 0)
        copies = pair.copies
        sure = pair.same_id or (copies and copies.held.n and (rules.rows == "unique" or excess(copies)))
        code, status = (Says.LABELS_CONTRADICT, _bad(pair)) if sure else (Says.LABELS_OPEN, CheckStatus.WARN)
        said = _said(code, pair, found, facts, same_id=pair.same_id)
        return _check(LeakageCheck.LABEL_CONFLICTS, status, said, found, found.n, 0)

    return _worst(LeakageCheck.LABEL_CONFLICTS, facts, one)


def _split_sizes(facts: SplitFacts, rules: LeakagePolicy) -> Check:
    """The smallest test split of the folds; where there is no test at all, of the validation rows.

    Rows of a split whose name says nothing may be the held-out ones that are missing: that is no empty split.
    """
    tested = any(one.test for one in facts.sizes)
    held = SplitRole.TEST if tested else SplitRole.VALIDATION
    smallest = min(facts.sizes, key=lambda one: one.of(held))
    n, limit = smallest.of(held), rules.split_sizes
    about = _totals(facts.sizes) | {"held": held.value, "n": n, "limit": limit}
    empty = next(_empty(facts.sizes, held), None)
    if empty is not None:
        fold, role = empty
        unknown = next((one for one in facts.notes if one.code is SplitFiles.SPLITS_UNKNOWN), None)
        if unknown and role is held and not any(one.of(role) for one in facts.sizes):
            return Check(LeakageCheck.SPLIT_SIZES, CheckStatus.NOT_LOGGED, unknown, sources=(SPLITS,))
        said = note(Says.SPLIT_EMPTY, role=role.value, fold=fold, folds=len(facts.sizes), **_totals(facts.sizes))
        return Check(LeakageCheck.SPLIT_SIZES, CheckStatus.FAIL, said, 0, limit, (SPLITS,))
    small = n < limit
    said = note(Says.TEST_SMALL if small else Says.SIZES, fold=smallest.fold, **about)
    status = CheckStatus.WARN if small else CheckStatus.PASS
    return Check(LeakageCheck.SPLIT_SIZES, status, said, n, limit, (SPLITS,))


def _empty(sizes: Iterable[Sizes], held: SplitRole) -> Iterator[tuple[str, SplitRole]]:
    """The folds without a training row, or without one to hold it against."""
    for one in sizes:
        yield from ((one.fold, role) for role in (SplitRole.TRAIN, held) if not one.of(role))


def _totals(sizes: Iterable[Sizes]) -> dict[str, Value]:
    """Rows of each split, over all folds."""
    every = list(sizes)
    return {role.value: sum(one.of(role) for one in every) for role in SplitRole}


_CHECKS: Mapping[LeakageCheck, Callable[[SplitFacts, LeakagePolicy], Check]] = {
    LeakageCheck.SHARED_IDS: _shared_ids,
    LeakageCheck.GROUP_OVERLAP: _group_overlap,
    LeakageCheck.TEMPORAL_OVERLAP: _temporal_overlap,
    LeakageCheck.DUPLICATE_ROWS: _duplicate_rows,
    LeakageCheck.LABEL_CONFLICTS: _label_conflicts,
    LeakageCheck.SPLIT_SIZES: _split_sizes,
}


def _worst(check: LeakageCheck, facts: SplitFacts, look: Callable[[PairFacts], Check | None]) -> Check:
    """The worst over all pairs; where there is none, or none with the column, why."""
    pairs = sorted(facts.pairs, key=_in_order)
    found = [one for pair in pairs if (one := look(pair)) is not None]
    if found:
        return max(found, key=lambda one: one.status.severity)
    if not pairs:
        names = tuple(name for name in facts.names if name)
        return Check(check, CheckStatus.NOT_LOGGED, note(Says.ONE_SPLIT, names=names), sources=(SPLITS,))
    column = _COLUMNS[check]
    unusable = (one for one in facts.notes if _UNUSABLE.get(one.code) == column)
    code = Says.NO_VALUES if column in facts.missing else Says.SPLITS_WITHOUT
    said = next(unusable, note(code, column=column, argument=_ARGUMENTS.get(column, "")))
    return Check(check, CheckStatus.NOT_LOGGED, said, sources=(SPLITS,))


def _in_order(pair: PairFacts) -> tuple[bool, bool]:
    """Training against test, then against validation, then validation against test."""
    return pair.train is not SplitRole.TRAIN, pair.held is not SplitRole.TEST


def _bad(pair: PairFacts) -> CheckStatus:
    """What is seen on both sides of training and test fails; with validation rows it is to be looked at."""
    fails = pair.train is SplitRole.TRAIN and pair.held is SplitRole.TEST
    return CheckStatus.FAIL if fails else CheckStatus.WARN


def _said(code: Says, pair: PairFacts, found: Shared, facts: SplitFacts, **more: Value) -> Note:
    more |= {"fold": found.fold, "in_folds": found.folds, "folds": len(facts.sizes)}
    return note(code, train=pair.train.value, held=pair.held.value, n=found.n, of=found.of, **more)


def _check(check: LeakageCheck, status: CheckStatus, said: Note, found: Shared, value: float, limit: float) -> Check:
    return Check(check, status, said, value, limit, (SPLITS,), Offenders(found.named, found.n, found.of))
