"""Could someone else get this again: what is on record, what differs, and do repeats agree?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assay.analysis.evidence.code import commit_of, hash_of
from assay.analysis.evidence.differences import RunFields, differences, fields_of, recorded
from assay.analysis.evidence.record import records as judged
from assay.analysis.evidence.repeats import logs_first, repeats_check
from assay.cache import datasets
from assay.cache.connection import reading
from assay.model.evidence.check import Check, CheckStatus
from assay.model.evidence.environment import LoggedEnvironment
from assay.model.evidence.matrix import CheckCell, CheckRow
from assay.model.evidence.notes import EvidenceNote as Says
from assay.model.evidence.notes import RecordNote
from assay.model.evidence.record import RECORDS, RecordCheck, RecordedReplicates, RunRecord
from assay.model.evidence.reproducibility import (
    FieldDifference,
    FieldKind,
    Repeat,
    Reproducibility,
    ReproducibilityQuestion,
)
from assay.model.note import Note, Quote, note
from assay.queries.evidence.asking import Progress, keeps
from assay.queries.evidence.environments import environments
from assay.queries.evidence.records import records
from assay.queries.evidence.repeats import Repeats, repeated
from assay.queries.evidence.rows import MOST_READ, ChosenRows, Codes, chosen_rows, counted, worst_cell
from assay.queries.runs.commits import commits
from assay.workspace import Workspace

Checks = Mapping[RecordCheck, Check]
Replicates = Sequence[Sequence[str]]
"""The runs that stand as replicates of one, of every configuration."""
Seeds = Mapping[str, str | None]


def reproducibility(
    work: Workspace, question: ReproducibilityQuestion, said: Progress | None = None
) -> Reproducibility:
    """The record of the rows in view, of what they are held against, and of all repeats of the runs that are found.

    `said` is told how many runs' files are read, of how many. Raises SelectionError for an unknown experiment or param
    to ignore, FilterError for a filter that cannot be read.
    """
    with reading(work.snapshot):
        chosen = chosen_rows(work, question)
        against = chosen_rows(work, replace(question, filter=question.against)) if question.against else None
        known = _Found(question, chosen, against, repeated(work, chosen))
    logged = environments(work, known.to_read, said)
    with reading(work.snapshot):
        return known.answer(work, logged)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is asked of whom."""

    question: ReproducibilityQuestion
    chosen: ChosenRows
    against: ChosenRows | None
    repeats: Repeats

    @property
    def beside(self) -> tuple[str, ...]:
        """The runs that those found are held against, as many as are looked at."""
        return self.against.ids[:MOST_READ] if self.against else ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """Why no run is found, or none that those found are held against."""
        return tuple(dict.fromkeys((*self.chosen.notes, *(self.against.notes if self.against else ()))))

    @property
    def to_read(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.chosen.to_read, *self.repeats.run_ids[:MOST_READ], *self.beside)))

    def answer(self, work: Workspace, logged: Mapping[str, LoggedEnvironment]) -> Reproducibility:
        snapshot, chosen = work.snapshot, self.chosen
        every = dict.fromkeys((*logged, *chosen.ids[:MOST_READ]))
        known = records(snapshot, [*every], logged, self.repeats.seeds, self.repeats.ignored)
        replicates, seeds = self._replicates(known), self.seeds
        own = self._with_replicates(work, known, replicates, seeds)
        fields = {run_id: fields_of(one) for run_id, one in own.items()}
        repeats = self.repeats.judged(work, fields, {run_id: one.waiting for run_id, one in logged.items()})
        said = {run_id: {RecordCheck(one.check): one for one in judged(own[run_id])} for run_id in chosen.to_read}
        found, compared = self._differences(work, fields, replicates, seeds)
        cut = chosen.cut(len(chosen.to_read))
        return Reproducibility(
            question=self.question,
            rows=self._rows(work, said, repeats, own),
            total=len(chosen.order),
            runs=chosen.at.size,
            read=len(said),
            summary=self._summary(said, repeats),
            notes=(*self.notes, *((note(Says.FILES_CUT, n=cut, most=MOST_READ),) if cut > 0 else ())),
            keeps_seconds=keeps(logged.values()),
            differences=found,
            compared=compared,
            repeats=repeats,
            aside=self.repeats.aside,
            against=self.against.at.size if self.against else None,
        )

    def _replicates(self, known: Mapping[str, RunRecord]) -> Replicates:
        """The runs that stand as replicates, of every configuration of which one was read; no filter takes any out."""
        every = self.chosen.every
        mine = every["run_id"].isin([*known]).to_numpy(dtype=bool)
        standing = every["excluded"].eq("").to_numpy(dtype=bool)
        wanted = every["configuration"].isin(every.loc[mine, "configuration"].unique()).to_numpy(dtype=bool)
        groups = every[standing & wanted].groupby("configuration", sort=False)["run_id"]
        return tuple(tuple(map(str, own)) for _, own in groups)

    def _with_replicates(
        self, work: Workspace, known: Mapping[str, RunRecord], replicates: Replicates, seeds: Seeds
    ) -> dict[str, RunRecord]:
        """The records with the commits and data of all that stand as replicates beside them."""
        others = [one for own in replicates for one in own if one not in known]
        tagged, used = commits(work.snapshot, others), datasets.of(work.snapshot, others)
        code = {one: hash_of(tagged[one]) for one in others} | {one: commit_of(own) for one, own in known.items()}
        used |= {one: own.datasets for one, own in known.items()}
        of = self.chosen.every.set_index("run_id")["configuration"]
        stands = {of[own[0]]: recorded(own, code, used, seeds) for own in replicates}
        alone = RecordedReplicates()
        return {one: replace(own, replicates=stands.get(of.get(one), alone)) for one, own in known.items()}

    @property
    def seeds(self) -> Seeds:
        """Of every run of the experiments."""
        seeds = self.chosen.every["seed"].astype(object)
        return dict(zip(self.chosen.every["run_id"].tolist(), seeds.where(seeds.notna(), None).tolist(), strict=True))

    def _differences(
        self, work: Workspace, fields: Mapping[str, RunFields], replicates: Replicates, seeds: Seeds
    ) -> tuple[tuple[FieldDifference, ...], dict[FieldKind, int]]:
        called = dict(self.repeats.labels) | (self.against.called(work) if self.against else {})
        own = [fields[run_id] for run_id in self.chosen.ids if run_id in fields]
        groups = [tuple(one for one in group if one in self.repeats.labels) for group in replicates]
        against = [fields[run_id] for run_id in self.beside]
        return differences(own, called, groups, seeds, against)

    def _rows(
        self, work: Workspace, said: Mapping[str, Checks], repeats: Sequence[Repeat], known: Mapping[str, RunRecord]
    ) -> tuple[CheckRow, ...]:
        why = note(Says.NOT_LOOKED_INTO, most=MOST_READ)
        unread = {check: Check(check, CheckStatus.NOT_LOGGED, why) for check in RECORDS}
        of = {run_id: one for one in repeats for run_id in one.run_ids}

        def cells(_: Codes, ids: Sequence[str]) -> tuple[CheckCell, ...]:
            recorded = (worst_cell([said.get(one, unread)[check] for one in ids], ids) for check in RECORDS)
            return (*recorded, _agreed(ids, of, known))

        return self.chosen.rows(work, self.chosen.view, cells)

    def _summary(self, said: Mapping[str, Checks], repeats: Sequence[Repeat]) -> dict[str, Mapping[CheckStatus, int]]:
        ids = {*self.chosen.ids}
        made = [one.status for one in repeats for run_id in one.run_ids if run_id in ids]
        unread = len(ids) - len(said)
        found: dict[str, Mapping[CheckStatus, int]] = {
            check: counted([own[check].status for own in said.values()], unread) for check in RECORDS
        }
        return found | {RecordCheck.REPEATS: counted(made, len(ids) - len(made))}


def _agreed(ids: Sequence[str], of: Mapping[str, Repeat], known: Mapping[str, RunRecord]) -> CheckCell:
    """What the repeats of a row's runs say, the worst of them first."""
    own = sorted({of[one].run_ids: of[one] for one in ids if one in of}.values(), key=lambda one: -one.status.severity)
    if not own:
        nobody = Check(RecordCheck.REPEATS, CheckStatus.NOT_LOGGED, note(RecordNote.NO_REPEATS))
        return CheckCell(nobody, ids[0], tuple(ids))
    alike = [one for one in own if one.status is own[0].status]
    members = tuple(run_id for one in alike for run_id in one.run_ids)
    return CheckCell(repeats_check(alike, _logs_first(alike[0], known)), members[0], members)


def _logs_first(repeat: Repeat, known: Mapping[str, RunRecord]) -> Quote | None:
    """What to log so that somebody can tell why it disagrees; None of a repeat that does not fail."""
    if repeat.status is not CheckStatus.FAIL:
        return None
    return logs_first([check for one in repeat.run_ids if one in known for check in judged(known[one])])
