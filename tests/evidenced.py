"""A store whose runs log evidence of any form and age, and what the checks are asked of it."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd
from mlflow.entities import Dataset, DatasetInput, InputTag

from assay.model.evidence.check import Check
from assay.model.evidence.files import ENVIRONMENT, FEATURE_IMPORTANCE, PREPROCESSING, SPLITS, TEST_ROWS_TAG, tag_of
from assay.model.evidence.leakage import Leakage, LeakageQuestion
from assay.queries.evidence.leakage import leakage
from assay.workspace import Workspace
from scored import Scored


class Evidenced(Scored):
    """Logs evidence as `assay.evidence` does, and as earlier versions and others do: without a tag."""

    def evidence(self, run_id: str, path: str, content: bytes, *, tagged: bool = True, tag: str | None = None) -> None:
        """`tag`: what the tag says in place of the content's hash."""
        folder, _, name = path.rpartition("/")
        self.log(run_id, name, content, folder)
        if tagged:
            self.client.set_tag(run_id, tag_of(path), tag or hashlib.sha256(content).hexdigest())

    def splits(self, run_id: str, frame: pd.DataFrame, **how: Any) -> bytes:
        made = self.folder / "made.parquet"
        frame.to_parquet(made, index=False)
        content = made.read_bytes()
        self.evidence(run_id, SPLITS, content, **how)
        return content

    def fitted(self, run_id: str, step: str, fitted_on: str, **how: Any) -> None:
        content = json.dumps({"step": step, "fitted_on": fitted_on}).encode()
        self.evidence(run_id, f"{PREPROCESSING}/{step}.json", content, **how)

    def importance(self, run_id: str, shares: dict[str, float], **how: Any) -> None:
        made = self.folder / "made.parquet"
        pd.DataFrame({"feature": [*shares], "importance": [*shares.values()]}).to_parquet(made)
        self.evidence(run_id, FEATURE_IMPORTANCE, made.read_bytes(), **how)

    def environment(self, run_id: str, found: dict[str, Any] | bytes, **how: Any) -> None:
        content = found if isinstance(found, bytes) else json.dumps(found).encode()
        self.evidence(run_id, ENVIRONMENT, content, **how)

    def rows(self, run_id: str, text: str) -> None:
        """Says which rows were the test rows."""
        self.client.set_tag(run_id, TEST_ROWS_TAG, text)

    def used(
        self, run_id: str, digest: str, context: str, name: str = "digits", source: tuple[str, str] = ("local", "{}")
    ) -> None:
        """Logs a dataset by MLflow's own means; `source`: its type and what it says."""
        tags = [InputTag("mlflow.data.context", context)]
        self.client.log_inputs(run_id, [DatasetInput(Dataset(name, digest, *source), tags)])


def asked(work: Workspace, *experiments: str, **more: Any) -> Leakage:
    return leakage(work, LeakageQuestion(experiments, **more))


def alone(work: Workspace, check: str, *experiments: str, **more: Any) -> list[Check]:
    """What a check says of every single run, the oldest first."""
    found = asked(work, *experiments, single=True, **more)
    return [row.cell(check).check for row in reversed(found.rows)]


def statuses(work: Workspace, check: str, *experiments: str) -> list[str]:
    return [one.status.value for one in alone(work, check, *experiments)]


def forgotten(data: Path) -> None:
    """As if nobody had ever counted anything."""
    for path in (data / "facts").glob("*"):
        path.unlink()
