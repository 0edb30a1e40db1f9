"""Which metrics are compared where nobody chose any?"""

from dataclasses import replace

from assay.cache import reads
from assay.cache.connection import reading
from assay.model.comparison.question import Question, Unit
from assay.queries.comparison.answer import columns
from assay.queries.metrics import judged, notable
from assay.queries.runs.selection import conditions, selection
from assay.workspace import Workspace

MOST = 12


def usual(work: Workspace, question: Question) -> tuple[str, ...]:
    """The metrics whose direction the policy knows, as far as the baseline and a candidate logged them.

    In the policy's order, so that the first is its primary one; at most 12. Where it speaks of none of them the one
    that most runs logged. Of examples those that have scores of their own. Raises as `compare` does.
    """
    with reading(work.snapshot):
        whole = selection(work.snapshot, experiments=question.experiments, deleted=question.deleted)
        every = reads.keys(work.snapshot, whole).metrics
        baseline, *candidates = (
            set(reads.keys(work.snapshot, replace(whole, conditions=conditions(text))).metrics)
            for text in (question.baseline, *question.candidates)
        )
    both = [metric for metric in every if metric in baseline & set().union(*candidates)]
    found = judged(work.policy, both)
    if question.unit is not Unit.SEEDS and found:
        scored = columns(work, replace(question, metrics=found)).numbers
        found = tuple(metric for metric in found if metric in scored)
    return found[:MOST] or notable(work.policy, both or every)[:1]
