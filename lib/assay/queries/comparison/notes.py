"""What must be known beside an example-level comparison?"""

import math

from assay.model.comparison.answer import Candidate
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.notes import ExampleNote as Says
from assay.model.comparison.question import OF_PREDICTIONS, Rules, Statistic, Unit
from assay.model.comparison.side import Side
from assay.model.note import Note, note

_BEYOND = {Statistic.P90: 10, Statistic.P95: 20, Statistic.P99: 100}
_FEWEST_BEYOND = 10


def notes(metric: str, rules: Rules, candidate: Candidate, place: int) -> tuple[Note, ...]:
    """On what was left out and on what was read instead of what was asked for; `rules`: as they were served."""
    assert candidate.examined is not None
    found, said = candidate.examined, []
    if rules.statistic in OF_PREDICTIONS:
        said.append(note(Says.COMPUTED, metric=metric, column=found.column))
    elif found.column != metric:
        said.append(note(Says.READ_FROM_COLUMN, metric=metric, column=found.column))
    if found.id_column != "example_id":
        said.append(note(Says.MATCHED_BY, column=found.id_column))
    sides = {0: found.baseline, place: candidate.side}
    said += _partners(sides, found.n)
    for at, side in sides.items():
        said += _side(side, at)
    if rules.statistic is not Statistic.MEAN and rules.statistic not in OF_PREDICTIONS:
        said.append(note(Says.SLICES_ARE_OF_MEANS, statistic=rules.statistic))
    return (*said, *_tail(rules, candidate, few=True))


def caveats(rules: Rules, candidate: Candidate) -> tuple[Note, ...]:
    """What the difference does not speak of."""
    return (*_tail(rules, candidate, few=False), _trainings(rules, candidate))


def _tail(rules: Rules, candidate: Candidate, *, few: bool) -> tuple[Note, ...]:
    """On how many examples a high quantile rests; `few`: where these are fewer than ten, else where they are not."""
    assert candidate.examined is not None
    found = candidate.examined
    n = found.n or min(_counted(found.baseline), _counted(candidate.side))
    beyond = n / _BEYOND.get(rules.statistic, math.inf)
    if rules.statistic not in _BEYOND or few != (beyond < _FEWEST_BEYOND):
        return ()
    code, rests = Says.FEW_BEYOND if few else Says.BEYOND, max(1, round(beyond))
    return (note(code, n=n, statistic=rules.statistic, beyond=rests, needed=_FEWEST_BEYOND),)


def _trainings(rules: Rules, candidate: Candidate) -> Note:
    assert candidate.examined is not None
    baseline, own = candidate.examined.baseline.replicates, candidate.side.replicates
    if rules.unit is Unit.BOTH and candidate.difference.interval is not None:
        return note(Says.SEEDS_AND_EXAMPLES)
    if baseline == own == 1:
        return note(ComparisonNote.CHECKPOINTS)
    return note(Says.THESE_TRAININGS, baseline=baseline, candidate=own, statistic=rules.statistic)


def _counted(side: Side) -> int:
    return side.examples.n if side.examples else 0


def _partners(sides: dict[int, Side], shared: int) -> list[Note]:
    if not shared:
        baseline, candidate = (_counted(side) for side in sides.values())
        return [note(Says.UNPAIRED_EXAMPLES, *sides, baseline=baseline, candidate=candidate)]
    alone = tuple(side.examples.only_here if side.examples else 0 for side in sides.values())
    return [note(Says.WITHOUT_PARTNER, *sides, alone=alone, shared=shared)] if any(alone) else []


def _side(side: Side, place: int) -> list[Note]:
    counts, said = side.examples, []
    assert counts is not None
    if counts.uneven:
        said.append(note(Says.UNEVEN, place, n=counts.uneven, runs=side.replicates, kept=counts.n))
    if counts.undefined:
        said.append(note(Says.SCORES_UNDEFINED, place, n=counts.undefined))
    if counts.averaged[0]:
        said.append(note(Says.ROWS_AVERAGED, place, rows=counts.averaged[0], n=counts.averaged[1]))
    if counts.repeated:
        said.append(note(Says.IDS_REPEATED, place, n=counts.repeated))
    if counts.not_logged:
        why = counts.not_logged[0].reason
        said.append(note(Says.RUNS_NOT_LOGGED, place, n=len(counts.not_logged), why=why))
    return said
