"""Which runs repeat one training, and do they agree to the last digit in all that can repeat?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.model.evidence.check import Check, CheckStatus
from assay.model.evidence.notes import RecordNote
from assay.model.evidence.record import RecordCheck
from assay.model.evidence.reproducibility import Repeat
from assay.model.note import Quote, note
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.store import RunStatus

Codes = npt.NDArray[np.int64]

_NAMED = 5


@dataclass(frozen=True, slots=True)
class MetricRange:
    """The smallest and the largest value of a metric among repeats; NaN where only some of them are no number."""

    metric: str
    smallest: float
    largest: float


@dataclass(frozen=True, slots=True)
class SameDigits:
    """Of one group of repeats: how many metrics all of them logged, and those in which they differ."""

    compared: int
    apart: tuple[MetricRange, ...]


def repeats(runs: pd.DataFrame, signatures: "pd.Series[str]") -> Codes:
    """Of each run the number of its group, those with one setup and seed; -1 of a run that nobody repeated.

    Columns: run_id, setup, seed (null: not logged), status, metric_count, excluded. Runs without a seed are repeats
    where one was excluded as such and `signatures` (index: run_id), measured metrics aside, are the same.
    """
    usable = (runs["status"] == RunStatus.FINISHED).to_numpy(dtype=bool) & (runs["metric_count"] > 0).to_numpy(
        dtype=bool
    )
    seeded = runs["seed"].notna().to_numpy(dtype=bool)
    signed = runs["run_id"].map(signatures)
    told = runs["excluded"].eq(Exclusion.REPEAT.value).to_numpy(dtype=bool) & ~seeded
    key = runs["setup"].astype(str) + " " + pd.Series(np.where(seeded, runs["seed"], signed), runs.index).astype(str)
    key = key + np.where(seeded, " seed", " digits")
    found = usable & (seeded | key.isin(key[told]).to_numpy(dtype=bool))
    codes, _ = pd.factorize(key.where(found))
    counts = np.bincount(codes[codes >= 0], minlength=1)
    alone = (codes < 0) | (counts[np.maximum(codes, 0)] < 2)
    return np.where(alone, -1, codes).astype(np.int64)


def same_digits(logged: pd.DataFrame, group_of: Mapping[str, int]) -> dict[int, SameDigits]:
    """Of every group; `logged`: run_id, metric, value of its runs, measured metrics aside."""
    sizes = pd.Series(group_of).value_counts()
    table = logged.assign(group=logged["run_id"].map(group_of)).dropna(subset=["group"])
    cells = table.groupby(["group", "metric"], sort=True)["value"]
    found = cells.agg(size="size", count="count", smallest="min", largest="max").reset_index()
    found = found[found["size"] == found["group"].map(sizes)]
    odd = (found["count"] > 0) & (found["count"] < found["size"])
    found.loc[odd, ["smallest", "largest"]] = np.nan
    differs = odd | ((found["count"] > 0) & (found["smallest"] != found["largest"]))
    counts = found.groupby("group").size()
    rows: dict[int, list[MetricRange]] = {}
    apart = found.loc[differs, ["group", "metric", "smallest", "largest"]]
    for group, metric, smallest, largest in zip(*(apart[name].tolist() for name in apart), strict=True):
        rows.setdefault(int(group), []).append(MetricRange(metric, smallest, largest))
    return {group: SameDigits(int(counts.get(group, 0)), tuple(rows.get(group, ()))) for group in sizes.index.tolist()}


def spread(values: Sequence[float]) -> float | None:
    """The standard deviation between seeds (ddof 1), None below two numbers."""
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    return float(known.std(ddof=1)) if known.size > 1 else None


def repeats_check(alike: Sequence[Repeat], first: Quote | None = None) -> Check:
    """What repeats of one status say together; `first`: the line to log first where one of them fails."""
    status, worst = alike[0].status, alike[0]
    counts = {"groups": len(alike), "runs": sum(len(one.run_ids) for one in alike)}
    if status is CheckStatus.PASS:
        said = note(RecordNote.REPEATED, **counts)
    elif status is CheckStatus.NOT_LOGGED:
        said = note(RecordNote.REPEAT_INCOMPARABLE, **counts)
    elif status is CheckStatus.FAIL:
        said = note(RecordNote.REPEAT_DISAGREES, metric=worst.apart[0].metric.name, first=first or "", **counts)
    elif worst.across:
        names = tuple(dict.fromkeys(field.name for one in alike for field in one.across))
        said = note(RecordNote.REPEAT_DIFFERS, fields=names[:_NAMED], n=len(names), **counts)
    else:
        said = note(RecordNote.REPEAT_UNREAD, **counts)
    return Check(RecordCheck.REPEATS, status, said, sources=("metrics",))


_FIRST = (
    RecordCheck.ENVIRONMENT,
    RecordCheck.CODE_VERSION,
    RecordCheck.CODE_CLEAN,
    RecordCheck.DATA_VERSION,
    RecordCheck.SEEDS,
    RecordCheck.CONTAINER,
)


def logs_first(checks: Sequence[Check]) -> Quote | None:
    """The line that would tell most of why runs with this record disagree; None where nothing is left to log."""
    lacking = {one.check: one for one in reversed(checks) if one.status is not CheckStatus.PASS}
    lines = (dict(lacking[check].note.values).get("line") for check in _FIRST if check in lacking)
    return next((line for line in lines if isinstance(line, Quote)), None)
