"""Selections as SQL over a snapshot, meaning what MLflow's search_runs means over SQLite."""

from typing import Any

from assay.errors import FilterError
from assay.model.problems import Filters
from assay.model.runs.selection import Condition, Selection

_COLUMNS = {
    "run_id": "run_id",
    "run_name": "name",
    "experiment_id": "experiment_id",
    "status": "status",
    "lifecycle_stage": "lifecycle_stage",
    "start_time": "start_time",
    "end_time": "end_time",
    "artifact_uri": "artifact_uri",
    "user_id": "user_id",
}
_TABLES = {"metric": "metrics", "param": "params", "tag": "tags"}
_SPOKEN = "'mlflow.user', 'mlflow.note.content', 'mlflow.source.name', 'mlflow.source.git.commit'"
SPOKEN = f"(name NOT LIKE 'mlflow.%' OR name IN ({_SPOKEN}))"
"""Tags that people would look for."""
_HOLDING = f"""(contains(lower(name), ?) OR contains(run_id, ?) OR run IN (
    SELECT run FROM params JOIN keys USING (key) WHERE contains(lower(name || '=' || value), ?)
    UNION ALL
    SELECT run FROM tags JOIN keys USING (key) WHERE {SPOKEN} AND contains(lower(name || '=' || value), ?)))"""
_ORDINARY = frozenset({"=", "!=", ">", ">=", "<", "<=", "LIKE", "ILIKE"})


def runs(selection: Selection) -> tuple[str, list[Any]]:
    """A query for the numbers (`run`) of a selection's runs, and the values to bind to its question marks."""
    clauses: list[str] = []
    values: list[Any] = []
    if not selection.deleted:
        clauses.append("lifecycle_stage = 'active'")
        clauses.append("experiment_id IN (SELECT experiment_id FROM experiments WHERE lifecycle_stage = 'active')")
    if selection.experiments:
        clauses.append(f"experiment_id IN ({_marks(selection.experiments)})")
        values.extend(selection.experiments)
    for condition in selection.conditions:
        clause, bound = _clause(condition)
        clauses.append(clause)
        values.extend(bound)
    for word in selection.text.split():
        clauses.append(_HOLDING)
        values.extend([word.lower()] * _HOLDING.count("?"))
    return "SELECT run FROM runs" + (" WHERE " + " AND ".join(clauses) if clauses else ""), values


def _clause(condition: Condition) -> tuple[str, list[Any]]:
    if condition.entity == "attribute":
        return _attribute(condition)
    if condition.entity == "dataset":
        return _dataset(condition)
    table = _TABLES[condition.entity]
    carrying = f"SELECT run FROM {table} JOIN keys USING (key) WHERE kind = '{table}' AND name = ?"
    if condition.comparator == "IS NULL":
        return f"run NOT IN ({carrying})", [condition.key]
    if condition.comparator == "IS NOT NULL":
        return f"run IN ({carrying})", [condition.key]
    test, values = _test("value", condition)
    if condition.entity == "metric":
        # To DuckDB NaN equals itself and is above all numbers; to MLflow only != holds for it.
        test = f"({test} OR isnan(value))" if condition.comparator == "!=" else f"({test} AND NOT isnan(value))"
    return f"run IN ({carrying} AND {test})", [condition.key, *values]


def _attribute(condition: Condition) -> tuple[str, list[Any]]:
    column = _COLUMNS.get(condition.key)
    if column is None:
        raise FilterError(Filters.ATTRIBUTE_UNKNOWN, key=condition.key, known=tuple(sorted(_COLUMNS)))
    if condition.comparator in ("IS NULL", "IS NOT NULL"):
        return f"{column} {condition.comparator}", []
    test, values = _test(column, condition)
    # As in MLflow, which compares the tag that holds the name, a run without a name never matches.
    return (f"(name <> '' AND {test})" if column == "name" else test), values


def _dataset(condition: Condition) -> tuple[str, list[Any]]:
    """As in MLflow, any one input will do, and a context that was not logged matches nothing."""
    test, values = _test(condition.key, condition)
    logged = "context <> '' AND " if condition.key == "context" else ""
    return f"run IN (SELECT run FROM inputs JOIN datasets USING (dataset) WHERE {logged}{test})", values


def _test(column: str, condition: Condition) -> tuple[str, list[Any]]:
    comparator, value = condition.comparator, condition.value
    if comparator in ("IN", "NOT IN"):
        values = list(value) if isinstance(value, tuple) else [value]
        return f"{column} {comparator} ({_marks(values)})", values
    if comparator not in _ORDINARY:
        raise FilterError(Filters.COMPARISON_UNKNOWN, comparator=comparator, known=tuple(sorted(_ORDINARY)))
    return f"{column} {comparator} ?", [value]


def _marks(values: list[Any] | tuple[str, ...]) -> str:
    return ", ".join("?" * len(values)) or "NULL"
