"""Which runs are meant: a parsed MLflow filter within experiments."""

from dataclasses import dataclass
from typing import Literal

Entity = Literal["metric", "param", "tag", "attribute", "dataset"]
Comparator = Literal["=", "!=", ">", ">=", "<", "<=", "LIKE", "ILIKE", "IN", "NOT IN", "IS NULL", "IS NOT NULL"]


PARENT = "mlflow.parentRunId"
"""The tag that names the run which a run is nested below."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One clause of a filter; clauses are joined by AND.

    `value` is a float for metrics and for the times among attributes (milliseconds, UTC), a tuple for
    IN and NOT IN, None for IS NULL and IS NOT NULL, and text for everything else.
    """

    entity: Entity
    key: str
    comparator: Comparator
    value: str | float | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Selection:
    """Runs of `experiments` (ids; empty: every experiment) that meet all `conditions` and hold every word of `text`.

    `filter` is the text the conditions were parsed from, as people wrote it. With `deleted`, deleted runs and
    runs of deleted experiments belong to it too. Words are looked for in names, params and tags, whatever their case.
    """

    experiments: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    filter: str = ""
    deleted: bool = False
    text: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether it may leave out runs of its experiments."""
        return bool(self.conditions or self.text.split())

    @property
    def whole(self) -> "Selection":
        """All runs of its experiments."""
        return Selection(self.experiments, deleted=self.deleted)

    @property
    def names_status(self) -> bool:
        """Whether the filter says which status it wants; then unfinished runs are not left out."""
        return any(c.entity == "attribute" and c.key == "status" for c in self.conditions)

    @property
    def names_parent(self) -> bool:
        """Whether the filter says below which run it wants them; then nested runs are not left out."""
        return any(c.entity == "tag" and c.key == PARENT for c in self.conditions)


@dataclass(frozen=True, slots=True)
class RunGroups:
    """Runs (ids) whose filters are wanted, within `experiments` (ids; empty: all)."""

    experiments: tuple[str, ...]
    run_ids: tuple[tuple[str, ...], ...]
