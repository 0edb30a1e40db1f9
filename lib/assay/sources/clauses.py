"""Says what is wrong with a filter that MLflow's parser refuses, with a right one near to what was typed."""

import re
from collections.abc import Callable
from difflib import get_close_matches

from assay.errors import FilterError
from assay.model.note import Note, Quote, note
from assay.model.problems import Filters

EXAMPLE = "metrics.accuracy > 0.9 and params.model = 'svc'"
ATTRIBUTES = ("run_id", "run_name", "status", "start_time", "end_time", "user_id", "artifact_uri")
DATASET = ("name", "digest", "context")
_TIMES = ("start_time", "end_time", "created", "Created")
_KINDS = {"metric": "metrics", "param": "params", "parameter": "params", "tag": "tags", "dataset": "datasets"}
_KINDS |= {"attribute": "", "attributes": "", "attr": "", "run": "", "parameters": "params"}
_KINDS |= {plural: plural for plural in ("metrics", "params", "tags", "datasets")}
_TOKEN = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|\w+|\s+|.", re.DOTALL)
_CLAUSE = re.compile(
    r"\s*(?P<key>(?:`[^`]*`|\"[^\"]*\"|'[^']*'|[^=<>!`\"'])+?)\s*"
    r"(?P<comparator>==|<>|>=|<=|!=|=|>|<|(?<!\w)(?:is\s+not\s+null|is\s+null|between|(?:not\s+)?(?:[ir]?like|in)\b))"
    r"\s*(?P<value>.*?)\s*",
    re.DOTALL | re.IGNORECASE,
)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


PLAIN = re.compile(r"[A-Za-z_]\w*", re.ASCII)
# Words that the parser takes for SQL unless they stand in backticks.
_RESERVED = frozenset(("as", "begin", "case", "end", "from", "in", "like", "not", "or", "and", "using", "values"))


class ParserError(Exception):
    """What MLflow's parser, or the rules it checks later, said."""


def name(key: str) -> str | None:
    """A key as it stands in a filter: bare or in backticks; None when it holds a backtick itself."""
    if PLAIN.fullmatch(key) and key.lower() not in _RESERVED:
        return key
    return None if "`" in key else f"`{key}`"


def explain(text: str, why: str, refused: Callable[[str], str | None]) -> FilterError:
    """What is wrong with the first clause of `text` that is wrong.

    `why`: what the parser said of the whole; `refused` says what it has against one clause, None for a right one.
    """
    whole = _whole(text, why)
    if whole:
        return whole
    for clause in split(text):
        reason = refused(clause)
        if reason:
            return _one(clause, reason, refused)
    return FilterError(Filters.NOT_UNDERSTOOD, clause=_shown(text), write=Quote(EXAMPLE))


def split(text: str) -> list[str]:
    """The clauses between the words AND, quotes respected."""
    found = [""]
    for token in _TOKEN.findall(text):
        if token.lower() == "and":
            found.append("")
        else:
            found[-1] += token
    return [clause.strip() for clause in found if clause.strip()]


def _whole(text: str, why: str) -> FilterError | None:
    """What is wrong with the filter as a whole rather than with one clause."""
    tokens = _TOKEN.findall(text)
    words = {token.lower() for token in tokens}
    if quote := next((token for token in tokens if token in "'\"`"), None):
        place, right = _shown(text[text.rindex(quote) :]), Quote("params.model = 'svc'")
        return FilterError(Filters.QUOTE_OPEN, quote=Quote(quote), clause=place, write=right)
    if "or" in words:
        return FilterError(Filters.JOINED_BY_OR, write=Quote("run_id IN ('id1', 'id2')"))
    if ";" in words:
        return FilterError(Filters.SEMICOLON, write=Quote(EXAMPLE))
    if "parsing" in why and len(tokens) > 5000:
        return FilterError(Filters.TOO_LONG)
    return None


def _one(clause: str, reason: str, refused: Callable[[str], str | None]) -> FilterError:
    shown = _shown(clause)
    if clause.startswith(("(", ")")) or re.match(r"not\b", clause, re.IGNORECASE):
        return FilterError(Filters.BRACKETS, clause=shown)
    parts = _CLAUSE.fullmatch(clause)
    if parts is None:
        return FilterError(Filters.NOTHING_COMPARED, clause=shown, write=Quote(_bare(clause)))
    kind, key = _entity(parts["key"])
    problem, better = _problem(kind, key, " ".join(parts["comparator"].upper().split()), parts["value"], reason)
    if better is None:
        return FilterError(problem.code, clause=shown)
    tried = better if better != clause and refused(better) is None else EXAMPLE
    return FilterError(problem.code, clause=shown, write=Quote(tried), **dict(problem.values))


def _entity(written: str) -> tuple[str | None, str]:
    """The kind (plural, "" for attributes, None when nothing like one was named) and the key without quotes."""
    prefix, dot, rest = written.partition(".")
    bare = re.sub(r"^([`\"'])(.*)\1$", r"\2", rest if dot else written, flags=re.DOTALL)
    if not dot:
        return ("" if bare in (*ATTRIBUTES, *_TIMES) or "run name" in bare.lower() else None), bare
    close = get_close_matches(prefix.strip("`\"' ").lower(), _KINDS, n=1, cutoff=0.7)
    return (_KINDS[close[0]], bare) if close else (None, written)


