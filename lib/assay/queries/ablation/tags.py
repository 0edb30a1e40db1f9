"""What do the runs of the arms say of themselves: which rows they were tested on, and what they were made for?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from assay.cache import reads
from assay.errors import SelectionError
from assay.model.ablation.answer import Arm
from assay.model.ablation.notes import AblationNote as Says
from assay.model.ablation.tags import HYPOTHESIS_TAG, QUESTION_TAG, STUDY_TAG
from assay.model.comparison.side import Sample
from assay.model.evidence.files import TEST_ROWS_TAG
from assay.model.note import Note, Quote, note
from assay.model.runs.selection import Condition
from assay.model.sync import Snapshot
from assay.sources import filters


def tags_of(snapshot: Snapshot, arms: Sequence[Arm]) -> pd.DataFrame:
    """A row a run that the arms use, a column a tag, None where it is not set."""
    ids = list(dict.fromkeys(run_id for arm in arms for run_id in arm.side.sample.used_ids))
    return reads.tags(snapshot, ids, [TEST_ROWS_TAG, STUDY_TAG, HYPOTHESIS_TAG, QUESTION_TAG])


def refuse_several_studies(tags: pd.DataFrame) -> None:
    """Two studies are of different code, whatever params they share: their runs are no replicates."""
    if len(counts := tags[STUDY_TAG].dropna().value_counts()) > 1:
        filter = filters.write([Condition("tag", STUDY_TAG, "=", str(counts.index[0]))])
        raise SelectionError(Says.SEVERAL_STUDIES, names=tuple(map(str, counts.index)), filter=Quote(filter or ""))


def paired_as_tested(arms: Sequence[Arm], tags: pd.DataFrame) -> tuple[tuple[Arm, ...], tuple[Note, ...]]:
    """Arms without the seeds of those that were scored on other test rows than the full system: no pairs there."""
    tested = tags[TEST_ROWS_TAG].dropna()
    if tested.nunique() < 2:
        return tuple(arms), ()
    known = dict(zip(tested.index, tested, strict=True))
    full = _by_seed(arms[0].side.sample, known)
    made = [arm if not _differs(full, _by_seed(arm.side.sample, known)) else _unseeded(arm) for arm in arms]
    n = sum(not one.as_tested for one in made)
    return tuple(made), (note(Says.TEST_ROWS_DIFFER, n=n, of=len(arms) - 1),) if n else ()


def _by_seed(sample: Sample, known: Mapping[str, str]) -> dict[str, set[str]]:
    """Seed → the test rows of its runs, where these were logged; without a seed each run for itself."""
    return {
        one.run_ids[0] if one.seed is None else str(one.seed): own
        for one in sample.replicates
        if (own := {known[run_id] for run_id in one.run_ids if run_id in known})
    }


def _differs(full: Mapping[str, set[str]], own: Mapping[str, set[str]]) -> bool:
    """Whether some seed has other rows, or all runs of one side have others than all of the other, of any seeds.

    What is told by ids and what by content cannot be compared.
    """
    pairs = [(rows, full[seed]) for seed, rows in own.items() if seed in full]
    ours, theirs = (set().union(*each.values()) for each in (own, full))
    alone = [(ours, theirs)] if len(ours) == len(theirs) == 1 else []
    return any(rows != others and _kinds(rows) == _kinds(others) for rows, others in (*pairs, *alone))


def _kinds(rows: set[str]) -> set[str]:
    return {row.partition(":")[0] for row in rows}


def _unseeded(arm: Arm) -> Arm:
    sample = arm.side.sample
    bare = tuple(replace(one, seed=None) for one in sample.replicates)
    return replace(arm, side=replace(arm.side, sample=replace(sample, replicates=bare)), as_tested=False)


def hypothesis(tags: pd.DataFrame) -> tuple[str, tuple[Note, ...]]:
    """The hypothesis that most runs were made for."""
    counts = tags[HYPOTHESIS_TAG].dropna().value_counts()
    said = (note(Says.PLANS_DIFFER, n=len(counts)),) if len(counts) > 1 else ()
    return (str(counts.index[0]) if len(counts) else ""), said


def with_questions(arms: Sequence[Arm], tags: pd.DataFrame) -> tuple[Arm, ...]:
    """With what the plan wanted to know of each."""
    known = tags[QUESTION_TAG].dropna().to_dict()
    if not known:
        return tuple(arms)
    return tuple(
        replace(arm, question=next((known[i] for i in arm.side.sample.used_ids if i in known), "")) for arm in arms
    )
