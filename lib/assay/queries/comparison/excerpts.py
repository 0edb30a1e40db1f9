"""What did the runs of a comparison log of single examples?"""

from collections import Counter
from collections.abc import Sequence
from math import isfinite

from assay.cache import excerpts as read
from assay.cache.excerpts import ExampleRow
from assay.cache.score_files import UnreadableError
from assay.model.comparison.excerpts import LONG, SHORT, Excerpt, ExcerptQuestion, Excerpts, Reply, RunReply
from assay.queries.comparison.scores import fetched, of_metric
from assay.workspace import Workspace

Rows = dict[str, list[tuple[str, ExampleRow]]]


def excerpts(work: Workspace, question: ExcerptQuestion) -> Excerpts:
    """From the files that the comparison fetched; a file that can't be read any more holds nothing."""
    sides = [_rows(work, question, run_ids) for run_ids in (question.baseline, question.candidate)]
    ids = [one for one in question.ids if any(one in side for side in sides)]
    return Excerpts({one: _excerpt(one, [side.get(one, []) for side in sides], whole=question.whole) for one in ids})


def _rows(work: Workspace, question: ExcerptQuestion, run_ids: Sequence[str]) -> Rows:
    """Example → the rows that name it, each with its run."""
    scores = of_metric(fetched(work, run_ids, kept=True), question.metric)
    column = None if scores.computed else scores.column
    found: Rows = {}
    for run_id in run_ids:
        if run_id not in scores.files:
            continue
        try:
            held = read.rows(scores.files[run_id], column, question.ids, LONG if question.whole else SHORT)
        except UnreadableError:
            continue
        for row in held:
            found.setdefault(row.example_id, []).append((run_id, row))
    return found


def _excerpt(example_id: str, sides: Sequence[Sequence[tuple[str, ExampleRow]]], *, whole: bool) -> Excerpt:
    every = [one for side in sides for one in side]
    text = next((row for _, row in every if row.input is not None), None)
    before, after = (_reply([row.said for _, row in side if row.said is not None]) for side in sides)
    return Excerpt(
        example_id=example_id,
        input=text.input if text else None,
        letters=text.letters or 0 if text else 0,
        image=next(((run_id, row.image) for run_id, row in every if row.image), None),
        label=next((row.label for _, row in every if row.label is not None), None),
        baseline=before,
        candidate=after,
        runs=tuple(RunReply(run_id, row.score, row.said) for run_id, row in every) if whole else (),
    )


def _reply(said: Sequence[str]) -> Reply | None:
    """The most frequent answer, the first by its text of several; and the mean of numbers that are no classes."""
    if not said:
        return None
    counts = Counter(said)
    text, times = min(counts.items(), key=lambda one: (-one[1], one[0]))
    numbers = [number for one in said if (number := _number(one)) is not None]
    continuous = len(numbers) == len(said) and any(number != int(number) for number in numbers)
    return Reply(text, times, len(said), sum(numbers) / len(numbers) if continuous else None)


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if isfinite(found) else None
