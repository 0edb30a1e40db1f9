"""What do the runs of a candidate prove by what they logged?"""

from collections.abc import Collection, Sequence
from math import isfinite

from assay.model.evidence.checklist import Proof, ProofOf
from assay.model.evidence.proofs import ProofNote as Says
from assay.model.metric import words_of
from assay.model.note import Value, note
from assay.model.runs.store import Artifact, Run, RunStatus

_MODELS = ("model", "checkpoint", "ckpt", "weights")
_STEPS = ("scaler", "encoder", "imputer", "vectorizer", "preprocess", "tokenizer")
_BLOBS, _TEXTS = ("", "bin", "ubj", "npz", "zip", "tar.gz"), ("json", "txt")
_SUFFIXES = (".ckpt", ".pt", ".pth", ".pkl", ".joblib", ".onnx", ".safetensors", ".h5", ".keras", ".gguf")
_MEMORY = frozenset({"memory", "mem", "ram", "rss", "vram"})


def tracked(runs: Sequence[Run]) -> Proof:
    """Params and metrics of every run."""
    bare = [run for run in runs if not (run.params and run.metrics)]
    if bare:
        return _of(False, Says.UNTRACKED, bare[0].run_id, n=len(bare), of=len(runs))
    params, metrics = (len({*each}) for each in (_names(runs, "params"), _names(runs, "metrics")))
    return _of(True, Says.ALL_TRACKED, n=len(runs), params=params, metrics=metrics)


def _names(runs: Sequence[Run], kind: str) -> Sequence[str]:
    return [name for run in runs for name in getattr(run, kind)]


def all_finished(runs: Sequence[Run]) -> Proof:
    """Failed and killed runs, and those still going on, speak against it; who logged nothing proves nothing."""
    others = [run for run in runs if run.status is not RunStatus.FINISHED]
    if others:
        return _of(False, Says.RUNS_UNFINISHED, others[0].run_id, n=len(others), of=len(runs))
    if not any(run.params or run.metrics for run in runs):
        return _of(None, Says.NO_NUMBER_LOGGED, n=len(runs))
    return _of(True, Says.RUNS_FINISHED, n=len(runs))


def numbers_finite(runs: Sequence[Run]) -> Proof:
    """Silent where nobody logged a number."""
    found = [(run, key, value) for run in runs for key, value in run.metrics.items()]
    odd = [(run, key) for run, key, value in found if not isfinite(value)]
    if odd:
        [run, key], n = odd[0], len({run.run_id for run, _ in odd})
        return _of(False, Says.NUMBER_NOT_FINITE, run.run_id, n=n, of=len(runs), metric=key)
    return _of(True if found else None, Says.ALL_FINITE, n=len(found))


def learning_curves(runs: Sequence[Run], stepped: Collection[str]) -> Proof:
    """`stepped`: the runs that logged a metric over several steps. Without any nobody says that there is none."""
    return _of_every(runs, stepped, Says.CURVES_LOGGED, Says.NO_CURVES)


def resources(runs: Sequence[Run]) -> Proof:
    """Memory by the name of a metric."""
    logged = {run.run_id for run in runs if any(_MEMORY.intersection(words_of(key)) for key in run.metrics)}
    return _of_every(runs, logged, Says.MEMORY_LOGGED, Says.NO_MEMORY)


def models_kept(runs: Sequence[Run], kept: Collection[str]) -> Proof:
    """`kept`: the runs that hold a model or a checkpoint; others may keep theirs elsewhere."""
    return _of_every(runs, kept, Says.MODELS_LOGGED, Says.NO_MODELS)


def _of_every(runs: Sequence[Run], having: Collection[str], yes: Says, silent: Says) -> Proof:
    n = sum(run.run_id in having for run in runs)
    return _of(True, yes, n=n) if n == len(runs) else _of(None, silent, n=len(runs) - n, of=len(runs))


def _of(holds: bool | None, code: Says, run_id: str = "", **values: Value) -> Proof:
    return Proof(ProofOf.RUNS, holds, note(code, **values), run_id)


def holds_model(files: Sequence[Artifact]) -> bool:
    """A folder called like one, or a file that can hold weights: no picture, table or step before the model."""
    return any(_is_model(one.path.rpartition("/")[2].lower(), is_folder=one.is_folder) for one in files)


def _is_model(name: str, *, is_folder: bool) -> bool:
    stem, _, suffix = name.partition(".")
    if is_folder:
        return name.startswith(_MODELS)
    if not any(word in stem for word in _STEPS) and name.endswith(_SUFFIXES):
        return True
    return stem.startswith(_MODELS) and (suffix in _BLOBS or (stem in _MODELS and suffix in _TEXTS))
