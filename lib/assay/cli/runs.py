"""`assay runs`: what has been run."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import click

from assay.cli.options import Workspace, run_options, store_options, warn, workspace
from assay.cli.output import emit, say, table
from assay.model.runs import Run
from assay.model.selection import Selection
from assay.queries import metrics as kinds
from assay.queries.objects import odd_name
from assay.queries.runs import configurations as whole
from assay.queries.runs.selection import selection, unknown_keys
from assay.view.text import numbers

AUTO = "auto"
SHOWN_METRICS = 3


@click.command(
    epilog="""JSON: {runs: [{run_id, name, experiment, status, lifecycle_stage, start_time, end_time, params, metrics,
    tags, reason?}], warnings[]}; with --group-by {configurations: [{label, experiment, key: {param: value}, n,
    replicates, run_ids[], metrics: {name: {n, mean, std, reason?}}}], excluded: {reason: count}, warnings[]}. n counts
    finished runs, replicates distinct ones; std has ddof 1."""
)
@store_options
@run_options
@click.option("--group-by", metavar="P,Q", help="Params that make a configuration; `auto`: all but the seed.")
def runs(
    tracking_uri: str | None,
    data: str | None,
    policy: str | None,
    as_json: bool,
    experiments: tuple[str, ...],
    filter: str,
    deleted: bool,
    no_sync: bool,
    group_by: str | None,
) -> None:
    """List runs, or configurations with their replicates averaged."""
    work = workspace(tracking_uri, data, policy, no_sync=no_sync)
    chosen = selection(work.snapshot, experiments=experiments, filter=filter, deleted=deleted)
    if group_by is not None:
        params = [] if group_by == AUTO else [part.strip() for part in group_by.split(",") if part.strip()]
        found = whole.configurations(work.snapshot, work.policy, chosen, group_by=params)
        _warn(found.warnings)
        _emit_configurations(found) if as_json else _show_configurations(work, found)
    else:
        warnings = unknown_keys(work.snapshot, chosen)
        _warn(warnings)
        _emit_runs(work, chosen, warnings) if as_json else _show_runs(work, chosen)


def _warn(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        warn(sentence)


def _emit_runs(work: Workspace, chosen: Selection, warnings: Sequence[str]) -> None:
    emit({"runs": [_run(run) for run in whole.runs(work.snapshot, chosen)], "warnings": warnings})


def _run(run: Run) -> dict[str, Any]:
    odd = {key: value for key, value in run.metrics.items() if not math.isfinite(value)}
    record: dict[str, Any] = {
        "run_id": run.run_id,
        "name": run.name,
        "experiment": run.experiment,
        "status": run.status,
        "lifecycle_stage": run.lifecycle_stage,
        "start_time": _time(run.start_time),
        "end_time": _time(run.end_time),
        "params": run.params,
        "metrics": {key: value if key not in odd else None for key, value in run.metrics.items()},
        "tags": run.tags,
    }
    if odd:
        record["reason"] = "; ".join(f"metrics.{key} is {odd_name(value)}" for key, value in odd.items())
    return record


def _emit_configurations(found: whole.Configurations) -> None:
    emit(
        {
            "configurations": [
                {
                    "label": c.label,
                    "experiment": c.experiment,
                    "key": c.key,
                    "n": c.n,
                    "replicates": c.replicates,
                    "run_ids": c.run_ids,
                    "metrics": {key: _moments(m) for key, m in c.metrics.items()},
                }
                for c in found.configurations
            ],
            "excluded": found.excluded,
            "warnings": found.warnings,
        }
    )


def _moments(moments: whole.Moments) -> dict[str, Any]:
    record: dict[str, Any] = {"n": moments.n, "mean": moments.mean, "std": moments.std}
    if moments.n == 1:
        record |= {"std": None, "reason": "std needs two replicates"}
    return record


def _show_runs(work: Workspace, chosen: Selection) -> None:
    found = whole.runs(work.snapshot, chosen)
    keys = kinds.notable(work.policy, _most_logged([run.metrics for run in found]))[:SHOWN_METRICS]
    table(
        ["run", "name", "experiment", "status", "started, UTC", *keys],
        [
            [
                run.run_id[:8],
                run.name or numbers.MISSING,
                run.experiment,
                run.status.lower() + (", deleted" if run.lifecycle_stage == "deleted" else ""),
                f"{run.start_time:%Y-%m-%d %H:%M}" if run.start_time else numbers.MISSING,
                *(numbers.plain(run.metrics.get(key)) for key in keys),
            ]
            for run in found
        ],
        right=range(5, 5 + len(keys)),
    )
    say(f"{numbers.count(len(found), 'run')} of {work.snapshot.tracking_uri}", to_people=True)


def _show_configurations(work: Workspace, found: whole.Configurations) -> None:
    keys = kinds.notable(work.policy, _most_logged([c.metrics for c in found.configurations]))[:SHOWN_METRICS]
    scales = {
        key: numbers.scale(
            kinds.unit(work.policy, key, [c.metrics[key].mean for c in found.configurations if key in c.metrics]),
            [c.metrics[key].mean for c in found.configurations if key in c.metrics],
            [c.metrics[key].std for c in found.configurations if key in c.metrics and c.metrics[key].n > 1],
        )
        for key in keys
    }
    table(
        ["configuration", "experiment", "n", *(scales[key].header(key) for key in keys)],
        [
            [c.label, c.experiment, str(c.replicates), *(_mean(c.metrics.get(key), scales[key]) for key in keys)]
            for c in found.configurations
        ],
        right=range(2, 3 + len(keys)),
    )
    left_out = ", ".join(f"{n} {reason}" for reason, n in found.excluded.items())
    say(
        f"{numbers.count(len(found.configurations), 'configuration')}; mean ± std over n replicates."
        + (f" In no mean: {left_out}." if left_out else ""),
        to_people=True,
    )


def _mean(moments: whole.Moments | None, scale: numbers.Scale) -> str:
    if moments is None:
        return numbers.MISSING
    return scale.spread(moments.mean, moments.std if moments.n > 1 else None)


def _most_logged(logged: list[Mapping[str, Any]]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for keys in logged:
        for key in keys:
            counts[key] = counts.get(key, 0) + 1
    return tuple(sorted(counts, key=lambda key: (-counts[key], key)))


def _time(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat(timespec="milliseconds")
