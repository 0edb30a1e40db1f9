"""What an evaluator is called with and what it may return: a number, or numbers by metric."""

import inspect
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, SupportsFloat

import numpy as np

from assay.errors import EvidenceError

BARE = "score"
"""The metric of a number that has no name."""


def takes_seed(evaluator: Callable[..., object], components: Mapping[str, Any]) -> bool:
    """Whether it names a keyword `seed`; `**kwargs` name none, and what has no signature takes none.

    Raises EvidenceError where it could not be called with every component, or without one.
    """
    if not callable(evaluator):
        raise EvidenceError(f"The evaluator is {evaluator!r}; pass a function that takes the components as keywords.")
    try:
        signature = inspect.signature(evaluator)
    except (TypeError, ValueError):  # as of some that are written in C
        return False
    named = signature.parameters.get("seed")
    seeded = named is not None and named.kind in (named.POSITIONAL_OR_KEYWORD, named.KEYWORD_ONLY)
    for left in (components, {}):
        try:
            signature.bind(**left, **({"seed": 0} if seeded else {}))
        except TypeError as error:
            called = "all components" if left else "every component left out"
            raise EvidenceError(
                f"The evaluator cannot be called with {called}: {error}; it takes each as a keyword with a default."
            ) from None
    return seeded


def metrics_of(returned: object, metric: str | None) -> dict[str, float]:
    """Metric → number, a bare number as `metric` or BARE; EvidenceError of what is no finite number."""
    named = returned if isinstance(returned, Mapping) else {metric or BARE: returned}
    if not named:
        raise EvidenceError("The evaluator returned no metric.")
    found = {_text(name): _number(value, name) for name, value in named.items()}
    if metric is not None:
        chosen(found, metric)
    return found


def chosen(metrics: Mapping[str, float], metric: str | None) -> float:
    """The score among `metrics`: that of `metric`, or the only one; else EvidenceError."""
    if metric is None and len(metrics) == 1:
        return next(iter(metrics.values()))
    if metric is None:
        raise EvidenceError(f"The evaluator returned {', '.join(metrics)}; say which is the score, as metric=….")
    if metric not in metrics:
        raise EvidenceError(f"The evaluator returned {', '.join(metrics)} and no {metric!r}.")
    return metrics[metric]


def _text(name: object) -> str:
    if not isinstance(name, str):
        raise EvidenceError(f"The evaluator returned a metric called {name!r}; name it by a text.")
    return name


def _number(value: object, name: object) -> float:
    many = getattr(value, "ndim", 0) != 0
    if isinstance(value, (bool, np.bool_)) or many or not isinstance(value, SupportsFloat):
        raise EvidenceError(f"The evaluator returned {_brief(value)} as {name}, which is no number.")
    number = float(value)
    if not isfinite(number):
        raise EvidenceError(f"The evaluator returned {number} as {name}, which is no finite number.")
    return number


def _brief(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 100 else f"{text[:99]}…"
