"""What is each configuration called? The same wherever it is listed, compared or exported."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd

from assay.analysis.naming import Integers, shortened, telling
from assay.cache import configurations, contents, reads
from assay.model.policy import Policy
from assay.model.runs.name import Name
from assay.model.runs.selection import Selection
from assay.model.sync import Snapshot

_LEADING = frozenset(
    ("model", "architecture", "arch", "algorithm", "algo", "estimator", "classifier", "regressor", "agent")
)
_BESIDE = frozenset(("name", "type", "class", "kind"))
_KEPT = 8
# Characters of a run's id that tell it from others.
_OF_ID = 8


@lru_cache(maxsize=_KEPT)
def names(snapshot: Snapshot, whole: Selection, seeds: tuple[str, ...], ignored: tuple[str, ...]) -> Mapping[str, Name]:
    """The name of each configuration (index) within its experiment; `seeds` and `ignored` as in `reads.runs`.

    whole: all runs of some experiments, so that a name hangs on nobody's filter and every filter has them at once.
    """
    first = configurations.firsts(snapshot, whole, seeds=seeds, ignored=ignored)
    params = [key for key in reads.keys(snapshot, whole).params if key not in {*seeds, *ignored}]
    run_names = first["name"].where(first["runs"].eq(1), "").tolist()
    ids, keys = first["run_id"].tolist(), first["configuration"].tolist()
    codes, texts = reads.param_codes(snapshot, ids, params)
    found: dict[str, Name] = {}
    for places in map(np.asarray, first.groupby("experiment_id", sort=False).indices.values()):
        made = _named(codes[places], texts, params)
        called = [
            own if own.parts else _otherwise(run_names[at], ids[at], codes[at], texts, params)
            for own, at in zip(made, places.tolist(), strict=True)
        ]
        said = [own.text for own in called]
        often = Counter(said)
        for own, text, at in zip(called, said, places.tolist(), strict=True):
            alike = often[text] > 1
            found[keys[at]] = replace(own, parts=(*own.parts, ("run", ids[at][:_OF_ID]))) if alike else own
    return found


def names_of(snapshot: Snapshot, policy: Policy, selection: Selection) -> Mapping[str, Name]:
    """The same for the experiments of a selection, where the policy says what makes a configuration."""
    whole, params = selection.whole, policy.params
    carried = reads.keys(snapshot, whole).params
    return names(snapshot, whole, params.seeds_among(carried), params.ignored_among(carried))


def run_names(runs: pd.DataFrame) -> "pd.Series[str]":
    """What single runs (columns `name`, `run_id`) are called: their own name, else how their id begins."""
    return runs["name"].where(runs["name"] != "", runs["run_id"].str[:_OF_ID])


def searches(snapshot: Snapshot) -> Mapping[str, Name]:
    """The name of each run that others are nested below: its own, with its id where another's is the same."""
    above = contents.above(snapshot)
    often = Counter(above.values())
    return {
        run_id: Name((("name", own[1]), ("run", run_id[:_OF_ID])), bare=True)
        if often[own] > 1
        else Name(otherwise=own[1] or run_id[:_OF_ID])
        for run_id, own in above.items()
    }


def spelled_out(params: pd.DataFrame) -> "pd.Series[str]":
    """Every param of each group, as `scaling=on, pca=off`; for groups that these params make."""
    text = pd.Series("", index=params.index, dtype=object)
    for key in params:
        values = params[key]
        distinct = values.dropna().unique().tolist()
        part = f"{key}=" + values.map(dict(zip(distinct, shortened(distinct), strict=True))).astype(object)
        text = text + (", " if (text != "").any() else "") + part.where(values.notna(), f"{key} not logged")
    return text


def alone(table: pd.DataFrame) -> list[Name]:
    """Names for rows of params (None where not logged) that have no neighbours but each other."""
    texts = [str(text) for text in pd.unique(table.to_numpy(dtype=object).ravel()) if not pd.isna(text)]
    numbers = {text: code for code, text in enumerate(texts)}
    codes = table.map(lambda text: numbers.get(text, -1)).to_numpy(dtype=np.int64)
    return _named(codes, texts, [str(key) for key in table])


def leads(param: str) -> bool:
    """Whether a param says what is trained, so that its value alone is a name: `model`, `z_model_name`, `agent`."""
    words = [word for word in param.lower().replace(".", "_").replace("/", "_").split("_") if word not in _BESIDE]
    return bool(words) and words[-1] in _LEADING


def _named(codes: Integers, texts: Sequence[str], params: Sequence[str]) -> list[Name]:
    """The names of one experiment's configurations; without parts where no param tells one from the others."""
    # Of params that part equally well the one that more log, then the shorter.
    order = sorted(range(len(params)), key=lambda k: (-np.count_nonzero(codes[:, k] >= 0), len(params[k]), params[k]))
    leading = [place for place, k in enumerate(order) if leads(params[k])]
    told = telling(codes[:, order], leading)
    columns = np.array([*order, -1], dtype=np.int64)[told.parts]
    written = _written(codes, texts, columns)
    bare = {param for param in params if leads(param)}
    # The code of each chosen column; -1, which nothing is written for, beyond a row's last.
    of = np.where(columns >= 0, np.take_along_axis(codes, columns, axis=1), -1) if columns.size else columns
    made = []
    for own, chosen, more in zip(of.tolist(), columns.tolist(), told.more.tolist(), strict=True):
        parts = [(params[k], written[k, code]) for k, code in zip(chosen, own, strict=True) if code >= 0]
        made.append(Name((*parts,), bool(parts) and parts[0][0] in bare, more))
    return made


def _written(codes: Integers, texts: Sequence[str], columns: Integers) -> dict[tuple[int, int], str]:
    """How the values of each column that names somebody are written, by column and code."""
    named: defaultdict[int, set[int]] = defaultdict(set)
    for level in columns.T:
        for column in np.unique(level[level >= 0]).tolist():
            own = codes[level == column, column]
            named[column].update(np.unique(own[own >= 0]).tolist())
    return {
        (column, code): text
        for column, own in named.items()
        for code, text in zip(sorted(own), shortened([texts[code] for code in sorted(own)]), strict=True)
    }


def _otherwise(run_name: str, run_id: str, codes: Integers, texts: Sequence[str], params: Sequence[str]) -> Name:
    """A name where no param tells: a single run's own, else what is trained or another param, else an id."""
    logged = sorted(np.flatnonzero(codes >= 0).tolist(), key=lambda k: (not leads(params[k]), len(params[k])))
    if run_name or not logged:
        return Name(otherwise=run_name or run_id[:_OF_ID])
    [text] = shortened([texts[int(codes[logged[0]])]])
    return Name(((params[logged[0]], text),), leads(params[logged[0]]))
