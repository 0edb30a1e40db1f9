"""Single examples with what the runs logged of them: input, label and answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

import pandas as pd

from assay.model.comparison.answer import Candidate, Comparison
from assay.model.comparison.examples import Example
from assay.model.comparison.excerpts import SHORT, Excerpt, Reply
from assay.model.comparison.side import Side
from assay.view.tables.column import Column, Table
from assay.view.tables.comparison import examples as bare
from assay.view.tables.comparison.sides import Row
from assay.view.text.comparison.facts import baseline_of
from assay.view.text.comparison.flips import replied
from assay.view.text.escape import csv_cell, flat
from assay.view.text.numbers import MISSING, Scale

_NOTHING = Excerpt("")
_SIDES = ("baseline", "candidate")


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands beside examples: excerpts by id, images (data URLs) by run and path, links to examples by id."""

    excerpts: Mapping[str, Excerpt] = field(default_factory=dict)
    images: Mapping[tuple[str, str], str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


def changed(
    found: Comparison, candidate: Candidate, rows: Sequence[Example], scale: Scale, what: str, shown: Shown
) -> Table:
    """As `examples.changes`, with input, label and answers where any is known; these say more than flipped scores."""
    table = bare.changes(found, candidate, rows, scale, what)
    excerpts = [shown.excerpts.get(row.example_id, _NOTHING) for row in rows]
    frame, columns = table.frame, dict(table.columns)
    labels = found.first.baseline.label, candidate.side.label
    beside: dict[str, Column] = {}
    if any(one.image for one in excerpts):
        frame["image"] = [shown.images.get(one.image) if one.image else None for one in excerpts]
        columns = {"image": Column("input", "image", width=66)} | columns
    if any(one.input is not None for one in excerpts):
        frame["input"] = [_cell(_cut(one.input, one.letters)) for one in excerpts]
        beside["input"] = Column("input, as logged", width=420)
    if any(one.label is not None for one in excerpts):
        frame["label"] = [_cell(one.label) for one in excerpts]
        beside["label"] = Column("label")
    if any(one.baseline or one.candidate for one in excerpts):
        frame["said-baseline"] = [csv_cell(replied(one.baseline)) for one in excerpts]
        frame["said-candidate"] = [csv_cell(replied(one.candidate)) for one in excerpts]
        flipped = candidate.examined is not None and candidate.examined.flips is not None
        headers = [flat(name) if flipped else f"{flat(name)} said" for name in labels]
        beside |= {f"said-{side}": Column(header) for side, header in zip(_SIDES, headers, strict=True)}
        for name in (*_SIDES, "difference") if flipped else ():
            del columns[name]
    if beside:
        columns = {name: column for name, column in columns.items() if not name.startswith("slice:")}
    place = list(columns).index("id") + 1
    ordered = list(columns.items())
    columns = dict([*ordered[:place], *beside.items(), *ordered[place:]])
    if shown.links:
        frame["link"] = [shown.links.get(row.example_id) for row in rows]
        columns["link"] = Column("link", "link", "open", width=60)
    return Table(frame, columns, what)


def taken(candidate: Candidate, change: str, rows: Sequence[Example], excerpts: Mapping[str, Excerpt]) -> pd.DataFrame:
    """Changed examples for a program: a row each, a column for each figure."""
    return pd.DataFrame(
        [
            {
                "candidate": flat(candidate.side.label),
                "change": change,
                "example": row.example_id,
                **_logged(excerpts.get(row.example_id, _NOTHING)),
                "baseline_mean": row.baseline,
                "candidate_mean": row.candidate,
                "difference": row.difference,
            }
            for row in rows
        ],
        dtype=object,
    )


def kinds(candidate: Candidate) -> Mapping[str, tuple[Example, ...]]:
    """The changed examples of a candidate by the word for the change; flips where scores are right or wrong."""
    one = candidate.examined
    if one is None:
        return {}
    if one.flips:
        return {"broke": one.flips.lost_examples, "mended": one.flips.gained_examples}
    return {"loss": one.losses, "gain": one.gains}


def replies(found: Comparison, each: Sequence[tuple[Candidate, Excerpt]], scale: Scale) -> Table:
    """What every run scored and said of one example, the baseline's first, then those of each candidate."""
    owners = {
        run_id: (side, made.seed)
        for candidate, _ in each
        for side in (candidate.side, baseline_of(found.first, candidate))
        for made in side.sample.replicates
        for run_id in made.run_ids
    }
    # Rows of the baseline come with every candidate.
    runs = list(dict.fromkeys(row for _, one in each for row in one.runs if row.run_id in owners))
    rows = [_run(*owners[row.run_id], row.run_id, scale.bare(row.score), row.said) for row in runs]
    columns = {
        "side": Column("side", pinned=True),
        "seed": Column("seed", "right"),
        "score": Column(flat(scale.header(found.first.metric.name)), "right"),
        "said": Column("said"),
        "run": Column("run", "link", r"run=(.{1,8})", width=90),
    }
    if not any(row.said is not None for row in runs):
        del columns["said"]
    return Table(
        pd.DataFrame(rows, columns=list(columns)), columns, f"What every run said of {flat(each[0][1].example_id)}"
    )


def _run(side: Side, seed: str | None, run_id: str, score: str, said: str | None) -> Row:
    return {
        "side": csv_cell(flat(side.label)),
        "seed": MISSING if seed is None else csv_cell(flat(seed)),
        "score": score,
        "said": _cell(said),
        "run": f"./?run={quote(run_id)}",
    }


def _logged(one: Excerpt) -> Row:
    return {
        "input": one.input if one.input is not None else one.image[1] if one.image else None,
        "label": one.label,
        **_said("baseline", one.baseline),
        **_said("candidate", one.candidate),
    }


def _said(side: str, reply: Reply | None) -> Row:
    return {
        f"{side}_said": reply.text if reply and reply.mean is None else reply.mean if reply else None,
        f"{side}_times": reply.times if reply and reply.mean is None else None,
        f"{side}_answers": reply.n if reply else None,
    }


def _cell(text: str | None) -> str:
    return MISSING if text is None else csv_cell(flat(text)) or "“”"


def _cut(text: str | None, letters: int) -> str | None:
    return text if text is None or letters <= SHORT else f"{text[:SHORT]}…"
