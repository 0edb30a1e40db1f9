"""Says what is wrong with a filter that MLflow's parser refuses, with a right one near to what was typed."""

import re
from collections.abc import Callable
from difflib import get_close_matches

from assay.errors import FilterError

EXAMPLE = "metrics.accuracy > 0.9 and params.model = 'svc'"
ATTRIBUTES = ("run_id", "run_name", "status", "start_time", "end_time", "user_id", "artifact_uri")
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


class RefusedError(Exception):
    """What MLflow's parser, or the rules it checks later, said."""


def name(key: str) -> str | None:
    """A key as it stands in a filter: bare or in backticks; None when it holds a backtick itself."""
    if PLAIN.fullmatch(key) and key.lower() not in _RESERVED:
        return key
    return None if "`" in key else f"`{key}`"


def explain(text: str, why: str, refused: Callable[[str], str | None]) -> FilterError:
    """One sentence on the first clause of `text` that is wrong.

    `why`: what the parser said of the whole; `refused` says what it has against one clause, None for a right one.
    """
    whole = _whole(text, why)
    if whole:
        return whole
    for clause in split(text):
        reason = refused(clause)
        if reason:
            return _one(clause, reason, refused)
    shown = _shown(text)
    return FilterError(
        f"The filter {shown} cannot be understood; write clauses joined by and, such as {EXAMPLE}.", shown, EXAMPLE
    )


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
        place = _shown(text[text.rindex(quote) :])
        right = "params.model = 'svc'"
        said = f"A quote {quote} is opened and never closed at {place}; text values look like {right}."
        return FilterError(said, quote, place, right)
    if "or" in words:
        right = "run_id IN ('id1', 'id2')"
        return FilterError(
            f"Clauses can be joined by and only, not by or; to choose several runs write {right}, or use two filters.",
            right,
        )
    if ";" in words:
        return FilterError(f"A ; has no meaning in a filter; join clauses by and, such as {EXAMPLE}.", EXAMPLE)
    if "parsing" in why and len(tokens) > 5000:
        return FilterError(
            "The filter is too long for MLflow's parser; name fewer than 4,900 runs, or choose by params or tags."
        )
    return None


def _one(clause: str, reason: str, refused: Callable[[str], str | None]) -> FilterError:
    shown = _shown(clause)
    if clause.startswith(("(", ")")) or re.match(r"not\b", clause, re.IGNORECASE):
        return FilterError(
            f"{shown}: clauses stand without brackets and without not; use !=, or the opposite sign.", shown
        )
    parts = _CLAUSE.fullmatch(clause)
    if parts is None:
        bare = _bare(clause)
        return FilterError(f"{shown} compares nothing; write a clause such as {bare}.", shown, bare)
    kind, key = _entity(parts["key"])
    problem, better = _problem(kind, key, " ".join(parts["comparator"].upper().split()), parts["value"], reason)
    if better is None:
        return FilterError(f"{shown}: {problem}.", shown)
    tried = better if better != clause and refused(better) is None else EXAMPLE
    return FilterError(f"{shown}: {problem}; write {tried}.", shown, tried)


def _entity(written: str) -> tuple[str | None, str]:
    """The kind (plural, "" for attributes, None when nothing like one was named) and the key without quotes."""
    prefix, dot, rest = written.partition(".")
    bare = re.sub(r"^([`\"'])(.*)\1$", r"\2", rest if dot else written, flags=re.DOTALL)
    if not dot:
        return ("" if bare in (*ATTRIBUTES, *_TIMES) or "run name" in bare.lower() else None), bare
    close = get_close_matches(prefix.strip("`\"' ").lower(), _KINDS, n=1, cutoff=0.7)
    return (_KINDS[close[0]], bare) if close else (None, written)


def _problem(kind: str | None, key: str, comparator: str, value: str, reason: str) -> tuple[str, str | None]:
    """(what is wrong, a clause that says what was probably meant)."""
    if kind == "datasets":
        return "datasets cannot be searched here; choose by params, tags or metrics", None
    if kind is None or (kind == "" and key not in (*ATTRIBUTES, *_TIMES) and "run name" not in key.lower()):
        return _unknown(key, comparator, value)
    numeric = kind == "metrics" or key in _TIMES
    comparator, complaint = _comparator(kind, key, comparator, numeric)
    if not complaint and "Invalid entity type" in reason:
        complaint = "the kind is written metrics, params, tags or attributes, in small letters"
    if not complaint:
        complaint = _value(comparator, value, numeric, key in _TIMES)
    return complaint, _written(kind, key, comparator, value, numeric)


def _value(comparator: str, value: str, numeric: bool, time: bool) -> str:
    """What is wrong with the value, or else with the key."""
    quoted = re.fullmatch(r"'[^']*'|\"[^\"]*\"", value) is not None
    number = _NUMBER.fullmatch(value) is not None
    complaints = (
        (not value and not comparator.startswith("IS"), "a value is missing"),
        (time and not number, "times are numbers, milliseconds since 1970 in UTC"),
        (numeric and quoted, "numbers stand without quotes"),
        (numeric and "+" in value, "numbers are written without +"),
        (numeric and not number, "a metric is compared with a number"),
        (comparator in ("IN", "NOT IN"), "run ids stand in quotes between brackets"),
        (not numeric and not quoted, "text values need quotes"),
        (True, "a key that is no simple name needs backticks"),
    )
    return next(complaint for applies, complaint in complaints if applies)


def _unknown(key: str, comparator: str, value: str) -> tuple[str, str | None]:
    if key in ("experiment", "experiment_id", "experiment_name", "lifecycle_stage"):
        return "experiments and deleted runs are chosen beside the filter, not in it", None
    close = get_close_matches(key, ATTRIBUTES, n=1, cutoff=0.75)
    if close:
        return f"there is no {key!r}, did you mean {close[0]}", _written("", close[0], comparator, value)
    kind = "metrics" if _NUMBER.fullmatch(value) else "params"
    return f"{key!r} needs its kind in front (metrics, params or tags)", _written(kind, key, comparator, value)


def _comparator(kind: str, key: str, comparator: str, numeric: bool) -> tuple[str, str]:
    """The comparator that was probably meant, and what is wrong with the one that was written ("": nothing)."""
    meant = {"==": "=", "<>": "!="}.get(comparator)
    if meant:
        return meant, f"{comparator} is written {meant} in MLflow's filters"
    if numeric:
        known = comparator in ("=", "!=", ">", ">=", "<", "<=")
        complaint = f"numbers are compared by =, !=, >, >=, < and <=, not by {comparator}"
        return (comparator, "") if known else (">", complaint)
    unordered = f"{comparator} cannot compare the text in {kind or key}"
    complaints = dict.fromkeys((">", ">=", "<", "<=", "BETWEEN"), ("=", unordered))
    complaints["RLIKE"] = ("LIKE", "RLIKE is not available, LIKE is (% stands for any text)")
    if key != "run_id":
        complaints |= dict.fromkeys(("IN", "NOT IN"), ("=", f"{comparator} works for run_id only"))
    if kind == "":
        complaints |= dict.fromkeys(("IS NULL", "IS NOT NULL"), ("!=", f"{comparator} works for params and tags only"))
    return complaints.get(comparator, (comparator, ""))


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


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
