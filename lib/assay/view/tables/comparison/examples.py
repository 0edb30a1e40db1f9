"""Tables of a comparison by examples: flips, changed examples, slices."""

from collections.abc import Sequence

import pandas as pd

from assay.model.comparison.answer import Candidate, Comparison
from assay.model.comparison.difference import Verdict
from assay.model.comparison.examples import Example, Slice
from assay.view.tables.column import Column, Table
from assay.view.tables.comparison.sides import TOO_FEW, limits, verdicts
from assay.view.text.comparison.facts import corrected
from assay.view.text.escape import csv_cell, flat
from assay.view.text.notes import words
from assay.view.text.numbers import MISSING, Scale, p_value, percent
from assay.view.text.verdicts import MARKS

_MOST_COLUMNS = 3


def flips(found: Comparison) -> Table:
    """How many examples changed between wrong and right under each candidate."""
    rows = [
        {
            "candidate": csv_cell(flat(c.side.label)),
            "lost": c.examined.flips.lost,
            "gained": c.examined.flips.gained,
            "right": c.examined.flips.both_right,
            "wrong": c.examined.flips.both_wrong,
        }
        for c in found.first.candidates
        if c.examined and c.examined.flips
    ]
    columns = {
        "candidate": Column("candidate", pinned=True),
        "lost": Column("right → wrong", "number", "%,d"),
        "gained": Column("wrong → right", "number", "%,d"),
        "right": Column("right under both", "number", "%,d"),
        "wrong": Column("wrong under both", "number", "%,d"),
    }
    return Table(pd.DataFrame(rows), columns, "Examples that changed between right and wrong")


def changes(found: Comparison, candidate: Candidate, examples: Sequence[Example], scale: Scale, what: str) -> Table:
    """Single examples with their scores under both sides and what they can be sliced by."""
    known = candidate.examined.slice_columns if candidate.examined else ()
    slices = [name for name in known if any(name in e.slices for e in examples)][:_MOST_COLUMNS]
    rows = [
        {
            "id": csv_cell(flat(e.example_id)),
            "baseline": scale.bare(e.baseline),
            "candidate": scale.bare(e.candidate),
            "difference": scale.bare(e.difference, signed=True),
            **{f"slice:{name}": csv_cell(flat(e.slices.get(name, MISSING))) for name in slices},
        }
        for e in examples
    ]
    unit = f", {scale.unit}" if scale.unit else ""
    columns = {
        "id": Column("example", pinned=True),
        "baseline": Column(f"{flat(found.first.baseline.label)}{unit}", "right"),
        "candidate": Column(f"{flat(candidate.side.label)}{unit}", "right"),
        "difference": Column("difference", "right"),
        **{f"slice:{name}": Column(flat(name)) for name in slices},
    }
    return Table(pd.DataFrame(rows, columns=list(columns)), columns, what)


def slices(found: Comparison, scale: Scale, *, most: int | None = None) -> Table:
    """A row per candidate and category, worst regressions on top; at most `most`."""
    rows = [
        {
            "candidate": csv_cell(flat(candidate.side.label)),
            "slice": csv_cell(flat(f"{row.column} = {row.category}")),
            "n": row.n,
            "baseline": scale.bare(row.baseline),
            "value": scale.bare(row.candidate),
            "difference": scale.bare(row.difference, signed=True),
            "interval": limits(row.interval, scale),
            "p": p_value(row.p_adjusted),
            "verdict": [TOO_FEW if row.verdict is Verdict.TOO_FEW else MARKS[row.verdict].label],
            "reason": words(row.reason, found.labels),
        }
        for candidate, row in _worst_first(found)[:most]
    ]
    baseline, candidate, *_ = map(flat, found.labels)
    unit = f", {scale.unit}" if scale.unit else ""
    columns = {
        "slice": Column("slice", pinned=True),
        "candidate": Column("candidate"),
        "n": Column("n", "number", "%,d", width=64),
        "baseline": Column(f"{baseline}{unit}", "right"),
        "value": Column(f"{candidate if found.single else 'candidate'}{unit}", "right"),
        "difference": Column("difference", "right"),
        "interval": Column(f"{percent(found.rules.level)} CI", "right"),
        "p": Column(f"p{corrected(found.rules.of_slices, found.slice_comparisons)}", "right"),
        "verdict": verdicts(seeds=False),
        "reason": Column("why not"),
    }
    if found.single:
        del columns["candidate"]
    if not any(row["reason"] for row in rows):
        del columns["reason"]
    return Table(
        pd.DataFrame(rows), columns, "Differences by slice, worst regressions first", spare=("reason", "interval", "n")
    )


def _worst_first(found: Comparison) -> list[tuple[Candidate, Slice]]:
    """The order that each candidate's slices have, over all of them."""
    gain = found.first.metric.direction.gain
    rows = [(c, row) for c in found.first.candidates if c.examined for row in c.examined.slices]
    few, worse = Verdict.TOO_FEW, Verdict.WORSE
    return sorted(rows, key=lambda r: (r[1].verdict is few, r[1].verdict is not worse, gain(r[1].difference)))
