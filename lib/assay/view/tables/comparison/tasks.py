"""Several tasks as tables: the sides over all of them, every task by itself, and the runs behind both."""

from itertools import zip_longest
from urllib.parse import quote

import pandas as pd

from assay.model.comparison.answer import Candidate, Comparison
from assay.model.comparison.question import Aim
from assay.model.comparison.side import Side
from assay.model.comparison.tasks import (
    Aggregate,
    CandidateOverTasks,
    Curve,
    Estimate,
    OverTasks,
    SideOverTasks,
    TaskDifference,
)
from assay.view.tables.column import Column, Table
from assay.view.tables.comparison import figures
from assay.view.tables.comparison.sides import Row, limits, mark, verdicts
from assay.view.text.comparison.facts import corrected, left_out, one_sided
from assay.view.text.comparison.scale import of_task
from assay.view.text.comparison.tasks import TERMS
from assay.view.text.escape import csv_cell, flat, short
from assay.view.text.notes import words
from assay.view.text.numbers import MISSING, Scale, p_value, percent

_NAME = 80
_CHANCE = Scale(100.0, "%", "points", 0)
_NO_SIDE, _NO_CANDIDATE = SideOverTasks({}, Curve()), CandidateOverTasks({}, None)


def aggregates(found: Comparison, scale: Scale) -> Table:
    """The baseline, then every candidate: n, each aggregate with its interval, the difference, p and verdict."""
    first, over = found.first, found.first.tasks
    assert over is not None
    sides = over.sides or (_NO_SIDE,) * len(first.sides)
    names = [name for name in Aggregate if over.target is not None or name is not Aggregate.OPTIMALITY_GAP]
    rows = [_side(found, first.baseline, sides[0], scale)]
    apart = over.candidates or (_NO_CANDIDATE,) * len(first.candidates)
    for candidate, own, beside in zip(first.candidates, sides[1:], apart, strict=True):
        rows.append(_side(found, candidate.side, own, scale) | _apart(found, candidate, beside, scale))
    level = percent(found.rules.level)
    columns = {
        "side": Column("side", pinned=True),
        "n": Column("runs", "number", "%,d", width=52),
        **{name.value: Column(f"{TERMS[name]}, {level} CI", "right") for name in names},
        "difference": Column(f"difference of {TERMS[Aggregate.IQM]}s, {level} CI", "right"),
        "p": Column(f"p{one_sided(found.rules)}{corrected(found.rules, found.comparisons)}", "right"),
        "improvement": Column(f"P(better than baseline), %, {level} CI", "right"),
        "verdict": verdicts(seeds=True),
        "excluded": Column("left out"),
    }
    if not any(row["excluded"] for row in rows):
        del columns["excluded"]
    alt, spare = f"Baseline and candidates over all tasks on {flat(first.metric.name)}", ("excluded", "median", "mean")
    return Table(pd.DataFrame(rows), columns, alt, figures.aggregates(found), spare)


def by_task(found: Comparison) -> Table:
    """A row per task and candidate, in the unit that was logged; p over all of these rows."""
    first, over = found.first, found.first.tasks
    assert over is not None
    rows = [_row(found, over, row) for row in over.rows]
    base, *others = map(flat, found.labels)
    columns = {
        "task": Column(flat(over.param), pinned=True),
        "candidate": Column("candidate"),
        "n": Column("n", "right", width=70),
        "baseline": Column(f"{base}, mean ± std", "right"),
        "value": Column(f"{others[0] if found.single else 'candidate'}, mean ± std", "right"),
        "difference": Column("difference", "right"),
        "interval": Column(f"{percent(found.rules.level)} CI", "right"),
        "p": Column(f"p{corrected(found.rules.of_slices, len(over.rows))}", "right"),
        "verdict": verdicts(seeds=True),
        "reason": Column("why not"),
    }
    if found.single:
        del columns["candidate"]
    if not any(row["reason"] for row in rows):
        del columns["reason"]
    alt = f"Differences on each task on {flat(first.metric.name)}"
    return Table(pd.DataFrame(rows, columns=list(columns)), columns, alt, figures.by_task(found), ("reason", "n"))


def runs(found: Comparison) -> Table:
    """Every run that counts, with its task, seed and score as logged, and the way to its own page."""
    over = found.first.tasks
    assert over is not None
    rows = [
        {
            "task": csv_cell(short(row.task, _NAME)),
            "side": csv_cell(flat(found.labels[place])),
            "seed": MISSING if one.seed is None else csv_cell(flat(one.seed)),
            "score": of_task(over.logged, row).value(score),
            "run": f"./?run={quote(run_id)}",
        }
        for row in over.rows
        for place, side in ((0, row.baseline), (row.place, row.candidate))[row.place > 1 :]
        for one in side.sample.replicates
        for run_id, score in zip_longest(one.run_ids, one.scores)
    ]
    columns = {
        "task": Column(flat(over.param), pinned=True),
        "side": Column("side"),
        "seed": Column("seed", "right"),
        "score": Column(flat(over.logged.name), "right"),
        "run": Column("run", "link", r"run=(.{1,8})"),
    }
    return Table(pd.DataFrame(rows, columns=list(columns)), columns, "Runs behind the comparison over tasks")


def _side(found: Comparison, side: Side, own: SideOverTasks, scale: Scale) -> Row:
    base = side is found.first.baseline
    return {
        "side": csv_cell(f"{flat(side.label)}{' (baseline)' if base else ''}"),
        "n": side.replicates,
        **{name.value: _estimate(own.aggregates.get(name), scale) for name in Aggregate},
        "difference": MISSING,
        "p": MISSING,
        "improvement": MISSING,
        "verdict": [],
        "excluded": left_out(found.first, side),
    }


def _apart(found: Comparison, candidate: Candidate, beside: CandidateOverTasks, scale: Scale) -> Row:
    difference = candidate.difference
    known = None if difference.value is None else Estimate(difference.value, difference.interval)
    return {
        "difference": _estimate(known, scale, signed=True),
        "p": p_value(difference.p_adjusted),
        "improvement": _estimate(beside.improvement, _CHANCE),
        "verdict": [mark(difference, found.rules.aim, seeds=True)],
    }


def _estimate(found: Estimate | None, scale: Scale, *, signed: bool = False) -> str:
    """`0.72 [0.65, 0.80]`."""
    if found is None:
        return MISSING
    ends = found.interval and (found.interval.low, found.interval.high)
    shown = scale.bare(found.value, signed=signed)
    return f"{shown} [{', '.join(scale.bare(end, signed=signed) for end in ends)}]" if ends else shown


def _row(found: Comparison, over: OverTasks, row: TaskDifference) -> Row:
    scale, difference = of_task(over.logged, row), row.difference
    return {
        "task": csv_cell(short(row.task, _NAME)),
        "candidate": csv_cell(flat(found.labels[row.place])),
        "n": f"{row.baseline.replicates:,} + {row.candidate.replicates:,}",
        "baseline": scale.spread(row.baseline.value, row.baseline.std),
        "value": scale.spread(row.candidate.value, row.candidate.std),
        "difference": scale.bare(difference.value, signed=True),
        "interval": limits(difference.interval, scale),
        "p": p_value(difference.p_adjusted),
        "verdict": [mark(difference, Aim.BETTER, seeds=True)],
        "reason": words(difference.reason, found.labels),
    }
