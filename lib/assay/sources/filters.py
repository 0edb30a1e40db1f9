"""MLflow's search filters: read with MLflow's own parser, and written so that it reads them back."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from assay.errors import FilterError
from assay.model.problems import Filters
from assay.model.runs.selection import Comparator, Condition, Entity
from assay.sources import clauses
from assay.sources.circles import mlflow_module

_ENTITIES: Mapping[str, Entity] = {
    "metric": "metric",
    "parameter": "param",
    "tag": "tag",
    "attribute": "attribute",
}
_ALIASES = {"created": "start_time", "Created": "start_time"} | dict.fromkeys(
    ("run name", "Run name", "Run Name"), "run_name"
)
_ALLOWED: Mapping[str, Sequence[str]] = {
    "number": ("=", "!=", ">", ">=", "<", "<="),
    "text": ("=", "!=", "LIKE", "ILIKE", "IS NULL", "IS NOT NULL"),
    "attribute": ("=", "!=", "LIKE", "ILIKE", "IN", "NOT IN"),
}
_PLAIN_VALUE = re.compile(r"[^\\'\"`\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]*")


@lru_cache(maxsize=512)
def parse(text: str) -> tuple[Condition, ...]:
    """The conditions of a filter as people write it, () for an empty one; the first call takes a second.

    Raises FilterError that says which clause is wrong and shows a right one.
    """
    if not text.strip():
        return ()
    try:
        return tuple(_condition(clause) for clause in _parsed(text))
    except clauses.ParserError as error:
        raise clauses.explain(text, str(error), _refused) from error


def write(conditions: Iterable[Condition]) -> str | None:
    """The filter that `parse` reads as these conditions; None when MLflow's language cannot say it.

    It cannot quote a value that holds both kinds of quotes, nor a key with a backtick; NaN and infinities
    are no numbers in it.
    """
    wanted = tuple(conditions)
    written = [_clause(condition) for condition in wanted]
    if any(clause is None for clause in written):
        return None
    text = " and ".join(clause for clause in written if clause)
    if all(_plain(condition) for condition in wanted):
        return text
    try:
        return text if parse(text) == wanted else None
    except FilterError:
        return None


def run_ids(ids: Iterable[str]) -> str:
    """The filter for exactly these runs (MLflow's parser takes some 4,900 of them).

    Raises FilterError when there is none, or one that cannot be a run's id.
    """
    listed = list(ids)
    strange = [run_id for run_id in listed if not re.fullmatch(r"[\w-]+", run_id, re.ASCII)]
    if strange:
        raise FilterError(Filters.NO_RUN_ID, run=strange[0])
    if not listed:
        raise FilterError(Filters.NO_RUN_NAMED)
    comma = ", " if len(listed) < 3000 else ","
    return f"run_id IN ({comma.join(f'{chr(39)}{run_id}{chr(39)}' for run_id in listed)})"


def _parsed(text: str) -> list[dict[str, Any]]:
    exceptions, parser = mlflow_module("exceptions"), mlflow_module("utils.search_utils").SearchUtils
    try:
        found: list[dict[str, Any]] = parser.parse_search_filter(text)
    except exceptions.MlflowException as error:
        raise clauses.ParserError(error.message) from error
    except (ValueError, TypeError, RecursionError) as error:  # a list of what is no text
        raise clauses.ParserError(str(error)) from error
    return found


def _refused(clause: str) -> str | None:
    """Why one clause alone is refused, None when it is fine."""
    try:
        for found in _parsed(clause):
            _condition(found)
    except clauses.ParserError as error:
        return str(error)
    return None


def _condition(clause: Mapping[str, Any]) -> Condition:
    entity = _ENTITIES.get(clause["type"])
    if entity is None:
        raise clauses.ParserError("datasets")
    key = _ALIASES.get(clause["key"], clause["key"]) if entity == "attribute" else clause["key"]
    comparator = clause["comparator"].upper()
    if comparator not in _allowed(entity, key):
        raise clauses.ParserError(comparator)
    value = clause["value"]
    if comparator in ("IN", "NOT IN") and not isinstance(value, tuple):
        value = (value,)
    elif isinstance(value, tuple) and comparator not in ("IN", "NOT IN"):
        raise clauses.ParserError(comparator)
    return Condition(entity, key, cast(Comparator, comparator), _number(value) if _numeric(entity, key) else value)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (ValueError, OverflowError) as error:
        raise clauses.ParserError(f"number {value}") from error


def _allowed(entity: Entity, key: str) -> Sequence[str]:
    if _numeric(entity, key):
        return _ALLOWED["number"]
    return _ALLOWED["attribute" if entity == "attribute" else "text"]


def _numeric(entity: Entity, key: str) -> bool:
    return entity == "metric" or (entity == "attribute" and key in ("start_time", "end_time"))


def _plain(condition: Condition) -> bool:
    """Whether it is right and the parser is known to have no surprises for it."""
    entity, key, comparator, value = condition.entity, condition.key, condition.comparator, condition.value
    if entity == "attribute" and key not in clauses.ATTRIBUTES:
        return False
    if isinstance(value, tuple):
        fits = key == "run_id" and comparator in ("IN", "NOT IN")
    elif comparator in ("IN", "NOT IN"):
        fits = False
    else:
        fits = isinstance(value, float if _numeric(entity, key) else str)
    texts = value if isinstance(value, tuple) else (value,)
    safe = all(_PLAIN_VALUE.fullmatch(text) for text in texts if isinstance(text, str))
    return fits and safe and comparator in _allowed(entity, key) and clauses.PLAIN.fullmatch(key) is not None


def _clause(condition: Condition) -> str | None:
    key = clauses.name(condition.key)
    value = _value(condition)
    if key is None or value is None:
        return None
    prefix = "" if condition.entity == "attribute" else f"{condition.entity}s."
    return f"{prefix}{key} {condition.comparator}{value}"


def _value(condition: Condition) -> str | None:
    value = condition.value
    if value is None:
        return "" if condition.comparator in ("IS NULL", "IS NOT NULL") else None
    if isinstance(value, tuple):
        quoted = [_quoted(item) for item in value]
        return None if None in quoted or not quoted else f" ({', '.join(item for item in quoted if item)})"
    if isinstance(value, str):
        quote = _quoted(value)
        return quote and f" {quote}"
    return f" {_digits(value)}" if math.isfinite(value) else None


def _quoted(value: str) -> str | None:
    if "'" not in value:
        return f"'{value}'"
    return None if '"' in value else f'"{value}"'


def _digits(value: float) -> str:
    """The shortest number that reads back the same; the parser knows no + in exponents."""
    if value.is_integer() and abs(value) < 2**53 and (value or math.copysign(1, value) > 0):
        return str(int(value))
    return repr(value).replace("e+", "e")
