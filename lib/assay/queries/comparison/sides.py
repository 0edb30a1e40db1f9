"""Which runs stand on one side of a comparison, which of them count, and what is the side called?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from assay.analysis.naming import shortened
from assay.analysis.nesting import below
from assay.cache import reads
from assay.model.comparison.answer import ParamDifference, Setting
from assay.model.comparison.question import UNPAIRED, Question
from assay.model.comparison.side import Replicate, Sample
from assay.model.metric import LARGEST
from assay.model.note import Note
from assay.model.policy import Policy
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.name import Name
from assay.model.runs.notes import RunNote
from assay.model.runs.selection import Condition, Selection
from assay.model.runs.store import Keys
from assay.model.sync import Snapshot
from assay.queries.comparison import data
from assay.queries.comparison.names import side_names, unnamed
from assay.queries.metrics import measured_among
from assay.queries.runs.commits import commits
from assay.queries.runs.distinctions import distinctions
from assay.queries.runs.names import names
from assay.queries.runs.replicates import marked
from assay.queries.runs.selection import conditions, counted, require, selection, unknown_keys, unknown_values
from assay.queries.values import Values, latest_values


@dataclass(frozen=True, slots=True)
class _Seeds:
    """Params that replicates differ in (`among`), that say nothing (`ignored`), and the one asked to pair `by`.

    `by` is one of `among`; None: all of them make the pairs. `aside`: metrics that tell no run from another.
    """

    among: tuple[str, ...]
    ignored: tuple[str, ...]
    aside: tuple[str, ...]
    by: str | None = None


@dataclass(frozen=True)
class Found:
    """One side's runs as the cache holds them, and why some have no score.

    `hidden`: how many usable runs of its configurations its filter leaves out. `parents`: run id → id of the run above
    it, empty where levels may mix.
    """

    selection: Selection
    runs: pd.DataFrame
    excluded: Mapping[Exclusion, int]
    notes: tuple[Note, ...]
    hidden: int = 0
    parents: Mapping[str, str] = field(default_factory=dict)

    def levelled(self, having: Collection[str] | None = None) -> "Found":
        """Without runs nested below one that counts, for which it has to be among those `having` a score."""
        counts = self.runs["reason"].eq("").to_numpy()
        usable = counts if having is None else counts & self.runs["run_id"].isin(having).to_numpy()
        nested = counts & below(self.runs["run_id"].tolist(), self.parents, usable) if self.parents else counts & False
        if not nested.any():
            return self
        runs = self.runs.assign(reason=self.runs["reason"].mask(nested, Exclusion.NESTED.value))
        return replace(self, runs=runs, excluded={**self.excluded, Exclusion.NESTED: int(nested.sum())})

    @cached_property
    def used(self) -> pd.DataFrame:
        """The runs that have a score."""
        return self.runs[self.runs["reason"] == ""]

    @cached_property
    def experiments(self) -> frozenset[str]:
        """Names (with ids) of the experiments that the used runs belong to."""
        named = set(zip(self.used["experiment"], self.used["experiment_id"], strict=True))
        return frozenset(f"{name} (id {own})" for name, own in named)


@dataclass(frozen=True, slots=True)
class AskedSides:
    """The sides in the order asked for: their runs, names and samples, and what sets them apart."""

    found: tuple[Found, ...]
    names: tuple[Name, ...]
    unnamed: tuple[int, ...]
    setting: Setting
    pair_by: str | None = None

    @property
    def samples(self) -> tuple[Sample, ...]:
        """The replicates that count on each side, with the scores of their runs.

        Seeds of another experiment than the baseline's are left out: equal ones say nothing there.
        """
        return tuple(
            _sample(side, name, more, comparable=self.pair_by is not None or not elsewhere(self.found[0], side))
            for side, name, more in zip(self.found, self.names, self.unnamed, strict=True)
        )

    def levelled(self, having: Collection[str]) -> "AskedSides":
        """Without runs nested below one that counts and is among those `having` example scores."""
        return replace(self, found=tuple(one.levelled(having) for one in self.found))


def sides(
    snapshot: Snapshot, policy: Policy, question: Question, metrics: Sequence[str | None]
) -> tuple[AskedSides, ...]:
    """The sides of a question, once for each of `metrics`; names and setting are those of the first.

    Without a metric (None) no run is left out for lack of a score or for its level, and nobody has one. Raises
    SelectionError when no run logged one of `metrics`, for an unknown experiment or a param to pair by or to ignore
    that no run carries, and FilterError for a filter that cannot be read.
    """
    whole = selection(snapshot, experiments=question.experiments, deleted=question.deleted)
    keys = reads.keys(snapshot, whole)
    require("metric", [metric for metric in metrics if metric is not None], keys.metrics)
    require("param", filter(None, (*question.ignore, question.task_by)), keys.params)
    policy = policy.leaving_out(question.ignore).telling_apart((question.task_by,) if question.task_by else ())
    seeds = _seeds(policy, question.pair_by, keys)
    runs = reads.runs(snapshot, whole, seeds=seeds.among, ignored=seeds.ignored)
    everyone = runs.loc[marked(snapshot, runs, seeds.aside).excluded.eq("").to_numpy(), "configuration"].value_counts()
    common = conditions(question.within)
    filters = (question.baseline, *question.candidates)
    chosen = [replace(whole, conditions=(*conditions(text), *common), filter=text.strip()) for text in filters]
    found = [_find(snapshot, policy, one, metrics, seeds, everyone) for one in chosen]
    by_metric = [_told(snapshot, policy, own, keys) for own in zip(*found, strict=True)]
    telling = [key for key in keys.params if key not in (*seeds.among, *seeds.ignored)]
    here = tuple(sorted({i for side in by_metric[0] for i in side.runs["experiment_id"].unique()}))
    called = names(snapshot, replace(whole, experiments=here), seeds.among, seeds.ignored) if here else {}
    own_names, more, setting = _described(snapshot, by_metric[0], telling, called)
    return tuple(AskedSides(own, tuple(own_names), more, setting, seeds.by) for own in by_metric)


def _seeds(policy: Policy, pair_by: str | None, keys: Keys) -> _Seeds:
    among, ignored = policy.params.seeds_among(keys.params), policy.params.ignored_among(keys.params)
    aside = measured_among(policy, keys.metrics)
    if pair_by is None or pair_by == UNPAIRED:
        return _Seeds(among, ignored, aside)
    require("param", [pair_by], keys.params)
    others = tuple(key for key in ignored if key != pair_by)
    return _Seeds(tuple(dict.fromkeys((*among, pair_by))), others, aside, by=pair_by)


def _told(snapshot: Snapshot, policy: Policy, found: Sequence[Found], keys: Keys) -> tuple[Found, ...]:
    """The sides of one metric with what tells their runs apart beside params and seeds."""
    told = []
    for place, one in enumerate(found):
        own = (replace(said, sides=(place,)) if said.code is RunNote.MAY_REPEAT else said for said in one.notes)
        told.append(replace(one, notes=(*own, *distinctions(snapshot, policy, one.used, keys, place))))
    return tuple(told)


def elsewhere(baseline: Found, side: Found) -> bool:
    """Whether the side's runs belong to other experiments than the baseline's."""
    return bool(baseline.experiments and side.experiments and baseline.experiments != side.experiments)


def _find(
    snapshot: Snapshot,
    policy: Policy,
    chosen: Selection,
    metrics: Sequence[str | None],
    seeds: _Seeds,
    everyone: "pd.Series[int]",
) -> tuple[Found, ...]:
    """The runs of one side, for each metric with the reason why each that has no score has none."""
    runs = reads.runs(snapshot, chosen, seeds=seeds.among, ignored=seeds.ignored)
    replicates = marked(snapshot, runs, seeds.aside, any_status=chosen.names_status)
    if seeds.by is not None:
        runs = runs.assign(seed=reads.runs(snapshot, chosen, seeds=(seeds.by,), ignored=())["seed"])
    here = runs.loc[replicates.excluded.eq("").to_numpy(), "configuration"].value_counts()
    hidden = 0 if chosen.names_status else int((everyone.reindex(here.index).fillna(0) - here).clip(lower=0).sum())
    scores = latest_values(snapshot, policy, chosen, tuple(metric for metric in metrics if metric is not None))
    named = [str(i) for c in chosen.conditions if c.key == "run_id" and c.comparator in ("=", "IN") for i in _ids(c)]
    missing = len(set(named) - set(runs["run_id"]))
    nothing = () if len(runs) else unknown_values(snapshot, chosen)
    notes = (*unknown_keys(snapshot, chosen), *nothing, *replicates.notes)
    mixed = runs["parent_run_id"].ne("").any() and not chosen.names_parent
    parents = reads.parents(snapshot) if mixed else {}
    found = []
    for metric in metrics:
        score, reason = np.full(len(runs), np.nan), pd.Series(replicates.excluded)
        if metric is not None:
            score, reason = _scored(scores, metric, runs["run_id"], reason)
        excluded = counted(reason) | ({Exclusion.VANISHED: missing} if missing else {})
        own = runs.assign(score=score, reason=reason.to_numpy())
        side = Found(chosen, own, excluded, notes, hidden, parents)
        found.append(side if metric is None else side.levelled())
    return tuple(found)


def _scored(found: Values, metric: str, run_ids: pd.Series, reason: pd.Series) -> tuple[np.ndarray, pd.Series]:
    """The metric's values, and `reason` with what is wrong with those that cannot be used."""
    score = found.values[metric].reindex(run_ids).to_numpy()
    logged, unknown = (
        own[metric].reindex(run_ids, fill_value=False).to_numpy(dtype=bool) for own in (found.logged, found.unknown)
    )
    for why, here in (
        (Exclusion.NOT_LOGGED, ~logged),
        (Exclusion.UNKNOWN, unknown),
        (Exclusion.NAN, logged & np.isnan(score)),
        (Exclusion.INFINITE, np.isinf(score)),
        (Exclusion.TOO_LARGE, np.abs(score) >= LARGEST),
    ):
        reason = reason.mask((reason == "") & here, why.value)
    return score, reason


