"""Which rules does a review rest on?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from assay.model.policy import Policy
from assay.model.records import plain

_ORDERED = frozenset({"cluster"})
"""Lists of which the first that fits counts."""


def rules(policy: Policy, metrics: Sequence[str], experiments: Sequence[str]) -> Mapping[str, object]:
    """What the policy says, as plain values: of these metrics, of the scorecard of these experiments, and in general.

    Nothing of who may do what, of where anything stands, nor of what only other metrics and experiments know: a
    comment, another order, a colleague or a newer Assay, whose new keys keep their defaults, changes nothing.
    """
    card = policy.scorecard(experiments)
    said = {
        "metrics": {name: own for name in metrics if (own := _of_metric(policy, name))},
        "scorecard": {one.metric: _said(one) for one in card.criteria} if card else {},
        "objectives": {own.name: [one.text for one in own.objectives] for own in _traded(policy, metrics)},
        **{name: _said(getattr(policy, name)) for name in ("statistics", "params", "leakage", "ablation", "promotion")},
    }
    return {name: own for name, own in said.items() if own}


def _of_metric(policy: Policy, name: str) -> Mapping[str, object]:
    return {key: value for key, value in _said(policy.metric(name)).items() if key != "pattern"}


def _traded(policy: Policy, metrics: Sequence[str]) -> Iterator[Any]:
    return (own for own in policy.objectives if all(one.metric in metrics for one in own.objectives))


def _said(value: Any) -> dict[str, object]:
    """The fields that do not have their defaults."""
    found = (
        (one.name, _plain(one.name, getattr(value, one.name)), _plain(one.name, _usual(one))) for one in fields(value)
    )
    return {name: own for name, own, usual in found if own != usual}


def _usual(own: "Field[Any]") -> Any:
    """MISSING where a value has to be given."""
    return own.default_factory() if own.default_factory is not MISSING else own.default


def _plain(name: str, value: Any) -> object:
    if is_dataclass(value) and value is not MISSING:
        return _said(value)
    found = plain(value)
    return sorted(found, key=str) if isinstance(found, list) and name not in _ORDERED else found
