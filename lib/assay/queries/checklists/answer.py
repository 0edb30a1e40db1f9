"""What do the runs of a candidate prove?"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from assay.cache import contents
from assay.cache.connection import reading
from assay.model.comparison.question import Question
from assay.model.evidence.checklist import Proof
from assay.model.evidence.proofs import ProofCheck
from assay.model.evidence.proofs import ProofNote as Says
from assay.model.evidence.proved import ChecklistQuestion, Proved
from assay.model.note import Note, note
from assay.queries.checklists.proofs import PROOFS
from assay.queries.checklists.sources import Sources
from assay.queries.comparison.doubts import doubts
from assay.queries.comparison.sides import AskedSides, sides
from assay.workspace import Workspace

Progress = Callable[[int, int], None]


def proved(work: Workspace, question: ChecklistQuestion, said: Progress | None = None) -> Proved:
    """Every proof that is asked for, each with its numbers, or why there is none.

    `said` is told how many are done, of how many. Raises SelectionError for an unknown experiment or param to ignore,
    FilterError for a filter that cannot be read.
    """
    wanted = [check for check in (tuple(ProofCheck) if question.checks is None else question.checks) if check in PROOFS]
    if not question.candidate.strip():
        return Proved(question, proofs=_nothing(wanted, note(Says.NO_CANDIDATE)))
    with reading(work.snapshot):
        asked, sources = _asked(work, question)
        if not sources.runs:
            silent = _nothing(wanted, note(Says.NO_RUN_OF_SIDE, len(asked.found) - 1))
            return _answer(asked, sources, silent)
        return _answer(asked, sources, dict(_each(sources, wanted, said)))


def _each(sources: Sources, wanted: Sequence[ProofCheck], said: Progress | None) -> Iterator[tuple[str, Proof]]:
    for done, check in enumerate(wanted, start=1):
        yield check, PROOFS[check](sources)
        if said:
            said(done, len(wanted))


def _nothing(wanted: Sequence[ProofCheck], why: Note) -> dict[str, Proof]:
    return {check: Proof(PROOFS[check].of, None, why) for check in wanted}


def _asked(work: Workspace, question: ChecklistQuestion) -> tuple[AskedSides, Sources]:
    """Both sides by name, with their runs and the experiments that these are of."""
    about = Question((), *question.sides, question.experiments, deleted=question.deleted, ignore=question.ignore)
    [asked] = sides(work.snapshot, work.policy, about, (None,))
    found = [contents.runs(work.snapshot, one.runs["run_id"].tolist()) for one in asked.found]
    candidate, baseline = found[-1], found[0] if len(found) > 1 else ()
    held = tuple(sorted({run.experiment for run in (*candidate, *baseline)}))
    return asked, Sources(work, question, candidate, baseline, question.experiments or held)


def _answer(asked: AskedSides, sources: Sources, proofs: Mapping[str, Proof]) -> Proved:
    """With what the links need of every answer that was asked for, and of no other."""
    names, question = [name.text for name in asked.names], sources.question
    known = {name: found for name, found in vars(sources).items() if not isinstance(found, Note)}
    front, apart = known.get("front"), known.get("ablation")
    waiting = [known[name].keeps_seconds for name in ("leakage", "record") if name in known]
    return Proved(
        question=question,
        experiments=sources.experiments,
        candidate=names[-1],
        baseline=names[0] if question.baseline.strip() else "",
        run_ids=tuple(run.run_id for run in sources.runs),
        baseline_ids=tuple(run.run_id for run in sources.others),
        metrics=known.get("metrics", ()),
        examined="".join(known.get("examined", ())),
        objectives=tuple(one.text for one in front.question.objectives) if front else (),
        factors=apart.question.factors if apart else (),
        proofs=proofs,
        notes=doubts(asked.found, range(len(asked.found))),
        keeps_seconds=min((*waiting, float("inf"))),
    )
