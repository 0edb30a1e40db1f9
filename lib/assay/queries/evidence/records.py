"""What is on record of runs, by the cache and by the files that they logged?"""

from collections.abc import Mapping, Sequence

from assay.cache import datasets, reads
from assay.cache import records as counted
from assay.model.evidence.environment import LoggedEnvironment
from assay.model.evidence.files import CHANGES, ENVIRONMENT, RECIPE, SPLITS, tag_of
from assay.model.evidence.record import RunRecord
from assay.model.sync import Snapshot
from assay.queries.evidence.environments import MODELS_TAG
from assay.queries.runs.commits import commits

_STARTED, _ENTRY = "mlflow.source.name", "mlflow.project.entryPoint"
_IMAGE, _IMAGE_ID = "mlflow.docker.image.uri", "mlflow.docker.image.id"
_FILES = {tag_of(path): path for path in (SPLITS, ENVIRONMENT, RECIPE, CHANGES)}
_TAGS = (_STARTED, _ENTRY, _IMAGE, _IMAGE_ID, MODELS_TAG, *_FILES)


def records(
    snapshot: Snapshot,
    run_ids: Sequence[str],
    logged: Mapping[str, LoggedEnvironment],
    seeds: Sequence[str] = (),
    ignored: Sequence[str] = (),
) -> dict[str, RunRecord]:
    """Of each run; `logged`: what was read of their files, `seeds`: the params that are some, `ignored`: that make no
    configuration."""
    ids = list(run_ids)
    tags, code = reads.tags(snapshot, ids, _TAGS).to_dict("index"), commits(snapshot, ids)
    counts = counted.counts(snapshot, ids).to_dict("index")
    params = reads.params(snapshot, ids, [*seeds, *ignored]).to_dict("index")
    used = datasets.of(snapshot, ids)
    nothing = LoggedEnvironment()
    return {
        run_id: RunRecord(
            run_id,
            commit=code[run_id],
            started=tags[run_id][_STARTED],
            project=tags[run_id][_ENTRY],
            image=_image(tags[run_id][_IMAGE], tags[run_id][_IMAGE_ID]),
            has_model=bool(tags[run_id][MODELS_TAG] or logged.get(run_id, nothing).requirements),
            params=counts[run_id]["params"],
            metrics=counts[run_id]["metrics"],
            seeds=tuple((name, params[run_id][name]) for name in seeds if params[run_id][name]),
            ignored=tuple((name, params[run_id][name]) for name in ignored if params[run_id][name]),
            datasets=used[run_id],
            hashes={path: tags[run_id][tag] for tag, path in _FILES.items() if tags[run_id][tag]},
            logged=logged.get(run_id, nothing),
        )
        for run_id in ids
    }


def _image(uri: str | None, digest: str | None) -> str | None:
    """MLflow's project names the image and what docker calls its id, which is a digest of that machine alone."""
    return uri and (f"{uri}@{digest}" if digest and "@" in digest else uri)
