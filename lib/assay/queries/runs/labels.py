"""What is a group of runs called?"""

from collections.abc import Mapping

import pandas as pd

MOST_PARAMS = 3
_NAMING = frozenset({"model", "model_name", "model_type", "architecture", "algorithm", "estimator"})


def labels(params: pd.DataFrame, names: pd.Series, otherwise: pd.Series) -> pd.Series:
    """One short label a group: the fewest params that tell the groups apart, else a run's name, else `otherwise`.

    params: one row a group, one column a param, None where not logged; at most three of them are used, those
    that separate most groups first, the shorter where two do the same. names, otherwise: same index, "" or null
    where there is none. Labels need not be unique: three params may not suffice.
    """
    telling = _telling(params)
    text = pd.Series("", index=params.index, dtype=object)
    for key in telling:
        values = params[key]
        part = key + "=" + values.fillna("").astype(str).map(_short)
        part = part.where(values.notna(), "")
        joiner = pd.Series(", ", index=params.index).where((text != "") & (part != ""), "")
        text = text + joiner + part
    text = text.where(text != "", names.fillna("").astype(str))
    return text.where(text != "", otherwise)


def spelled_out(params: pd.DataFrame) -> pd.Series:
    """Every param of each group, as `scaling=on, pca=off`; for groups that these params make."""
    text = pd.Series("", index=params.index, dtype=object)
    for key in params:
        values = params[key]
        part = f"{key}=" + values.fillna("").astype(str).map(_short)
        text = text + (", " if (text != "").any() else "") + part.where(values.notna(), f"{key} not logged")
    return text


def foremost(params: pd.DataFrame, variety: Mapping[str, int]) -> pd.Series:
    """One param of each group, as `model=svc`: of those it logs, the one with most values, then the shortest.

    variety: how many values each param takes where the groups come from.
    """
    text = pd.Series("", index=params.index, dtype=object)
    columns = {str(key): values for key, values in params.items()}
    for key in sorted(columns, key=lambda key: (-variety.get(key, 0), _length(columns[key]))):
        values = columns[key]
        text = text.where((text != "") | values.isna(), f"{key}=" + values.fillna("").astype(str).map(_short))
    return text


def _telling(params: pd.DataFrame) -> list[str]:
    """The params that, one after the other, split the groups furthest; constant ones never.

    Of those that do the same, the one that names the model, then the one that more groups log, then the shorter.
    """
    codes = {str(key): pd.factorize(params[key], use_na_sentinel=True)[0] for key in params}
    codes = {key: code for key, code in codes.items() if len(code) and code.min() != code.max()}
    appeal = {str(k): (str(k) in _NAMING, column.count(), -_length(column)) for k, column in params.items()}
    chosen: list[str] = []
    together = pd.Series(0, index=range(len(params)))
    parts = 1
    while codes and len(chosen) < MOST_PARAMS and parts < len(params):
        splits = {k: pd.factorize(together * (len(params) + 2) + code + 1)[0] for k, code in codes.items()}
        best = max(splits, key=lambda key: (splits[key].max(), *appeal[key]))
        if splits[best].max() + 1 <= parts:
            break
        chosen.append(best)
        together, parts = pd.Series(splits[best]), int(splits[best].max()) + 1
        del codes[best]
    return [str(key) for key in params if key in chosen]


def _length(values: pd.Series) -> float:
    logged = values.dropna().astype(str)
    return len(str(values.name)) + float(logged.str.len().mean() if len(logged) else 0)


def _short(value: str) -> str:
    """One line of at most 32 characters; a fraction longer than 8 gets four significant digits."""
    line = " ".join(value.split())
    if len(line) > 8 and "." in line:
        try:
            return f"{float(line):.4g}"
        except ValueError:
            pass
    return line if len(line) <= 32 else line[:31] + "…"
