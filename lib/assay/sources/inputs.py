"""The dataset inputs of one run's folder in a file store: which datasets of its experiment it used, and what for."""

from collections.abc import Mapping
from pathlib import Path

from assay.sources import datasets, folders
from assay.sources.datasets import DatasetRow
from assay.sources.folders import META, RunFolder, UnusableError

INPUTS, DATASETS = "inputs", "datasets"

Known = dict[str, DatasetRow | None]
"""Folder of a dataset → the dataset, None for one that cannot be used; shared by all runs of one reading."""


def add(folder: str, found: RunFolder, known: Known) -> None:
    """Adds to `found` the inputs of the run in `folder`, and the places of those that cannot be used."""
    home = Path(folder, INPUTS)
    if home.is_symlink():
        found.links.append(str(home))
        return
    for entry in folders.subfolders(str(home)):
        try:
            meta = folders.read_meta(entry.path)
        except UnusableError:
            found.lost.append(entry.path)
            continue
        if meta.get("source_type") not in ("DATASET", None):
            continue
        dataset = _dataset(Path(folder).parent, meta.get("source_id"), known)
        if dataset is None:
            found.lost.append(entry.path)
        else:
            found.inputs.append((dataset, _context(meta.get("tags"))))


def _dataset(experiment: Path, name: object, known: Known) -> DatasetRow | None:
    """The dataset of that name in the experiment's folder, which the store names and nobody has to trust."""
    if not isinstance(name, str) or Path(name).name != name or name.startswith("."):
        return None
    folder = experiment / DATASETS / name
    if str(folder) not in known:
        known[str(folder)] = _read(folder)
    return known[str(folder)]


def _read(folder: Path) -> DatasetRow | None:
    try:
        linked = folder.parent.is_symlink() or folder.is_symlink()
        return None if linked or not (folder / META).exists() else datasets.row(folders.read_meta(str(folder)))
    except (UnusableError, OSError):  # a name may be longer than any file's, and a folder closed
        return None


def _context(tags: object) -> str:
    return datasets.text(tags.get(datasets.CONTEXT)) if isinstance(tags, Mapping) else ""
