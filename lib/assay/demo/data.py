"""The demo's data: scikit-learn's bundled sets, and simulated ones that say so."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from assay.demo.images import DIRECTIONS, Array, enlarged, moved
from assay.demo.recipes import Change, Recipe
from assay.errors import RecipeError
from assay.evidence import hash_rows
from assay.model.problems import Recipes

_MOVED_EVERY = 4
_FAR_OUT = 4.0
"""Standard deviations."""


@dataclass(frozen=True, slots=True)
class Data:
    """`features` rows × columns, `target` one per row, `slices` what scores can be split by (text columns).

    `ids`: one per row. `hashes`: one per row, of its features alone (equal rows, equal hashes). `group`:
    which person or image a row comes from, None where rows are independent. `time`: when a row is from, None where
    nobody knows. `side`: of the square image that a row is, None where it is none.
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
    time: Array | None = None

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
    time: Array | None = None,
) -> Data:
    """Data whose rows have ids by position and hashes by what they hold; `group`: whose row each is."""
    ids = np.array([f"{name}-{row:05d}" for row in range(len(target))])
    return Data(name, features, columns, target, slices, ids, _hashes(features, columns), group, side, time)


def moved_copies(data: Data) -> Data:
    """The images, and every fourth of them moved by a pixel in four directions; `group`: the image that a row is of."""
    assert data.side is not None
    still = np.arange(len(data.target))
    own = still[::_MOVED_EVERY]
    features = np.concatenate([data.features, moved(data.features[own], data.side)[len(own) :]])
    rows = np.concatenate([still, np.tile(own, len(DIRECTIONS) - 1)])
    ways = np.repeat(DIRECTIONS, [len(still), *[len(own)] * (len(DIRECTIONS) - 1)])
    return replace(
        data,
        features=features,
        target=data.target[rows],
        slices=data.slices.iloc[rows].reset_index(drop=True),
        ids=np.array([f"{one}-{way}" for one, way in zip(data.ids[rows], ways, strict=True)]),
        hashes=_hashes(features, data.columns),
        group=data.ids[rows],
    )


def _hashes(features: Array, columns: tuple[str, ...]) -> Array:
    return hash_rows(pd.DataFrame(features, columns=list(columns))).to_numpy().astype(str)


def cleaned(data: Data) -> Data:
    """Without the rows that hold an outlier; the others keep name and ids, as in a file that somebody has tidied up."""
    spread = np.maximum(data.features.std(axis=0), np.finfo(float).tiny)
    own = np.flatnonzero((np.abs(data.features - data.features.mean(axis=0)) <= _FAR_OUT * spread).all(axis=1))
    return replace(
        data,
        features=data.features[own],
        target=data.target[own],
        slices=data.slices.iloc[own].reset_index(drop=True),
        ids=data.ids[own],
        hashes=data.hashes[own],
        group=None if data.group is None else data.group[own],
        time=None if data.time is None else data.time[own],
    )


def table(recipe: Recipe, change: Change | None = None) -> Data:
    """The rows that a recipe splits, or what has become of them."""
    data = load(recipe.source_uri)
    data = cleaned(data) if change == "cleaned" else data
    return moved_copies(data) if recipe.leaks_copies else data


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


def _few_digits() -> Data:
    """360 digits, enlarged to 24 × 24: none of them is a test row of the other experiments with digits."""
    from sklearn.model_selection import train_test_split

    digits = _digits()
    others, _ = train_test_split(np.arange(len(digits.target)), test_size=0.3, stratify=digits.target, random_state=42)
    few, side = np.sort(others[:360]), 24
    columns = tuple(f"pixel_{row}_{column}" for row in range(side) for column in range(side))
    features, slices = enlarged(digits.features[few], 8, side), digits.slices.iloc[few].reset_index(drop=True)
    made = dataset("large digits", features, columns, digits.target[few], slices, side=side)
    return replace(made, ids=digits.ids[few], group=digits.ids[few])


def _diabetes() -> Data:
    from sklearn.datasets import load_diabetes

    bunch = load_diabetes()
    columns = tuple(bunch.feature_names)
    bmi = pd.qcut(bunch.data[:, columns.index("bmi")], 3, labels=["low", "middle", "high"])
    return dataset("diabetes", bunch.data, columns, bunch.target, pd.DataFrame({"bmi_third": bmi.astype(str)}))


def _tumours() -> Data:
    from sklearn.datasets import load_breast_cancer

    bunch = load_breast_cancer()
    names = tuple(str(name).replace(" ", "_") for name in bunch.feature_names)
    slices = pd.DataFrame({"diagnosis": bunch.target_names[bunch.target].astype(str)})
    return dataset("tumours", bunch.data, names, bunch.target, slices)


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


def _series() -> Data:
    """900 hours of a machine under load or not, 30 hours at a time: its 12 sensors tell the load faintly and drift, so
    that an hour looks mostly like the hours around it."""
    generator = np.random.RandomState(14)
    hours, width, turn = 900, 12, 30
    drift = 0.1 * np.cumsum(generator.standard_normal((hours, width)), axis=0)
    target = np.repeat(generator.permutation(hours // turn) % 2, turn)
    faint = np.where(np.arange(width) < 4, 1.0, 0.0)
    return dataset(
        "series",
        drift + target[:, None] * faint + 0.3 * generator.standard_normal((hours, width)),
        tuple(f"sensor_{column:02d}" for column in range(width)),
        target,
        pd.DataFrame({"load": np.where(target == 1, "on", "off")}),
        time=np.datetime64("2025-01-01T00", "s") + np.arange(hours) * np.timedelta64(3600, "s"),
    )


_SOURCES: Mapping[str, Callable[[], Data]] = {
    "sklearn:digits": _digits,
    "sklearn:large-digits": _few_digits,
    "sklearn:diabetes": _diabetes,
    "sklearn:breast-cancer": _tumours,
    "simulated:noise": _noise,
    "simulated:patients": _patients,
    "simulated:series": _series,
}
