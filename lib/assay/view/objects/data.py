"""The documented JSON objects of datasets."""

from collections.abc import Sequence
from typing import Any

from assay.model.comparison.answer import ComparedData
from assay.model.runs.data import Dataset, Datasets


def datasets(found: Sequence[Dataset]) -> list[dict[str, Any]]:
    """What one run logged."""
    return [_dataset(one) for one in found]


def compared(found: ComparedData, labels: Sequence[str]) -> dict[str, Any]:
    """Whether the test data are the same, and of each side the different sets of datasets by use."""
    return {
        "test": found.test,
        "sides": [
            {
                "label": label,
                "runs": side.runs,
                "untested": side.untested,
                **{use: _sets(getattr(side, use)) for use in ("test", "train", "other")},
            }
            for label, side in zip(labels, found.sides, strict=False)
        ],
    }


def _sets(sets: Sequence[Datasets]) -> list[list[dict[str, Any]]]:
    return [datasets(own) for own in sets]


def _dataset(one: Dataset) -> dict[str, Any]:
    return {
        "name": one.name,
        "digest": one.digest,
        "context": one.context,
        "use": one.use,
        "source_type": one.source_type,
        "source": one.source,
        "rows": one.rows,
    }
