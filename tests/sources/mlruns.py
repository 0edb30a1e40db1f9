"""File stores written by hand, whole and damaged ones."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from assay.sources.files import FileSource
from assay.sources.source import Extract
from sources.rows import quiet

START = 1_750_000_000_000


class Mlruns:
    """A file store written by hand, as any MLflow of the last years may have."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def experiment(self, key: str = "1", trashed: bool = False, **fields: Any) -> Path:
        folder = (self.root / ".trash" / key) if trashed else self.root / key
        folder.mkdir(parents=True)
        meta = {"experiment_id": key, "name": f"experiment {key}", "lifecycle_stage": "active"}
        meta["artifact_location"] = f"file:///somewhere/else/{key}"
        (folder / "meta.yaml").write_text(yaml.safe_dump(meta | fields))
        return folder

    def run(self, key: str, experiment: str = "1", **fields: Any) -> Path:
        folder = next(self.root.glob(f"**/{experiment}/meta.yaml"), self.root / experiment / "meta.yaml").parent / key
        folder.mkdir(parents=True)
        meta: dict[str, Any] = {"run_id": key, "run_uuid": key, "experiment_id": experiment, "user_id": "someone"}
        meta |= {"status": 3, "start_time": START, "end_time": START + 5, "lifecycle_stage": "active", "name": ""}
        meta |= {"artifact_uri": f"file:///etc/{key}", "run_name": "a name", "deleted_time": None, "tags": []}
        meta |= fields
        kept = {name: value for name, value in meta.items() if value != "absent"}
        (folder / "meta.yaml").write_text(yaml.safe_dump(kept))
        return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def extract(root: Path, cursor: Mapping[str, Any] | None = None) -> Extract | None:
    return FileSource(root, str(root)).extract(cursor, quiet)
