"""What a fitted transformer has learned, and whether another one has learned the same."""

import inspect
import pickle
import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

_NOT_LEARNED = re.compile(r"_*n_(samples|iter|features|steps|batches)|_*feature_names|.*_time_$")
"""Counts and names: they tell how a step was called, not what it learned."""
_TOLERATED = {8: (1e-8, 1e-11), 4: (1e-4, 1e-6), 2: (1e-2, 1e-3)}
"""Bytes of a float → how far two of them may lie apart: in shares of themselves, and of their matrix's largest."""
_ROUNDING = 1e-14
_DEEPEST = 30
"""Levels of values within values that are followed."""


def learned(step: Any) -> dict[str, Any]:
    """Attribute → value, for whatever public attribute is no parameter and each private array, of nested steps too.

    Keys of nested steps begin with their names: `scaler.mean_`. Counts of rows and names of features are left out.
    """
    inner = parts(step)
    if inner is not None:
        return {f"{name}.{key}": value for name, part in inner for key, value in learned(part).items()}
    found: dict[str, Any] = {}
    for name in _names(step):
        value = _value(step, name)
        if _is_estimator(value):
            found |= {f"{name}.{key}": own for key, own in learned(value).items()}
        elif value is not None:
            found[name] = value
    return found


def parts(step: Any) -> list[tuple[str, Any]] | None:
    """The fitted steps of a Pipeline, ColumnTransformer or FeatureUnion by name; None for what is none of these."""
    for holder in ("transformers_", "transformer_list", "steps"):
        held = getattr(step, holder, None)
        if isinstance(held, list) and all(isinstance(one, tuple) and len(one) > 1 for one in held):
            return [(str(one[0]), one[1]) for one in held if _is_estimator(one[1])]
    return None


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The attributes that are not the same in both but for rounding, one that only one has among them."""
    largest = _largest(one)

    def same(name: str) -> bool:
        return (
            name in one and name in other and alike(one[name], other[name], _ROUNDING * largest[_kind(name, one[name])])
        )

    return [name for name in {**one, **other} if not same(name)]


def alike(one: Any, other: Any, small: Any = 0.0, depth: int = 0) -> bool:
    """Whether two learned values are the same but for rounding; NaN is NaN. `small`: for each column of an array, how
    far its numbers may lie apart.

    Generators of random numbers, functions and what lies too deep count as the same: nothing is learned there.
    """
    if depth > _DEEPEST or isinstance(one, (np.random.RandomState, np.random.Generator)) or inspect.isroutine(one):
        return True
    same = next((same for kinds, same in _SAME.items() if isinstance(one, kinds) and isinstance(other, kinds)), None)
    if same is None:
        same = _same_sparse if hasattr(one, "tocsr") and hasattr(other, "tocsr") else _same_object
    return same(one, other, small, depth + 1)


def _kind(name: str, value: Any) -> tuple[str, int]:
    """The step that an attribute is of, and how many columns it has: 0 for what is no array of floats."""
    columned = isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.ndim
    return name.rpartition(".")[0], value.shape[-1] if columned else 0


def _largest(known: Mapping[str, Any]) -> dict[tuple[str, int], Any]:
    """Of each column of a step's arrays its largest number: a mean of 1e-17 beside a deviation of 1 is rounding."""
    found: dict[tuple[str, int], Any] = defaultdict(float)
    for name, value in known.items():
        kind = _kind(name, value)
        if kind[1]:
            known_as = np.where(np.isfinite(value), np.abs(value), 0).reshape(-1, kind[1])
            found[kind] = np.maximum(found[kind], known_as.max(axis=0, initial=0))
    return found


def _extent(array: "np.ndarray[Any, Any]") -> float:
    return float(np.abs(array[np.isfinite(array)]).max(initial=0))


