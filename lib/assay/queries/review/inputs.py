"""Which facts does a review rest on, as they are now?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assay.cache import contents
from assay.cache.connection import reading
from assay.model.evidence.checklist import Checklist
from assay.model.evidence.files import (
    CHANGES,
    COMMIT_TAG,
    ENVIRONMENT,
    FEATURE_IMPORTANCE,
    PREPROCESSING,
    RECIPE,
    SCORES,
    SPLITS,
    TAG,
    tag_of,
)
from assay.model.policy import Policy
from assay.model.records import canonical
from assay.model.review.acts import Opened
from assay.model.review.evidence import Inputs, RunInputs, sha256
from assay.model.runs.data import UNDIGESTED
from assay.model.runs.selection import PARENT
from assay.model.runs.store import Run, RunStatus
from assay.model.sync import Snapshot
from assay.queries.checklists.known import known
from assay.queries.comparison.metrics import MOST
from assay.queries.metrics import judged
from assay.queries.review.rules import rules
from assay.queries.runs.commits import commits
from assay.queries.runs.selection import selection
from assay.settings import Settings
from assay.workspace import Workspace

ERROR_RATE = "error_rate"
"""The metric that the policy's guard is on."""
_GOING_ON = (RunStatus.RUNNING, RunStatus.SCHEDULED)
_TABLES = "mlflow.loggedArtifacts"
"""The tag in which MLflow lists the tables that a run logged."""
_PATHS = {tag_of(path): path for path in (SCORES, SPLITS, ENVIRONMENT, FEATURE_IMPORTANCE, CHANGES, RECIPE)}
_STEPS = tag_of(f"{PREPROCESSING}/.")


@dataclass(frozen=True, slots=True)
class SideRuns:
    """The runs of one side, newest first: those that have ended, and how many are going on."""

    ended: tuple[Run, ...]
    going_on: int = 0

    @property
    def matched(self) -> int:
        """All that the filter finds."""
        return len(self.ended) + self.going_on


def sides(work: Workspace, opened: Opened) -> tuple[SideRuns, SideRuns]:
    """The baseline's and the candidate's; raises SelectionError and FilterError as any question of them does."""
    asked = work.snapshot, opened.experiments
    return _side(*asked, opened.baseline), _side(*asked, opened.candidate)


@lru_cache(maxsize=32)
def _side(snapshot: Snapshot, experiments: tuple[str, ...], filter: str) -> SideRuns:
    """A snapshot never changes, and the same review is looked at again and again."""
    found = contents.runs(snapshot, selection(snapshot, experiments=experiments, filter=filter))
    ended = tuple(run for run in found if run.status not in _GOING_ON)
    return SideRuns(ended, len(found) - len(ended))


def inputs(work: Workspace, opened: Opened) -> Inputs:
    """From the cache alone, so that every look at a review may ask; raises as `sides` does."""
    with reading(work.snapshot):
        return of_runs(work, opened, *sides(work, opened))


def of_runs(work: Workspace, opened: Opened, baseline: SideRuns, candidate: SideRuns) -> Inputs:
    """The same where the runs are known."""
    every = (*baseline.ended, *candidate.ended)
    metrics = used(work.policy, opened, baseline.ended, candidate.ended)
    code = commits(work.snapshot, [run.run_id for run in every]).to_dict() if every else {}
    facts = {run.run_id: _facts(run, metrics, code.get(run.run_id)) for run in every}
    return Inputs(
        question={
            "baseline": opened.baseline,
            "candidate": opened.candidate,
            "metric": opened.metric,
            "experiments": ", ".join(opened.experiments),
            "store": opened.store,
        },
        baseline={run.run_id: facts[run.run_id] for run in baseline.ended},
        candidate={run.run_id: facts[run.run_id] for run in candidate.ended},
        rules=rules(work.policy, metrics, experiments(every)),
        checklists=listed(work.settings, work.policy.promotion.checklists),
    )


def experiments(runs: Sequence[Run]) -> tuple[str, ...]:
    """Names of those that they are of, ascending."""
    return tuple(sorted({run.experiment for run in runs}))


def compared(policy: Policy, opened: Opened, baseline: Sequence[Run], candidate: Sequence[Run]) -> tuple[str, ...]:
    """The primary metric, then those whose direction the policy knows and both sides log, in its order; at most 12.

    What other runs log changes nothing.
    """
    both = sorted(_logged(baseline) & _logged(candidate) - {opened.metric})
    return (opened.metric, *judged(policy, both))[:MOST]


def used(policy: Policy, opened: Opened, baseline: Sequence[Run], candidate: Sequence[Run]) -> tuple[str, ...]:
    """Every metric that the results use, ascending: compared, judged by the scorecard, traded off or guarded."""
    card = policy.scorecard(experiments((*baseline, *candidate)))
    logged = _logged(baseline) | _logged(candidate)
    traded = (one.metric for own in policy.objectives for one in own.objectives)
    wanted = (
        *compared(policy, opened, baseline, candidate),
        *(one.metric for one in (card.criteria if card else ())),
        *policy.promotion.required,
        *traded,
        ERROR_RATE,
    )
    return tuple(sorted({opened.metric, *wanted} & {opened.metric, *logged}))


def _logged(runs: Sequence[Run]) -> set[str]:
    return {name for run in runs for name in run.metrics}


def _facts(run: Run, metrics: Sequence[str], commit: str | None) -> RunInputs:
    return RunInputs(
        status=run.status.value,
        params=dict(run.params),
        metrics={name: run.metrics[name] for name in metrics if name in run.metrics},
        commit=commit or None,
        data=_data(run),
        files=_files(run.tags),
    )


def _data(run: Run) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for one in run.datasets:
        found.setdefault(f"{one.use.value} {one.name}", set()).add(one.digest or UNDIGESTED)
    return {name: " ".join(sorted(own)) for name, own in found.items()}


def _files(tags: Mapping[str, str]) -> dict[str, str]:
    """By what training wrote of each into the run's tags, the list that MLflow keeps of its own tables, and its parent.

    A run that is nested below one that counts is in no mean: a tag must not take one out unseen.
    """
    said = {_path(tag): value for tag, value in tags.items() if tag.startswith(f"{TAG}.") and tag != COMMIT_TAG}
    return said | {tag: tags[tag] for tag in (_TABLES, PARENT) if tag in tags}


def _path(tag: str) -> str:
    if tag.startswith(_STEPS):
        return f"{PREPROCESSING}/{tag.removeprefix(_STEPS)}.json"
    return _PATHS.get(tag, tag.removeprefix(f"{TAG}."))


def listed(settings: Settings, names: Sequence[str]) -> dict[str, str]:
    """List → version, and SHA-256 of what is asked; nothing of a list that is not there or wrong."""
    found = {own.name: own for own in known(settings).known}
    return {name: _list(found[name]) if name in found else "" for name in sorted(names)}


def _list(own: Checklist) -> str:
    return f"{own.version} {sha256(canonical(own.items))}"
