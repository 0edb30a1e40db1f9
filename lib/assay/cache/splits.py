"""What rows on two sides of a split share, counted by sets within each fold."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from assay.cache.split_files import ROLES, UNREADABLE, SplitTable, read, unreadable
from assay.model.evidence.check import MOST_NAMED, Offender
from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.splits import Copies, PairFacts, Shared, Sizes, SplitFacts, SplitRole, TimeOrder

Counts = dict[int, int]
"""Fold → how many."""

_KEYS = {
    LeakageCheck.SHARED_IDS: ("k",),
    LeakageCheck.DUPLICATE_ROWS: ("h",),
    LeakageCheck.GROUP_OVERLAP: ("g",),
    LeakageCheck.LABEL_CONFLICTS: ("k", "h"),
}
_COLUMNS = {"h": "content_hash", "g": "group", "y": "label", "t": "time"}
_AT_ONCE = BoundedSemaphore(6)
"""Files that are counted at a time, by whomever: each may take as much memory as `split_files` allows."""
_DIFFERS = "b.y IS NOT NULL AND (met.low <> b.y OR met.high <> b.y)"


def facts(path: Path) -> SplitFacts:
    """Everything that the checks need of a file; raises UnreadableError."""
    with _counting(path) as counting:
        return counting.facts()


def offending(path: Path, check: LeakageCheck, train: SplitRole, held: SplitRole) -> set[str]:
    """The ids of all held-out examples that `check` (one of WITH_EXAMPLES) names, whatever the fold.

    Raises UnreadableError.
    """
    with _counting(path) as counting:
        return counting.offending(check, train, held)


@contextmanager
def _counting(path: Path) -> Iterator["_Counting"]:
    with _AT_ONCE:
        table = read(path)
        try:
            yield _Counting(table)
        except UNREADABLE as error:
            raise unreadable(path, error) from None
        finally:
            table.database.close()


class _Counting:
    def __init__(self, table: SplitTable) -> None:
        self._table, self._database = table, table.database

    def facts(self) -> SplitFacts:
        sizes = self._sizes()
        pairs = [(a, b) for a, b in combinations(ROLES, 2) if any(one.of(a) and one.of(b) for one in sizes)]
        return SplitFacts(
            rows=self._table.rows,
            sizes=sizes,
            names=self._table.names,
            missing=self._missing(),
            pairs=tuple(self._pair(*two) for two in pairs),
            notes=self._table.notes,
        )

    def offending(self, check: LeakageCheck, train: SplitRole, held: SplitRole) -> set[str]:
        if check is LeakageCheck.TEMPORAL_OVERLAP:
            ends = f"(SELECT fold, max(t) AS last FROM {_of(train)} GROUP BY fold)"
            return self._ids(f"{_of(held)} b JOIN {ends} USING (fold) WHERE t < last")
        where = _DIFFERS if check is LeakageCheck.LABEL_CONFLICTS else "TRUE"
        found: set[str] = set()
        for key in _KEYS[check]:
            self._meeting(train, held, key)
            found |= self._ids(f"{_of(held)} b JOIN met ON b.{key} = met.key WHERE {where}")
        return found

    def _ids(self, source: str) -> set[str]:
        return {str(one) for (one,) in self._rows(f"SELECT DISTINCT id FROM {source}")}

    def _sizes(self) -> tuple[Sizes, ...]:
        counts: dict[int, dict[int, int]] = {}
        for fold, role, n in self._rows("SELECT fold, role, count(*) FROM held GROUP BY ALL"):
            counts.setdefault(fold, {})[role] = n
        return tuple(
            Sizes(name, *(counts.get(number, {}).get(place, 0) for place in range(len(ROLES))))
            for number, name in enumerate(self._table.folds)
        )

    def _missing(self) -> dict[str, int]:
        there = [name for name in _COLUMNS if name in self._table.columns]
        if not there:
            return {}
        [counts] = self._rows(f"SELECT {', '.join(f'count(*) - count({name})' for name in there)} FROM held")
        return {_COLUMNS[name]: int(n) for name, n in zip(there, counts, strict=True)}

    def _pair(self, train: SplitRole, held: SplitRole) -> PairFacts:
        columns = self._table.columns
        copies = self._copies(train, held) if "h" in columns else None
        conflicts, same_id = self._conflicts(train, held) if "y" in columns else (None, 0)
        return PairFacts(
            train=train,
            held=held,
            ids=self._shared(train, held, "k", train.value),
            copies=copies,
            conflicts=conflicts,
            same_id=same_id,
            groups=self._shared(train, held, "g") if "g" in columns else None,
            order=self._order(train, held) if "t" in columns else None,
        )

    def _meeting(self, train: SplitRole, held: SplitRole, key: str) -> None:
        """The table `met`: keys on both sides with how many training rows have each, and the range of their labels."""
        self._database.execute(
            f"""CREATE OR REPLACE TEMP TABLE met AS SELECT {key} AS key, count(*) AS n, min(y) AS low, max(y) AS high
            FROM {_of(train)} WHERE {key} IN (SELECT {key} FROM {_of(held)}) GROUP BY 1"""
        )

    def _shared(self, train: SplitRole, held: SplitRole, key: str, said: str = "") -> Shared:
        self._meeting(train, held, key)
        return self._told(train, held, key, f"{key} IS NOT NULL", "TRUE", said)

    def _told(self, train: SplitRole, held: SplitRole, key: str, known: str, where: str, said: str = "") -> Shared:
        """Held-out rows whose key is in `met`, where that holds; `said`: what they share, else their own key's name.

        Those are looked at that are `known`, as some training row of their fold has to be.
        """
        source = f"{_of(held)} b JOIN met ON b.{key} = met.key WHERE {where}"
        beside = self._counts(f"SELECT fold, count(*) FROM {_of(train)} WHERE {known} GROUP BY fold")
        every = self._counts(f"SELECT fold, count(*) FROM {_of(held)} WHERE {known} GROUP BY fold")
        own = {fold: n for fold, n in every.items() if fold in beside}
        found = self._counts(f"SELECT fold, count(*) FROM {source} GROUP BY fold")
        if not found:
            return Shared(of=max(own.values(), default=0))
        fold = _worst(found, own)
        [(values,)] = self._rows(f"SELECT count(DISTINCT b.{key}) FROM {source} AND fold = {fold}")
        named = self._rows(f"SELECT b.id, met.n FROM {source} AND fold = {fold} ORDER BY b.id LIMIT {MOST_NAMED}")
        names = self._table.texts("group", held, [example for example, _ in named]) if key == "g" else {}
        return Shared(
            n=found[fold],
            of=own[fold],
            values=int(values),
            fold=self._table.folds[fold],
            folds=len(found),
            named=tuple(Offender(str(i), said or names.get(i, ""), int(n)) for i, n in named),
        )

    def _copies(self, train: SplitRole, held: SplitRole) -> Copies:
        shared = self._shared(train, held, "h")
        among = self._counts(f"SELECT fold, count(h) FROM {_of(train)} GROUP BY fold")
        if not shared.n:
            return Copies(shared, 0, max(among.values()))
        fold = self._table.folds.index(shared.fold)
        within = f"h IS NOT NULL AND fold = {fold}"
        [(repeats,)] = self._rows(
            f"SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM {_of(train)} WHERE {within} "
            "GROUP BY h HAVING count(*) > 1)"
        )
        both = f"role IN ({ROLES.index(train)}, {ROLES.index(held)})"
        often = self._rows(
            f"SELECT n, count(*) FROM (SELECT count(*) AS n FROM held WHERE {both} AND {within} GROUP BY h) "
            "GROUP BY n ORDER BY n"
        )
        return Copies(shared, int(repeats), among[fold], tuple((int(m), int(c)) for m, c in often))

    def _conflicts(self, train: SplitRole, held: SplitRole) -> tuple[Shared, int]:
        """Rows of a training row's id or hash that have another label than one of these; and those of its id."""
        by_id = self._differing(train, held, "k")
        by_hash = self._differing(train, held, "h") if "h" in self._table.columns else by_id
        worse = by_id if by_id.n >= by_hash.n else by_hash
        labels = self._table.texts("label", held, [one.example_id for one in worse.named])
        named = tuple(replace(one, shared=labels.get(one.example_id, "")) for one in worse.named)
        return replace(worse, named=named), by_id.n

    def _differing(self, train: SplitRole, held: SplitRole, key: str) -> Shared:
        self._meeting(train, held, key)
        return self._told(train, held, key, f"{key} IS NOT NULL AND y IS NOT NULL", _DIFFERS, "label")

    def _order(self, train: SplitRole, held: SplitRole) -> TimeOrder:
        sides = f"""SELECT fold, role = {ROLES.index(train)} AS trained, min(t) AS low, max(t) AS high, count(t) AS n
            FROM held WHERE role IN ({ROLES.index(train)}, {ROLES.index(held)}) AND t IS NOT NULL GROUP BY ALL"""
        self._database.execute(
            f"""CREATE OR REPLACE TEMP TABLE ends AS
            SELECT a.fold, a.high AS last, b.low AS first, a.n AS among, b.n AS "of",
            least(a.low, b.low) = greatest(a.high, b.high) AS constant
            FROM ({sides}) a JOIN ({sides}) b ON a.fold = b.fold AND a.trained AND NOT b.trained"""
        )
        before = self._counts(
            f"SELECT fold, count(*) FROM {_of(held)} JOIN ends USING (fold) WHERE t < last GROUP BY 1"
        )
        after = self._counts(
            f"SELECT fold, count(*) FROM {_of(train)} JOIN ends USING (fold) WHERE t > first GROUP BY 1"
        )
        orders = {
            int(fold): TimeOrder(
                Shared(n=before.get(fold, 0), of=int(of), fold=self._table.folds[fold]),
                after.get(fold, 0),
                int(among),
                constant=bool(constant),
            )
            for fold, among, of, constant in self._rows('SELECT fold, among, "of", constant FROM ends ORDER BY fold')
        }
        if not orders:
            return TimeOrder(Shared())
        worst = max(orders, key=lambda fold: (orders[fold].share, -fold))
        [ends] = self._rows(f"SELECT {self._moment('last')}, {self._moment('first')} FROM ends WHERE fold = {worst}")
        last, first = map(_told, ends)
        found = replace(orders[worst], last=last, first=first)
        if not found.share:
            return found
        named = self._rows(
            f"""SELECT id, {self._moment("t")} FROM {_of(held)} JOIN ends USING (fold) WHERE fold = {worst} AND t < last
            ORDER BY t, id LIMIT {MOST_NAMED}"""
        )
        folds = sum(1 for one in orders.values() if one.share)
        offenders = tuple(Offender(str(i), _told(t)) for i, t in named)
        return replace(found, before=replace(found.before, folds=folds, named=offenders))

    def _moment(self, t: str) -> str:
        """SQL for a time to be told: text where times are moments, else the number."""
        return f"strftime(make_timestamp({t}::BIGINT), '%Y-%m-%d %H:%M:%S')" if self._table.clock else t

    def _counts(self, statement: str) -> Counts:
        return {int(fold): int(n) for fold, n in self._rows(statement)}

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        return self._database.execute(statement).fetchall()


def _told(moment: str | float) -> str:
    """A time without what nobody logged of it."""
    if isinstance(moment, str):
        return moment.removesuffix(":00").removesuffix(" 00:00")
    return repr(moment).removesuffix(".0")


def _of(role: SplitRole) -> str:
    return f"(SELECT * FROM held WHERE role = {ROLES.index(role)})"


def _worst(found: Counts, of: Counts) -> int:
    return max(found, key=lambda fold: (found[fold] / of[fold], -fold))
