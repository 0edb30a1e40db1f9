"""The models of a run that MLflow 3 keeps beside it: which they are, and where their files are among the run's."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from assay.errors import SourceError
from assay.model.problems import Artifacts
from assay.model.runs.store import MODELS, Artifact, LifecycleStage
from assay.sources import folders


def split(path: str) -> tuple[str, str]:
    """The model whose file a path of a run's artifacts is, "" where it is the run's own; and the path in there.

    Raises SourceError for a path below MODELS that names no model.
    """
    first, *rest = PurePosixPath(path).parts or ("",)
    if first != MODELS:
        return "", path
    if not rest or not _is_id(rest[0]):
        raise SourceError(Artifacts.NO_PATH, path=path)
    return rest[0], "/".join(rest[1:])


def listing(
    folder: str, logged: Callable[[], Iterable[str]], files: Callable[[str, str], Iterable[Artifact]]
) -> tuple[Artifact, ...]:
    """What lies in `folder` of a run's artifacts: `files` of a model, or of the run itself (""), in a folder of theirs.

    `logged`: the ids of the run's models, the folders in MODELS; those that cannot be a folder's name are left out.
    """
    if folder == MODELS:
        return tuple(Artifact(f"{MODELS}/{model}", True) for model in logged() if _is_id(model))
    model, below = split(folder)
    found = files(model, below)
    return tuple(replace(one, path=f"{MODELS}/{model}/{one.path}") for one in found) if model else tuple(found)


def newest(steps: Mapping[str, int]) -> list[str]:
    """Models by the step at which they were logged, the highest first; then by id, for a server has no other order."""
    return sorted(steps, key=lambda model: (-steps[model], model))


def in_run_folder(run: str) -> list[str]:
    """The models that a run in a file store names as its outputs, and that are still there."""
    outputs = Path(run, "outputs")
    if outputs.is_symlink():
        return []
    named = [entry for entry in folders.subfolders(str(outputs)) if _is_id(entry.name)]
    return newest({one.name: step(_meta(Path(one.path)).get("step")) for one in named if _is_there(run, one.name)})


def folder_of(run: str, model: str) -> Path:
    """The artifacts of a model beside the folder of its run; raises SourceError where the way there leads out."""
    home = _home(run, model)
    if home.is_symlink() or home.parent.is_symlink():
        raise SourceError(Artifacts.LEADING_OUT, path=f"{MODELS}/{model}")
    return home / "artifacts"


def step(found: object) -> int:
    """A model's step; 0, MLflow's own for one that has none, for what is no number."""
    return found if isinstance(found, int) else 0


def _is_there(run: str, model: str) -> bool:
    meta = _meta(_home(run, model))  # which has a stage only once the model was deleted
    return meta.get("model_id") == model and meta.get("lifecycle_stage") != LifecycleStage.DELETED


def _home(run: str, model: str) -> Path:
    return Path(run).parent / "models" / model


def _meta(folder: Path) -> Mapping[str, Any]:
    """What a folder's meta.yaml says; nothing where it has none that can be read."""
    try:
        return folders.read_meta(str(folder)) if not folder.is_symlink() else {}
    except (folders.UnusableError, OSError):
        return {}


def _is_id(model: str) -> bool:
    return re.fullmatch(r"[\w-]+", model) is not None
