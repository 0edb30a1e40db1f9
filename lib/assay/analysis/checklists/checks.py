"""What does one check on every run prove, be it of leakage or of what is on record?"""

from collections.abc import Callable

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.checklist import Proof, ProofOf
from assay.model.evidence.matrix import CheckMatrix
from assay.model.evidence.proofs import ProofNote as Says
from assay.model.evidence.record import Element, RecordCheck
from assay.model.evidence.reproducibility import Reproducibility
from assay.model.note import note


def passed(of: ProofOf, check: str) -> Callable[[CheckMatrix], Proof]:
    """A pass in every run, on the page `of` it.

    What warns speaks against it too; what some runs did not log leaves it open.
    """

    def judged(found: CheckMatrix) -> Proof:
        cells = [row.cell(check) for row in found.rows]
        if not cells:
            return Proof(of, None, note(Says.PART_NOT_LOGGED, n=0, of=0), check=check)
        own = max(cells, key=lambda one: one.check.status.severity)
        status = own.check.status
        silent = found.summary[check].get(CheckStatus.NOT_LOGGED, 0)
        if status.is_finding:
            return Proof(of, False, own.check.note, own.run_id, check)
        if 0 < silent < found.runs:
            return Proof(of, None, note(Says.PART_NOT_LOGGED, n=silent, of=found.runs), own.run_id, check)
        return Proof(of, True if status is CheckStatus.PASS else None, own.check.note, own.run_id, check)

    return judged


def five_elements(found: Reproducibility) -> Proof:
    """Each of them, of every row."""
    lacking = tuple(one.element.value for one in found.elements if one.rows < one.of)
    findings = any(one.worst.is_finding for one in found.elements if one.rows < one.of)
    if lacking:
        code = Says.NOT_ON_RECORD
        return Proof(ProofOf.REPRODUCIBILITY, False if findings else None, note(code, elements=lacking))
    return Proof(ProofOf.REPRODUCIBILITY, True, note(Says.ON_RECORD, n=len(Element), of=found.runs))


def repeats_agree(found: Reproducibility) -> Proof:
    """Every repeat that could be compared came out identical, and one in more than trainings share by chance.

    Silent where nothing was repeated, or something on record differs between those that disagree.
    """
    known = [one for one in found.repeats if one.compared]
    check = RecordCheck.REPEATS
    if not known:
        return Proof(ProofOf.REPRODUCIBILITY, None, note(Says.NEVER_REPEATED), check=check)
    apart = [one for one in known if not one.identical]
    if apart:
        worst = max(apart, key=lambda one: one.status.severity)
        holds = False if worst.status is CheckStatus.FAIL else None
        said = note(Says.REPEATS_DIFFER, n=len(apart), of=len(known), metric=worst.apart[0].metric.name)
        return Proof(ProofOf.REPRODUCIBILITY, holds, said, worst.run_ids[-1], check)
    told = [one for one in known if not one.by_chance]
    if not told:
        said = note(Says.REPEATED_BY_CHANCE, n=len(known))
        return Proof(ProofOf.REPRODUCIBILITY, None, said, known[0].run_ids[-1], check)
    compared = min(one.compared for one in told)
    said = note(Says.REPEATS_IDENTICAL, n=len(told), metrics=compared)
    return Proof(ProofOf.REPRODUCIBILITY, True, said, told[0].run_ids[-1], check)
