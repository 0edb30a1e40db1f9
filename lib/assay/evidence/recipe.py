"""Logs what defines a model wholly."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assay.errors import EvidenceError
from assay.evidence.writing import log_text
from assay.model.evidence.files import RECIPE

if TYPE_CHECKING:
    from mlflow import MlflowClient


def log_recipe(mapping: Mapping[str, Any], *, run_id: str | None = None, client: "MlflowClient | None" = None) -> None:
    """Logs what defines the model wholly as `evidence/recipe.yaml`; leave credentials out of it.

    Raises EvidenceError when it is empty or holds something that is no plain value.
    """
    import yaml

    if not mapping:
        raise EvidenceError("The recipe is empty; pass the mapping that the training was started with.")
    try:
        plain = json.loads(json.dumps(mapping, default=_plain))
    except (TypeError, ValueError) as error:
        raise EvidenceError(f"The recipe cannot be written as YAML: {error}; use plain values.") from None
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump(plain, Dumper=dumper, sort_keys=False, allow_unicode=True)
    log_text(text, RECIPE, run_id, client)


def _plain(value: object) -> object:
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no plain value")
