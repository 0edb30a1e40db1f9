"""The demo's data: scikit-learn's bundled sets, and two simulated ones that say so."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from assay.errors import RecipeError
from assay.model.problems import Recipes

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Data:
    """`features` rows × columns, `target` one per row, `slices` what scores can be split by (text columns).

    `ids`: one per row. `hashes`: one per row, of its features alone (equal rows, equal hashes). `group`:
    which person a row comes from, None where rows are independent. `side`: of the square image that a row is, None
    where it is none.
    """

    name: str
    features: Array
    columns: tuple[str, ...]
    target: Array
    slices: pd.DataFrame
    ids: Array
    hashes: Array
    group: Array | None = None
    side: int | None = None

    def digest_of(self, rows: Array) -> str:
        """What identifies the content of some rows, in whatever order they are."""
        own = np.sort(rows)
        return hashlib.sha256(self.features[own].tobytes() + self.target[own].tobytes()).hexdigest()[:8]


def dataset(
    name: str,
    features: Array,
    columns: tuple[str, ...],
    target: Array,
    slices: pd.DataFrame,
    group: Array | None = None,
    side: int | None = None,
) -> Data:
    """Data whose rows have ids by position and hashes by what they hold; `group`: whose row each is."""
    ids = np.array([f"{name}-{row:05d}" for row in range(len(target))])
    hashes = np.array([hashlib.sha256(row.tobytes()).hexdigest()[:16] for row in features])
    return Data(name, features, columns, target, slices, ids, hashes, group, side)


@lru_cache(maxsize=8)
def load(source_uri: str) -> Data:
    """The data behind a recipe's `loader.source_uri`; RecipeError when there is none of that name."""
    maker = _SOURCES.get(source_uri)
    if maker is None:
        raise RecipeError(Recipes.SOURCE_UNKNOWN, found=repr(source_uri), allowed=tuple(_SOURCES))
    return maker()


def _digits() -> Data:
    from sklearn.datasets import load_digits

    features, target = load_digits(return_X_y=True)
    columns = tuple(f"pixel_{row}_{column}" for row in range(8) for column in range(8))
    return dataset("digits", features, columns, target, pd.DataFrame({"digit": target.astype(str)}), side=8)


def _diabetes() -> Data:
    from sklearn.datasets import load_diabetes

    bunch = load_diabetes()
    columns = tuple(bunch.feature_names)
    bmi = pd.qcut(bunch.data[:, columns.index("bmi")], 3, labels=["low", "middle", "high"])
    return dataset("diabetes", bunch.data, columns, bunch.target, pd.DataFrame({"bmi_third": bmi.astype(str)}))


def _noise() -> Data:
    """Features and classes that have nothing to do with each other: an honest accuracy is near one half."""
    generator = np.random.RandomState(42)
    features = generator.standard_normal((200, 10_000))
    target = generator.choice(2, 200)
    columns = tuple(f"noise_{column:05d}" for column in range(10_000))
    slices = pd.DataFrame({"class": np.where(target == 1, "positive", "negative")})
    return dataset("noise", features, columns, target, slices)


def _patients() -> Data:
    """100 patients, 8 visits each: a visit looks mostly like its patient, only faintly like the illness."""
    generator = np.random.RandomState(7)
    patients, visits, width = 100, 8, 20
    ill = generator.permutation(np.arange(patients) % 2)
    faint = np.where(np.arange(width) < 4, 0.6, 0.0)
    signature = generator.standard_normal((patients, width)) + ill[:, None] * faint
    group = np.repeat(np.arange(patients), visits)
    features = signature[group] + 0.3 * generator.standard_normal((patients * visits, width))
    target = ill[group]
    return dataset(
        "patients",
        features,
        tuple(f"marker_{column:02d}" for column in range(width)),
        target,
        pd.DataFrame({"condition": np.where(target == 1, "ill", "healthy")}),
        group=np.array([f"patient-{number:03d}" for number in group]),
    )


_SOURCES: Mapping[str, Callable[[], Data]] = {
    "sklearn:digits": _digits,
    "sklearn:diabetes": _diabetes,
    "simulated:noise": _noise,
    "simulated:patients": _patients,
}
