"""How could one run be run again, and what should come out?"""

from collections.abc import Sequence

import numpy as np

from assay.analysis.evidence.code import commit_of, image_of
from assay.analysis.evidence.differences import RunFields, across, fields_of
from assay.analysis.evidence.record import records as judged
from assay.cache import reads
from assay.errors import AssayError, SelectionError
from assay.model.evidence.check import CheckStatus
from assay.model.evidence.environment import CodeState, Environment
from assay.model.evidence.files import RECIPE, SPLITS
from assay.model.evidence.notes import RecordNote
from assay.model.evidence.record import NEEDED, RunRecord
from assay.model.evidence.reproducibility import ONE_THING, ReproducibilityQuestion
from assay.model.evidence.reproduction import Expected, Reproduction
from assay.model.note import Note, note
from assay.model.runs.notes import RunNote
from assay.model.runs.store import LifecycleStage, Run
from assay.queries import metrics
from assay.queries.evidence.asking import keeps
from assay.queries.evidence.environments import environments
from assay.queries.evidence.folder import file_of
from assay.queries.evidence.records import records
from assay.queries.evidence.repeats import repeated
from assay.queries.evidence.rows import MOST_READ, ChosenRows, chosen_rows
from assay.uri import shown
from assay.workspace import Workspace

_LONGEST_RECIPE = 100_000


def reproduction(work: Workspace, run_id: str) -> Reproduction:
    """Of the run with this id; raises SelectionError where there is none."""
    run = reads.run(work.snapshot, run_id)
    if run is None:
        raise SelectionError(RunNote.UNKNOWN_RUN, run_id=run_id)
    deleted = run.lifecycle_stage is LifecycleStage.DELETED
    asked = ReproducibilityQuestion((run.experiment_id,), f"run_id IN ('{run_id}')", deleted)
    chosen = chosen_rows(work, asked)
    again = repeated(work, chosen)
    ids = tuple(dict.fromkeys((run_id, *again.run_ids)))[:MOST_READ]
    logged = environments(work, ids)
    known = records(work.snapshot, ids, logged, again.seeds)
    own, fields = known[run_id], {one: fields_of(record) for one, record in known.items()}
    alike = [one for one in ids if _is_one_thing(fields[one], fields[run_id])]
    found = own.logged.environment or Environment()
    return Reproduction(
        run_id=run_id,
        label=chosen.called(work)[run_id],
        experiment=run.experiment,
        tracking_uri=shown(work.settings.tracking_uri),
        missing=_missing(own),
        commit=commit_of(own),
        environment=found,
        requirements=own.logged.requirements,
        image=image_of(own),
        datasets=own.datasets,
        splits=own.hashes.get(SPLITS),
        recipe=_recipe(work, own),
        seeds=own.seeds,
        expected=_expected(work, chosen, run, alike, again.aside),
        repeats=len(alike) if len(alike) > 1 else 0,
        keeps_seconds=keeps(logged.values()),
    )


def _recipe(work: Workspace, own: RunRecord) -> str | None:
    """Its text; None where there is none that can be had now, or that anybody would read."""
    if RECIPE not in own.hashes and RECIPE not in own.logged.files:
        return None
    try:
        path = file_of(work, own.run_id, RECIPE)
        return path.read_text(encoding="utf-8") if path.stat().st_size <= _LONGEST_RECIPE else None
    except (AssayError, OSError, UnicodeDecodeError):
        return None


def _is_one_thing(other: RunFields, own: RunFields) -> bool:
    """Whether nothing on record says that the other run was of other code or other data."""
    differing, _ = across((other, own))
    return not any(field.kind in ONE_THING for field in differing)


def _missing(own: RunRecord) -> tuple[Note, ...]:
    """What is not on record, what stops a second run first."""
    checks = sorted(judged(own), key=lambda one: one.check not in NEEDED)
    found = [one.note for one in checks if one.status is not CheckStatus.PASS]
    code = own.logged.environment.code if own.logged.environment else None
    return (*_repository(code), *found)


def _repository(code: CodeState | None) -> tuple[Note, ...]:
    return () if code and code.remote else (note(RecordNote.NO_REMOTE),)


def _expected(
    work: Workspace, chosen: ChosenRows, run: Run, alike: Sequence[str], aside: Sequence[str]
) -> tuple[Expected, ...]:
    """The metrics that the policy speaks of first, the others by name; tolerance: how far those alike are apart."""
    policy = chosen.policy
    ruled = metrics.judged(policy, sorted(run.metrics))
    names = (*ruled, *(name for name in sorted(run.metrics) if name not in ruled))
    values = reads.metrics(work.snapshot, list(alike), names).values
    return tuple(
        Expected(
            metrics.known(policy, name, values=[run.metrics[name]]),
            run.metrics[name],
            None if name in aside else _tolerance(values[name].to_numpy(dtype=np.float64)),
            name in aside,
        )
        for name in names
    )


def _tolerance(values: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float | None:
    """None where not all of several runs logged it."""
    if values.size < 2 or not np.isfinite(values).all():
        return None
    return float(values.max() - values.min())