def _ids(condition: Condition) -> tuple[object, ...]:
    return condition.value if isinstance(condition.value, tuple) else (condition.value,)


def _sample(found: Found, name: Name, unnamed: int, *, comparable: bool) -> Sample:
    used = found.used.sort_values(["seed", "run_id"], key=_in_order)
    repeats = int((found.runs["reason"] == Exclusion.REPEAT).sum())
    trainings: dict[tuple[str, ...], list[tuple[str, float]]] = {}
    for run_id, score, configuration, seed in zip(
        *(used[column].tolist() for column in ("run_id", "score", "configuration", "seed")), strict=True
    ):
        alone = pd.isna(seed)
        trainings.setdefault((run_id,) if alone else (configuration, str(seed)), []).append((run_id, score))
    return Sample(
        label=name.text,
        parts=() if name.bare else name.parts,
        unnamed=unnamed,
        filter=found.selection.filter,
        replicates=tuple(
            Replicate(
                tuple(run_id for run_id, _ in own),
                tuple(score for _, score in own if not np.isnan(score)),
                key[1] if comparable and len(key) > 1 else None,
            )
            for key, own in trainings.items()
        ),
        run_ids=tuple(found.runs["run_id"]),
        runs=len(used) + repeats,
        excluded=found.excluded,
    )


