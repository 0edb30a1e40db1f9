"""What do these runs hold, all of it?"""

from dataclasses import replace

from assay.cache import contents, reads
from assay.cache.connection import reading
from assay.model.note import Note
from assay.model.runs.listing import Configuration, Configurations, ListQuestion, Replication
from assay.model.runs.selection import Selection
from assay.model.runs.store import Run
from assay.queries.runs.listing import listing
from assay.queries.runs.selection import selection, unknown_keys, unknown_values
from assay.workspace import Workspace


def runs(work: Workspace, question: ListQuestion) -> tuple[Run, ...]:
    """Every run that is asked for with all its params, metrics and tags, newest first; raises as `listing` does."""
    with reading(work.snapshot):
        return contents.runs(work.snapshot, _selected(work, question))


def notes(work: Workspace, question: ListQuestion) -> tuple[Note, ...]:
    """What of the filter no run carries; of one that finds nothing the values too."""
    with reading(work.snapshot):
        chosen = _selected(work, question)
        nothing = () if contents.any_run(work.snapshot, chosen) else unknown_values(work.snapshot, chosen)
        return (*unknown_keys(work.snapshot, chosen), *nothing)


def configurations(work: Workspace, question: ListQuestion) -> Configurations:
    """Every configuration that is asked for with all its metrics; raises as `listing` does."""
    with reading(work.snapshot):
        keys = reads.keys(work.snapshot, _selected(work, question))
        params = question.group_by or work.policy.leaving_out(question.ignore).params.configuring_among(keys.params)
        found = listing(work, replace(question, metrics=keys.metrics, params=params))
    members = found.members.groupby(found.members, sort=False).groups
    logged = found.params.to_dict("index")
    counts, means, stds = (frame.to_dict("index") for frame in (found.count, found.mean, found.std))
    return Configurations(
        tuple(
            Configuration(
                label=row["name"],
                experiment=row["experiment"],
                experiment_id=row["experiment_id"],
                key={str(key): str(value) for key, value in logged[name].items() if value is not None},
                n=row["n"],
                replicates=row["replicates"],
                run_ids=tuple(members[name]),
                metrics={
                    key: Replication(counts[name][key], means[name][key], stds[name][key])
                    for key in found.metrics
                    if counts[name][key]
                },
            )
            for name, row in zip(map(str, found.rows.index), found.rows.to_dict("records"), strict=True)
        ),
        found.excluded,
        found.notes,
    )


def _selected(work: Workspace, question: ListQuestion) -> Selection:
    return selection(work.snapshot, experiments=question.experiments, filter=question.filter, deleted=question.deleted)