def _names(step: Any) -> list[str]:
    own = getattr(step, "__dict__", {})
    given = step.get_params(deep=False)
    public = [name for name in own if name.endswith("_") or not isinstance(own[name], (str, bool))]
    public = [name for name in public if not name.startswith("_") and name not in given]
    public += [name for name in _properties(type(step)) if name not in public]
    private = [name for name in own if name.startswith("_") and (_is_array(own[name]) or not public)]
    return [name for name in public + private if not _NOT_LEARNED.match(name)]


def _properties(kind: type) -> list[str]:
    named = [name for name in dir(kind) if name.endswith("_") and not name.startswith("_")]
    return [name for name in named if isinstance(getattr(kind, name, None), property)]


def _value(step: Any, name: str) -> Any:
    """None where a property has nothing to say of this step."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return getattr(step, name)
        except (AttributeError, ValueError, TypeError, NotImplementedError):
            return None


def _is_array(value: Any) -> bool:
    return isinstance(value, (np.ndarray, pd.DataFrame, pd.Series)) or hasattr(value, "tocsr")


def _is_estimator(value: Any) -> bool:
    return hasattr(value, "get_params") and hasattr(value, "fit") and not isinstance(value, type)


def _same_object(one: Any, other: Any, small: Any, depth: int) -> bool:
    """By what it has learned or its attributes, else as it would be written down; what cannot be is the same."""
    if type(one) is not type(other):
        return False
    if _is_estimator(one):
        return not differing(learned(one), learned(other))
    if getattr(one, "__dict__", None):
        return alike(vars(one), vars(other), small, depth)
    try:
        return pickle.dumps(one) == pickle.dumps(other)
    except (pickle.PicklingError, TypeError, AttributeError):
        return True


def _same_frame(one: Any, other: Any, small: Any, depth: int) -> bool:
    return one.axes[-1].equals(other.axes[-1]) and alike(one.to_numpy(), other.to_numpy(), small, depth)


def _same_mapping(one: Any, other: Any, small: Any, depth: int) -> bool:
    return one.keys() == other.keys() and all(alike(value, other[key], small, depth) for key, value in one.items())


def _same_list(one: Any, other: Any, small: Any, depth: int) -> bool:
    return len(one) == len(other) and all(alike(*pair, small, depth) for pair in zip(one, other, strict=True))


def _same_numbers(one: Any, other: Any, small: Any, depth: int) -> bool:
    one, other = np.asarray(one), np.asarray(other)
    if one.shape != other.shape:
        return False
    floats = [array for array in (one, other) if array.dtype.kind in "fc"]
    if not floats:
        if one.dtype == object or one.dtype.names:
            return alike(one.ravel().tolist(), other.ravel().tolist(), small, depth)
        return np.array_equal(one, other)
    if not all(array.dtype.kind in "fciub" for array in (one, other)):
        return False
    share, of_largest = _TOLERATED[min(8, *(array.real.dtype.itemsize for array in floats))]
    small = np.maximum(small, (of_largest if one.ndim > 1 else of_largest / 100) * max(map(_extent, floats)))
    return bool(np.allclose(one, other, rtol=share, atol=small, equal_nan=True))


def _same_sparse(one: Any, other: Any, small: Any, depth: int) -> bool:
    if one.shape != other.shape:
        return False
    one, other = one.tocsr(copy=True), other.tocsr(copy=True)
    one.sum_duplicates()
    other.sum_duplicates()
    return all(
        _same_numbers(getattr(one, of), getattr(other, of), small, depth) for of in ("indptr", "indices", "data")
    )


def _same_words(one: Any, other: Any, _small: Any, _depth: int) -> bool:
    return bool(one == other)


_SAME: Mapping[tuple[type, ...], Callable[[Any, Any, float, int], bool]] = {
    (str, bytes, int, set, frozenset): _same_words,
    (pd.DataFrame, pd.Series): _same_frame,
    (np.ndarray, np.number, float, int): _same_numbers,
    (Mapping,): _same_mapping,
    (list, tuple): _same_list,
}
"""Kinds of values → how two of them are compared."""