def _in_order(column: pd.Series) -> pd.Series:
    """Seeds as numbers where all of them are."""
    numbers = pd.to_numeric(column, errors="coerce")
    return column if numbers.isna().any() else numbers


def _described(
    snapshot: Snapshot, found: Sequence[Found], keys: Sequence[str], called: Mapping[str, Name]
) -> tuple[list[Name], tuple[int, ...], Setting]:
    """A name for each side, in how many params it differs that names don't tell, and what sets the sides apart."""
    used = [f.used if len(f.used) else f.runs for f in found]
    ids = sorted({run_id for runs in used for run_id in runs["run_id"]})
    table = reads.params(snapshot, ids, tuple(keys)) if ids else pd.DataFrame(columns=list(keys))
    sides = pd.DataFrame(
        [{key: _distinct(table[key].reindex(runs["run_id"])) for key in keys} for runs in used],
        columns=list(keys),
        dtype=object,
    )
    full = sides[[len(runs) > 0 for runs in used]]
    named = {c.key for f in found for c in f.selection.conditions if c.entity == "param"}
    differing = [key for key in keys if full[key].nunique(dropna=False) > 1]
    apart = any(elsewhere(found[0], side) for side in found[1:])
    telling = ([] if apart else [key for key in differing if key in named]) or differing
    logged = [key for key in keys if full[key].notna().any()]
    differences = tuple(
        ParamDifference(key, tuple(None if pd.isna(v) else str(v) for v in sides[key])) for key in differing
    )
    code = tuple(_commit(snapshot, side.used) for side in found)
    used_data = data.compared(snapshot, [side.used["run_id"].tolist() for side in found])
    names = side_names(used, [f.selection.filter for f in found], sides[telling], called)
    setting = Setting(differences, len(logged) - len(differing), code, used_data)
    return names, unnamed(names, sides[differing]), setting


def _commit(snapshot: Snapshot, runs: pd.DataFrame) -> str | None:
    """The commits of the code that made these runs, shortened."""
    return _distinct(commits(snapshot, runs["run_id"].tolist()).str[:7])


def _distinct(values: pd.Series) -> str | None:
    """One value, several joined, or None when no run logged any."""
    seen = sorted(values.dropna().unique())
    more = f" and {len(seen) - 3} more" if len(seen) > 3 else ""
    shown = seen if len(seen) < 2 else shortened(seen)
    return " | ".join(shown[:3]) + more if seen else None
