"""What are the sides of a comparison called?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from assay.model.runs.name import Name
from assay.queries.runs.names import alone, leads

_LONGEST, _HEAD = 300, 200
"""Of a filter that is a name, in characters, and what stands before the place where it was cut."""


def side_names(
    used: Sequence[pd.DataFrame], filters: Sequence[str], params: pd.DataFrame, called: Mapping[str, Name]
) -> list[Name]:
    """A name of its own for each side.

    A side of one configuration has the name that this has everywhere (`called`); one of several has what tells it from
    the other sides: `params`, a row a side. Where sides share a name, their runs or filters tell them apart; of a
    filter that is no name's length, both ends do.
    """
    filters = [text if len(text) <= _LONGEST else f"{text[:_HEAD]}…{text[1 + _HEAD - _LONGEST :]}" for text in filters]
    names = [
        called[runs["configuration"].iloc[0]] if runs["configuration"].nunique() == 1 else own
        for runs, own in zip(used, alone(params), strict=True)
    ]
    filled = [
        name if name.text else Name(otherwise=_common(runs, "name") or filter or "all runs")
        for name, runs, filter in zip(names, used, filters, strict=True)
    ]
    return _told_apart(filled, used, filters)


def _told_apart(names: Sequence[Name], used: Sequence[pd.DataFrame], filters: Sequence[str]) -> list[Name]:
    """Names that sides share get their experiment, their run's name or id, or give way to filter or role."""
    texts = [name.text for name in names]
    shared = [texts.count(text) > 1 for text in texts]
    if not any(shared):
        return list(names)
    ids = [runs["run_id"].iloc[0][:8] if len(runs) == 1 else "" for runs in used]
    for beside in ([_common(runs, "experiment") for runs in used], [_common(runs, "name") for runs in used], ids):
        tried = [_beside(text, own) if twice else text for text, own, twice in zip(texts, beside, shared, strict=True)]
        if all(own for own, twice in zip(beside, shared, strict=True) if twice) and len(set(tried)) == len(tried):
            return [_as(name, text) for name, text in zip(names, tried, strict=True)]
    tried = [own if twice else text for text, own, twice in zip(texts, filters, shared, strict=True)]
    if not all(tried) or len(set(tried)) < len(tried):
        tried = [f"{text} (candidate {at})" if text in texts[:at] else text for at, text in enumerate(texts)]
    return [_as(name, text) for name, text in zip(names, tried, strict=True)]


def unnamed(names: Sequence[Name], params: pd.DataFrame) -> tuple[int, ...]:
    """In how many of `params`, a row a side, each side differs from the first without either name telling one.

    None count where a name tells that something else is trained: that brings its own.
    """
    counts = []
    for place, name in enumerate(names):
        pair = params.iloc[[0, place]]
        differing = {str(key) for key in pair if pair[key].nunique(dropna=False) > 1}
        told = {*names[0].params, *name.params}
        counts.append(0 if any(map(leads, told & differing)) else len(differing - told))
    return tuple(counts)


def _beside(text: str, own: str) -> str:
    return own if own.startswith(f"{text},") else f"{text}, {own}"


def _as(name: Name, text: str) -> Name:
    return name if name.text == text else replace(name, parts=(), otherwise=text)


def _common(runs: pd.DataFrame, column: str) -> str:
    values = runs[column].unique()
    return str(values[0]) if len(values) == 1 else ""