def _problem(kind: str | None, key: str, comparator: str, value: str, reason: str) -> tuple[Note, str | None]:
    """(what is wrong, a clause that says what was probably meant)."""
    if kind == "datasets" and key not in DATASET:
        return note(Filters.DATASETS), _written(kind, DATASET[0], "=", value, False)
    if kind is None or (kind == "" and key not in (*ATTRIBUTES, *_TIMES) and "run name" not in key.lower()):
        return _unknown(key, comparator, value)
    numeric = kind == "metrics" or key in _TIMES
    comparator, complaint = _comparator(kind, key, comparator, numeric)
    if not complaint and "Invalid entity type" in reason:
        complaint = note(Filters.KIND_CASE)
    if not complaint:
        complaint = note(_value(comparator, value, numeric, key in _TIMES))
    return complaint, _written(kind, key, comparator, value, numeric)


def _value(comparator: str, value: str, numeric: bool, time: bool) -> Filters:
    """What is wrong with the value, or else with the key."""
    quoted = re.fullmatch(r"'[^']*'|\"[^\"]*\"", value) is not None
    number = _NUMBER.fullmatch(value) is not None
    complaints = (
        (not value and not comparator.startswith("IS"), Filters.VALUE_MISSING),
        (time and not number, Filters.TIME),
        (numeric and quoted, Filters.NUMBER_QUOTED),
        (numeric and "+" in value, Filters.NUMBER_PLUS),
        (numeric and not number, Filters.NO_NUMBER_COMPARED),
        (comparator in ("IN", "NOT IN"), Filters.LIST),
        (not numeric and not quoted, Filters.TEXT_BARE),
        (True, Filters.BACKTICKS),
    )
    return next(complaint for applies, complaint in complaints if applies)


def _unknown(key: str, comparator: str, value: str) -> tuple[Note, str | None]:
    if key in ("experiment", "experiment_id", "experiment_name", "lifecycle_stage"):
        return note(Filters.BESIDE_FILTER), None
    close = get_close_matches(key, ATTRIBUTES, n=1, cutoff=0.75)
    if close:
        return note(Filters.KEY_UNKNOWN, key=key, meant=close[0]), _written("", close[0], comparator, value)
    kind = "metrics" if _NUMBER.fullmatch(value) else "params"
    return note(Filters.KIND_MISSING, key=key), _written(kind, key, comparator, value)


def _comparator(kind: str, key: str, comparator: str, numeric: bool) -> tuple[str, Note | None]:
    """The comparator that was probably meant, and what is wrong with the one that was written (None: nothing)."""
    meant = {"==": "=", "<>": "!="}.get(comparator)
    if meant:
        return meant, note(Filters.SPELLING, comparator=comparator, meant=meant)
    if numeric:
        known = comparator in ("=", "!=", ">", ">=", "<", "<=")
        complaint = note(Filters.NUMBERS_COMPARED, comparator=comparator)
        return (comparator, None) if known else (">", complaint)
    return _for_text(kind, key, comparator)


def _for_text(kind: str, key: str, comparator: str) -> tuple[str, Note | None]:
    if comparator in (">", ">=", "<", "<=", "BETWEEN"):
        return "=", note(Filters.TEXT_UNORDERED, comparator=comparator, place=kind or key)
    if comparator == "RLIKE":
        return "LIKE", note(Filters.RLIKE)
    if comparator in ("IN", "NOT IN") and key != "run_id" and kind != "datasets":
        return "=", note(Filters.RUN_ID_ONLY, comparator=comparator)
    if comparator in ("IS NULL", "IS NOT NULL") and kind in ("", "datasets"):
        return "!=", note(Filters.PARAMS_TAGS_ONLY, comparator=comparator)
    return comparator, None


def _written(kind: str, key: str, comparator: str, value: str, numeric: bool | None = None) -> str:
    left = f"{kind}.{name(key)}" if kind else name(key) or key
    if comparator.startswith("IS"):
        return f"{left} {comparator}"
    items = [item.strip(" '\"“”‘’") for item in re.sub(r"^\(|\)$", "", value.strip()).split(",")]
    if comparator in ("IN", "NOT IN"):
        return f"{left} {comparator} ({', '.join(_quoted(item or '…') for item in items)})"
    if kind == "metrics" if numeric is None else numeric:
        plain = items[0].lstrip("+")
        return f"{left} {comparator} {plain if _NUMBER.fullmatch(plain) else '0.9' if kind else '1750000000000'}"
    return f"{left} {comparator} {_quoted(items[0] or '…')}"


def _quoted(value: str) -> str:
    return f'"{value}"' if "'" in value else f"'{value}'"


def _bare(clause: str) -> str:
    """A full clause around a lone word."""
    kind, key = _entity(clause)
    simple = re.fullmatch(r"[\w./ -]+", key)
    if not simple or kind == "datasets":
        return EXAMPLE
    return _written("metrics" if kind is None else kind, key, "=" if kind in ("params", "tags", "") else ">", "")


def _shown(text: str) -> Quote:
    text = " ".join(text.split())
    return Quote(text if len(text) <= 60 else f"{text[:59]}…")
