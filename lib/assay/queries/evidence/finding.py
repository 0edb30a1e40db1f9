"""What is behind one finding, and what is it worth?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assay.cache import excerpts
from assay.cache.connection import reading
from assay.cache.score_files import UnreadableError
from assay.model.evidence.check import Offender
from assay.model.evidence.leakage import WITH_EXAMPLES, Finding, FindingQuestion, LeakageCheck, OffenderRow, Worth
from assay.model.evidence.notes import WorthNote as Says
from assay.model.note import Note, note
from assay.queries.evidence.files import evidence
from assay.queries.evidence.leakage import checks_of
from assay.queries.evidence.trainings import one_each
from assay.queries.evidence.twin import twin
from assay.queries.evidence.worth import ExampleScores, mean, scored, worth
from assay.workspace import Workspace

_LETTERS = 100


def finding(work: Workspace, question: FindingQuestion) -> Finding:
    """The examples of a finding with what was logged of them, its worth, and an honest twin.

    Of `question.run_ids` the first is the one whose finding is shown. What can't be had has a reason.
    """
    work = replace(work, policy=work.policy.leaving_out(question.ignore))
    check, first = LeakageCheck(question.check), question.run_ids[0]
    with reading(work.snapshot):
        counted = one_each(work, question.run_ids)
        honest = twin(work, question)
    named = check in WITH_EXAMPLES
    found = checks_of(evidence(work, (first,))[first], work.policy)[check] if named else None
    silent = honest.twin if honest else None
    if found is None or not found.offenders.n:
        return Finding(question, (), reason=note(Says.NAMES_NO_EXAMPLES), twin=silent)
    scores = scored(work, [*counted, *(honest.run_ids if honest else ())], question.metric)
    rows = _rows(scores, first, found.offenders.named)
    if isinstance(scores, Note):
        return Finding(question, rows, reason=scores, twin=silent)
    told = worth(work, [one for one in counted if one in scores.scores.files], found, scores)
    shown = honest.scoring(*mean(work, honest.run_ids, scores)) if honest else None
    if isinstance(told, Worth):
        return Finding(question, rows, told, twin=shown)
    return Finding(question, rows, reason=told, twin=shown)


def _rows(scores: ExampleScores | Note, run_id: str, named: Sequence[Offender]) -> tuple[OffenderRow, ...]:
    """With label and answer, where the run logged them."""
    held: Mapping[str, excerpts.ExampleRow] = {}
    if isinstance(scores, ExampleScores) and run_id in scores.scores.files:
        file, ids = scores.scores.files[run_id], [one.example_id for one in named]
        try:
            held = {row.example_id: row for row in excerpts.rows(file, scores.scores.column, ids, _LETTERS)}
        except UnreadableError:
            held = {}
    return tuple(
        OffenderRow(one, held[one.example_id].label, held[one.example_id].said)
        if one.example_id in held
        else OffenderRow(one)
        for one in named
    )
