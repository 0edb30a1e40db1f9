"""What does a review rest on, frozen: every question asked once, of one snapshot."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import fsum, isfinite

from assay import __version__
from assay.cache.connection import reading
from assay.errors import ReviewError
from assay.model.comparison.side import Side
from assay.model.evidence.checklist import Checklist, Item, Text
from assay.model.evidence.matrix import CheckMatrix
from assay.model.evidence.proofs import ProofCheck
from assay.model.evidence.proved import ChecklistQuestion
from assay.model.metric import LARGEST, MetricUnit
from assay.model.note import Note, gathered
from assay.model.review.acts import Opened
from assay.model.review.evidence import (
    ChecksFound,
    FrozenEvidence,
    Inputs,
    ItemFound,
    Results,
    RunInputs,
)
from assay.model.review.notes import ReviewNote as Says
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.store import Run, RunStatus
from assay.queries import metrics, provenance
from assay.queries.checklists.known import chosen, known
from assay.queries.checklists.proofs import PROOFS
from assay.queries.checklists.sources import Sources
from assay.queries.review.effects import effects, limits, slices
from assay.queries.review.inputs import ERROR_RATE, SideRuns, compared, experiments, of_runs, sides
from assay.workspace import Workspace

_USER = "mlflow.user"


@dataclass(frozen=True)
class ReviewSources(Sources):
    """`compared`: the metrics, the primary one first."""

    compared: tuple[str, ...] = ()

    @cached_property
    def metrics(self) -> tuple[str, ...]:
        """Those of the review."""
        return self.compared


def freeze(work: Workspace, opened: Opened, now: datetime) -> FrozenEvidence:
    """What is there of the runs that both sides find, and what it comes to; seconds.

    Raises ReviewError where a side has no run that ended, a run stands on both, or nobody logged the primary metric;
    SelectionError, FilterError and ChecklistError as the questions do that are asked.
    """
    with reading(work.snapshot):
        baseline, candidate = sides(work, opened)
        _refuse(opened, baseline, candidate)
        found = of_runs(work, opened, baseline, candidate)
        sources = ReviewSources(
            work,
            ChecklistQuestion(opened.candidate, opened.baseline, opened.experiments),
            candidate.ended,
            baseline.ended,
            opened.experiments or experiments((*baseline.ended, *candidate.ended)),
            compared(work.policy, opened, baseline.ended, candidate.ended),
        )
        return FrozenEvidence(found, _results(sources, found, baseline, candidate), now)


def _refuse(opened: Opened, baseline: SideRuns, candidate: SideRuns) -> None:
    for what, side in (("baseline", baseline), ("candidate", candidate)):
        if not side.ended:
            raise ReviewError(Says.REVIEW_SIDE_EMPTY, what=what)
    if not any(opened.metric in run.metrics for run in (*baseline.ended, *candidate.ended)):
        raise ReviewError(Says.REVIEW_NO_METRIC, metric=opened.metric)


def _results(sources: ReviewSources, inputs: Inputs, baseline: SideRuns, candidate: SideRuns) -> Results:
    compared = sources.versus
    if isinstance(compared, Note):
        raise ReviewError(compared.code, **dict(compared.values))
    examined = sources.by_examples
    card, policy = sources.scored, sources.work.policy
    front, repeats = PROOFS[ProofCheck.ON_FRONT](sources), PROOFS[ProofCheck.REPEATS_AGREE](sources)
    primary, *others = effects(compared, sources.groups)
    found, why = slices(examined)
    held = compared.first.sides
    return Results(
        labels=(held[0].label, held[-1].label),
        primary=primary,
        metrics=(primary, *others),
        slices=found,
        slices_reason=why,
        limits=limits(card, policy.promotion.required, inputs),
        scorecard="" if isinstance(card, Note) or card.card is None else card.card.name,
        front=front.holds,
        front_note=front.note,
        leakage=_checks(sources.leakage),
        records=_checks(sources.record),
        items=tuple(_items(sources, policy.promotion.checklists)),
        matched=(baseline.matched, candidate.matched),
        counted=(len(held[0].sample.used_ids), len(held[-1].sample.used_ids)),
        left_out=(_left_out(held[0], inputs.baseline), _left_out(held[-1], inputs.candidate)),
        run_ids=(tuple(sorted(inputs.baseline)), tuple(sorted(inputs.candidate))),
        error_rate=_error_rate(sources, candidate.ended),
        repeats=repeats.note,
        users=tuple(sorted({run.tags[_USER] for run in candidate.ended if run.tags.get(_USER)})),
        notes=gathered((*compared.first.notes, *(() if isinstance(card, Note) else card.notes))),
        versions={"assay": __version__, **dict(provenance.versions())},
    )


def _left_out(side: Side, facts: Mapping[str, RunInputs]) -> dict[str, int]:
    """Of the primary metric, then runs that are in it and have no number in another metric of the results."""
    found = {reason.value: n for reason, n in side.sample.excluded.items() if n}
    logged = (facts[run_id].metrics.values() for run_id in side.sample.used_ids)
    lost = sum(not all(abs(value) < LARGEST for value in own) for own in logged)
    return found | ({Exclusion.NOT_FINITE.value: lost + found.get(Exclusion.NOT_FINITE.value, 0)} if lost else {})


def _checks(found: CheckMatrix | Note) -> ChecksFound:
    if isinstance(found, Note):
        return ChecksFound(reason=found)
    worst = {
        check: max((row.cell(check) for row in found.rows), key=lambda cell: cell.check.status.severity).check.note
        for check in found.summary
        if found.rows
    }
    return ChecksFound({check: dict(own) for check, own in found.summary.items()}, worst)


def _items(sources: Sources, names: Sequence[str]) -> Iterator[ItemFound]:
    held = known(sources.work.settings)
    for name in names:
        own = chosen(held, name)
        for section in own.sections:
            for item in section.items:
                yield _item(sources, own, section.title, item)


def _item(sources: Sources, own: Checklist, section: Text, item: Item) -> ItemFound:
    proof = PROOFS[item.check](sources) if item.check else None
    return ItemFound(
        checklist=own.name,
        item=item.id,
        severity=item.severity,
        text=_plain(item.text),
        holds=proof.holds if proof else None,
        proof=proof.note if proof else None,
        signature=item.role,
        check=item.check,
        section=_plain(section),
        scored=own.scored,
    )


def _plain(text: Text) -> dict[str, str]:
    return {language.value: own for language, own in text.items()}


def _error_rate(sources: Sources, runs: Sequence[Run]) -> float | None:
    """The mean of the candidate's finished runs, as a share; None where none logged it."""
    logged = [run.metrics[ERROR_RATE] for run in runs if run.status is RunStatus.FINISHED and ERROR_RATE in run.metrics]
    held = [value for value in logged if isfinite(value)]
    if not held:
        return None
    share = 100 if metrics.unit(sources.work.policy, ERROR_RATE, held) is MetricUnit.PERCENT else 1
    return fsum(held) / len(held) / share
