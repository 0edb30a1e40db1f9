"""Finds out in learned numbers which rows a preprocessing step was fitted on, and logs it."""

import json
import random
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from assay.errors import EvidenceError
from assay.evidence.learned import differing, learned, parts
from assay.evidence.rows import as_rows, count, joined
from assay.evidence.writing import log_text
from assay.model.evidence.files import PREPROCESSING
from assay.model.evidence.training import FittedOn

if TYPE_CHECKING:
    from mlflow import MlflowClient

TRAIN: FittedOn = "train"
ALL: FittedOn = "all"
NEITHER: FittedOn = "neither"
_LONGEST = 100
"""Bytes of a file's name: letters of other scripts have three."""
_REFUSED = (ValueError, TypeError, AttributeError, LookupError, RuntimeError, NotImplementedError)
"""What steps raise for rows that they cannot be fitted on."""


@dataclass(frozen=True, slots=True)
class _Known:
    """Rows and, where the step takes one, their target."""

    rows: Any
    target: Any = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """The rows that a step may have been fitted on."""

    train: _Known
    held_out: _Known
    others: _Known | None = None

    @property
    def wider(self) -> list[list[_Known]]:
        """What a step that leaks was fitted on, all rows first."""
        both = [self.train, self.held_out]
        return [[*both, self.others], both] if self.others else [both]

    def after(self, step: Any) -> "_Seen":
        """As the next step of a pipeline gets them."""
        return self._each(lambda rows: step.transform(joined([rows])))

    def only(self, columns: Any) -> "_Seen":
        from sklearn.utils import _safe_indexing

        return self._each(lambda rows: _safe_indexing(rows, columns, axis=1))

    def _each(self, made: Any) -> "_Seen":
        known = [one and replace(one, rows=made(one.rows)) for one in (self.train, self.held_out, self.others)]
        return _Seen(*known)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Judged:
    """What was found of a step; attributes by name."""

    fitted_on: FittedOn
    compared: list[str]
    from_train: list[str]
    from_all: list[str]


def log_preprocessing(
    step: Any,
    train: Any,
    held_out: Any,
    *,
    train_target: Any = None,
    held_out_target: Any = None,
    others: Any = None,
    name: str | None = None,
    run_id: str | None = None,
    client: "MlflowClient | None" = None,
) -> None:
    """Logs on which rows a fitted scikit-learn transformer was fitted, as `evidence/preprocessing/NAME.json`.

    Clones of `step` are fitted on `train`, and on `train` and `held_out` (and `others`: rows that are neither, such as
    validation rows). The one whose learned numbers `step` equals says what it was fitted on: `train`, `all`, or
    `neither`. Rows are what the step itself takes: DataFrames, arrays, sparse matrices or lists of text, not yet
    transformed. A step that learns from a target needs it for each: `train_target`, `held_out_target`, and `others` as
    a pair of rows and target. `name`: of the step, by default its class; steps of one class need names of their own.

    `step` and the rows are left as they were, and so are the generators of random numbers.

    Raises EvidenceError for a step that is not fitted or no transformer, a target that is missing, rows that the step
    cannot be fitted on, and where scikit-learn is not installed.
    """
    try:
        import sklearn
    except ImportError:
        raise EvidenceError(
            "log_preprocessing needs scikit-learn, which is not installed; install it beside the step's own package."
        ) from None
    seen = _seen(train, held_out, others, train_target, held_out_target)
    kind = type(step)
    try:
        _refuse_unfitted(step)
        with _untouched():
            found = _judged(step, seen)
    except EvidenceError:
        raise
    except Exception as error:  # a step is anybody's code, and a training must not end in words that nobody expects
        said = f"{type(error).__name__} {error}".strip().partition("\n")[0]
        raise EvidenceError(f"The {kind.__name__} cannot be looked into: {said}; leave this step out.") from error
    called = str(name or kind.__name__).encode("utf-8", "replace").decode()
    module = ".".join(part for part in kind.__module__.split(".") if not part.startswith("_"))
    record = {
        "step": called,
        "class": f"{module}.{kind.__qualname__}",
        "fitted_on": found.fitted_on,
        "rows": {
            "train": count(seen.train.rows),
            "held_out": count(seen.held_out.rows),
            "others": count(seen.others.rows) if seen.others else 0,
        },
        "compared": found.compared,
        "library": f"scikit-learn {sklearn.__version__}",
        "differs": {TRAIN: found.from_train, ALL: found.from_all},
    }
    file = re.sub(r"[^\w.-]+", "-", called).encode()[:_LONGEST].decode(errors="ignore").strip(".-") or kind.__name__
    text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
    log_text(text, f"{PREPROCESSING}/{file}.json", run_id, client)


