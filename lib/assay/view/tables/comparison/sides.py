"""A comparison's sides as a table, and the params that set them apart."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

import pandas as pd

from assay.model.comparison import Candidate, Comparison, Interval, Side
from assay.view.tables import strips
from assay.view.tables.column import Column, Table
from assay.view.text.comparison.sentences import excluded
from assay.view.text.escape import csv_cell, flat, markdown, short
from assay.view.text.numbers import MISSING, Scale, p_value, percent
from assay.view.text.verdicts import MARKS

# Two values of this length stand beside each other in a card; whole ones are on the runs' own pages.
_LONGEST = 26


def sides(comparison: Comparison, scale: Scale) -> Table:
    """The baseline, then every candidate: n, mean ± std, interval, difference with its interval, p, verdict."""
    rows = [_side(comparison.baseline, scale, "baseline")]
    rows += [_candidate(candidate, scale) for candidate in comparison.candidates]
    everyone = [comparison.baseline, *(c.side for c in comparison.candidates)]
    scores = [[score.value for score in side.sample.scores] for side in everyone]
    span = strips.span(scores)
    for row, values in zip(rows, scores, strict=True):
        row["strip"] = strips.strip(values, *span) if span else None
    level = percent(comparison.level)
    points = f", {scale.difference_unit}" if scale.difference_unit else ""
    adjusted = comparison.correction != "none" and comparison.comparisons > 1
    correction = f", {comparison.correction.capitalize()} over {comparison.comparisons}" if adjusted else ""
    columns = {
        "side": Column("side", pinned=True, width=_width([str(row["side"]) for row in rows])),
        "n": Column("n", "number", "%,d", width=44),
        "mean": Column(f"{flat(scale.header(comparison.metric))}, mean ± std", "right"),
        "strip": Column(_seeds(span, scale), "strip", width=strips.WIDTH + 20),
        "interval": Column(f"{level} CI of the mean", "right"),
        "difference": Column(f"difference{points}", "right"),
        "limits": Column(f"{level} CI of the difference", "right"),
        "p": Column(f"p{correction}", "right"),
        "verdict": Column("verdict", "marks", colours={m.label: m.colour for m in MARKS.values()}),
        "excluded": Column("left out"),
    }
    if not any(row["excluded"] for row in rows):
        del columns["excluded"]
    if span is None:
        del columns["strip"]
    return Table(pd.DataFrame(rows), columns, f"Baseline and candidates compared on {flat(comparison.metric)}")


def scores(comparison: Comparison, scale: Scale) -> Table:
    """Every run that counts, with its seed and score, and the way to its own page."""
    rows = [
        {
            "side": csv_cell(flat(side.sample.label)),
            "seed": MISSING if score.seed is None else csv_cell(flat(score.seed)),
            "score": scale.bare(score.value),
            "run": f"./?run={quote(score.run_id)}",
        }
        for side in (comparison.baseline, *(candidate.side for candidate in comparison.candidates))
        for score in side.sample.scores
    ]
    columns = {
        "side": Column("side", pinned=True),
        "seed": Column("seed", "right"),
        "score": Column(flat(scale.header(comparison.metric)), "right"),
        "run": Column("run", "link", r"run=(.{1,8})"),
    }
    alt = f"Runs behind the comparison on {flat(comparison.metric)}"
    return Table(pd.DataFrame(rows, columns=list(columns)), columns, alt)


def _seeds(span: tuple[float, float] | None, scale: Scale) -> str:
    limits = scale.limits(*span, signed=False) if span else ""
    return f"seeds, {limits} {scale.unit}".rstrip()


def _side(side: Side, scale: Scale, role: str = "") -> dict[str, object]:
    name = flat(side.sample.label)
    return {
        "side": csv_cell(f"{name} ({role})" if role and name != role else name),
        "n": side.replicates,
        "mean": scale.spread(side.mean, side.std),
        "interval": _limits(side.interval, scale, signed=False),
        "difference": MISSING,
        "limits": MISSING,
        "p": MISSING,
        "verdict": [],
        "excluded": excluded(dict(side.sample.excluded)),
    }


def _candidate(candidate: Candidate, scale: Scale) -> dict[str, object]:
    difference = candidate.difference
    return {
        **_side(candidate.side, scale),
        "difference": scale.bare(difference.mean, signed=True),
        "limits": _limits(difference.interval, scale, signed=True),
        "p": p_value(difference.p_adjusted),
        "verdict": [MARKS[difference.verdict].label],
    }


def _limits(interval: Interval | None, scale: Scale, *, signed: bool) -> str:
    return MISSING if interval is None else scale.limits(interval.low, interval.high, signed=signed)


def params(labels: Sequence[str], values: Mapping[str, Sequence[str | None]]) -> pd.DataFrame:
    """Params that differ as Markdown that shows them letter by letter: one row a param, one column a side."""
    headers = _distinct([markdown(label) for label in labels])
    rows = {
        markdown(key): [MISSING if value is None else markdown(short(value, _LONGEST)) or "“”" for value in row]
        for key, row in values.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=headers)


def plain_params(labels: Sequence[str], values: Mapping[str, Sequence[str | None]]) -> Table:
    """The same for many sides, as a table that scrolls: one row a side, one column a param."""
    frame = pd.DataFrame(
        {f"param:{key}": [None if v is None else csv_cell(flat(v)) for v in row] for key, row in values.items()}
    )
    frame.insert(0, "side", [csv_cell(flat(label)) for label in labels])
    columns = {"side": Column("side", pinned=True, width=_width(list(frame["side"])))}
    columns |= {f"param:{key}": Column(flat(key)) for key in values}
    return Table(frame, columns, "Parameters that differ between the sides")


def _distinct(headers: list[str]) -> list[str]:
    """Headers made unique, so that no column hides another."""
    return [h if headers.index(h) == i else f"{h} ({headers[: i + 1].count(h)})" for i, h in enumerate(headers)]


def _width(labels: Sequence[str]) -> int:
    return min(max(90, 24 + 7 * max((len(label) for label in labels), default=10)), 340)
