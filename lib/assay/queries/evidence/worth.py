"""What is a finding worth: the metric with and without the examples that it names?"""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from assay import artifacts
from assay.analysis.evidence.worth import FEWEST_TRAININGS, mean_over, weighed
from assay.cache import reads, split_facts
from assay.cache.parted_scores import PartedScores, parted
from assay.cache.splits import offending
from assay.errors import AssayError
from assay.model.evidence.check import Check
from assay.model.evidence.files import SPLITS
from assay.model.evidence.leakage import LeakageCheck, ScoreMean, Worth
from assay.model.evidence.notes import EvidenceNote
from assay.model.evidence.notes import WorthNote as Says
from assay.model.evidence.splits import SplitRole
from assay.model.metric import Metric
from assay.model.note import Note, note
from assay.queries.comparison.patience import in_time
from assay.queries.comparison.scores import Scores, fetched, of_metric
from assay.queries.evidence.folder import file_of
from assay.queries.evidence.trainings import these
from assay.queries.metrics import known, notable
from assay.workspace import Workspace

_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class ExampleScores:
    """Example scores of the metric that a worth is told in."""

    metric: Metric
    scores: Scores


def scored(work: Workspace, run_ids: Sequence[str], asked: str) -> ExampleScores | Note:
    """By the metric that is asked for, else the first that matters and has a score for each example."""
    gathered = fetched(work, run_ids)
    if not gathered.found:
        return next(iter(gathered.missing.values()), artifacts.NOT_LOGGED)
    keys = reads.keys(work.snapshot, these(run_ids)).metrics
    names = (asked,) if asked else notable(work.policy, keys)
    for name in names:
        found = of_metric(gathered, name, work.policy.metric(name).unknown)
        if found.column is not None and found.computed is None:
            values = reads.metrics(work.snapshot, run_ids, [name]).values[name].dropna().tolist()
            return ExampleScores(known(work.policy, name, None, values), found)
    return note(Says.NO_METRIC_FOR_WORTH, metric=asked, columns=tuple(gathered.numbers))


def worth(work: Workspace, run_ids: Sequence[str], found: Check, scores: ExampleScores) -> Worth | Note:
    """Over the trainings that have both files; why there is none."""
    train, held = SplitRole(str(found.note["train"])), SplitRole(str(found.note["held"]))
    named: dict[str, set[str]] = {}

    def one(run_id: str) -> PartedScores | Note:
        try:
            path = file_of(work, run_id, SPLITS)
            content = split_facts.digest(path)
            if content not in named:
                named[content] = offending(path, LeakageCheck(found.check), train, held)
            return _parted(scores, run_id, named[content])
        except AssayError as error:
            return error.note

    # One alone first: the others mostly have its splits, whose examples are then named.
    began = monotonic()
    first, _ = in_time(run_ids[:1], one, _SECONDS)
    rest, _ = in_time(run_ids[1:], one, _SECONDS - (monotonic() - began))
    answers = [(first | rest).get(run_id, note(EvidenceNote.NOT_FETCHED, seconds=int(_SECONDS))) for run_id in run_ids]
    parts = [own for own in answers if isinstance(own, PartedScores) and own.every.size]
    if not parts:
        none = note(Says.NO_METRIC_FOR_WORTH, metric=scores.metric.name, columns=scores.scores.columns)
        return next((own for own in reversed(answers) if isinstance(own, Note)), none)
    if not any(one.named.size for one in parts):
        return note(Says.UNKNOWN_EXAMPLES, n=found.offenders.n, held=held.value)
    level = work.policy.statistics.level
    told = weighed(parts, level)
    return Worth(
        scores.metric, told.logged, told.without, told.difference, told.interval, told.runs, told.over_seeds,
        told.lost, level,
    )  # fmt: skip


def mean(work: Workspace, run_ids: Sequence[str], scores: ExampleScores) -> tuple[ScoreMean | None, int]:
    """The metric of one run of each training on all of its own examples, None where none has a score.

    With it the trainings that its interval is over, 0 where it is over the examples of one.
    """
    found = []
    for run_id in run_ids:
        if run_id not in scores.scores.files:
            continue
        try:
            own = _parted(scores, run_id, set())
        except AssayError:
            continue
        if own.clean.size:
            found.append(own.clean)
    if not found:
        return None, 0
    return mean_over(found, work.policy.statistics.level), len(found) if len(found) >= FEWEST_TRAININGS else 0


def _parted(scores: ExampleScores, run_id: str, named: set[str]) -> PartedScores:
    held = scores.scores
    assert held.column is not None
    return parted(held.files[run_id], held.column, named, held.unknown)