def _seen(train: Any, held_out: Any, others: Any, train_target: Any, held_out_target: Any) -> _Seen:
    if (train_target is None) != (held_out_target is None):
        raise EvidenceError("Only one of train_target and held_out_target was given; pass both, or none.")
    more = None
    if others is not None:
        pair = isinstance(others, tuple) and len(others) == 2
        if pair != (train_target is not None):
            raise EvidenceError(
                "With targets, others is a pair of rows and their target; without, it is rows alone. Give all of the "
                "rows a target, or none."
            )
        more = _known("other", *others) if pair else _known("other", others, None)
    return _Seen(_known("training", train, train_target), _known("held-out", held_out, held_out_target), more)


def _known(what: str, rows: Any, target: Any) -> _Known:
    rows = as_rows(rows, what)
    if target is not None and count(target) != count(rows):
        raise EvidenceError(f"There are {count(rows)} {what} rows and {count(target)} targets; give each row one.")
    return _Known(rows, target)


def _refuse_unfitted(step: Any) -> None:
    from sklearn.exceptions import NotFittedError
    from sklearn.utils.validation import check_is_fitted

    kind = type(step).__name__
    if isinstance(step, type) or not (hasattr(step, "get_params") and hasattr(step, "fit")):
        raise EvidenceError(f"The step is a {kind}, not a fitted scikit-learn transformer, so it cannot be cloned.")
    try:
        check_is_fitted(step)
    except NotFittedError:
        raise EvidenceError(f"The {kind} is not fitted; log it after fit, with the rows that it was to see.") from None


def _judged(step: Any, seen: _Seen) -> _Judged:
    """By the whole step; where that is as neither, and it has steps of its own, by each of them."""
    own, clones = learned(step), [learned(_fitted(step, known)) for known in ([seen.train], *seen.wider)]
    from_train, *from_wider = [differing(own, clone) for clone in clones]
    from_all = min(from_wider, key=len)
    if from_train and from_all and (inner := _inner(step, seen)):
        return _together(inner)
    verdict = TRAIN if not from_train else NEITHER if from_all else ALL
    return _Judged(verdict, [*own], from_train, from_all)


def _inner(step: Any, seen: _Seen) -> dict[str, _Judged]:
    """The steps within a step by name, each judged on the rows as the given ones before it left them: a step learns
    from what it is handed, so each tells for itself."""
    found = {}
    places = {str(one[0]): one[2] for one in getattr(step, "transformers_", ())}
    try:
        for name, part in parts(step) or ():
            if learned(part):
                found[name] = _judged(part, seen.only(places[name]) if name in places else seen)
            if hasattr(step, "steps") and hasattr(part, "transform"):
                seen = seen.after(part)
    # A part that takes other rows than these tells nothing, and the whole is as neither.
    except (EvidenceError, *_REFUSED):
        return {}
    return found


def _together(inner: dict[str, _Judged]) -> _Judged:
    """One that leaks is enough; one that nobody can tell leaves the whole untold."""
    verdicts = {one.fitted_on for one in inner.values()}
    verdict = next(kind for kind in (ALL, NEITHER, TRAIN) if kind in verdicts)
    lists = [
        [f"{name}.{key}" for name, one in inner.items() for key in getattr(one, which)]
        for which in ("compared", "from_train", "from_all")
    ]
    return _Judged(verdict, *lists)


def _fitted(step: Any, known: list[_Known]) -> Any:
    from sklearn.base import clone

    rows = joined([one.rows for one in known])
    targets = [one.target for one in known if one.target is not None]
    try:
        anew = clone(step)
        anew.fit(rows, _target(targets)) if targets else anew.fit(rows)
    except _REFUSED as error:
        said = str(error).strip().partition("\n")[0].rstrip(".")
        hint = "" if targets else "; a step that learns from a target needs train_target and held_out_target"
        raise EvidenceError(f"The {type(step).__name__} cannot be fitted anew: {said}{hint}.") from None
    return anew


def _target(targets: list[Any]) -> Any:
    return np.concatenate([np.asarray(target) for target in targets])


@contextmanager
def _untouched() -> Iterator[None]:
    """Leaves the generators that fitting draws from as they were, and says none of its warnings again."""
    states = random.getstate(), np.random.get_state()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])
