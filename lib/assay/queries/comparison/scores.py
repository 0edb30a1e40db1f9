"""Which runs have example scores of a metric, and in which column?"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from assay import artifacts
from assay.cache import reads, score_files
from assay.cache.examples import Pairs, pairs
from assay.cache.score_files import ScoreFile, UnreadableError
from assay.model.comparison.notes import ExampleNote as Says
from assay.model.comparison.question import Statistic
from assay.model.comparison.side import NotLogged
from assay.model.evidence.files import IMAGES, INPUTS, LABEL, LOGGED_BY, PREDICTION, PREDICTIONS, PROBABILITY, SCORES
from assay.model.note import Note, Quote, note
from assay.model.sync import Snapshot
from assay.queries import freshness
from assay.workspace import Workspace

Trainings = Sequence[Sequence[str]]
"""Run ids, those of one replicate together."""

_LOGGED = "mlflow.loggedArtifacts"
_MOST_TABLES = 8
_AVERAGES = ("/mean", "/average", "/avg", "_mean", "_avg")
_MOST_SLICE_COLUMNS = 30
_COMPUTED = {
    **dict.fromkeys(("f1", "f1_score", "f1_binary"), Statistic.F1),
    **dict.fromkeys(("f1_macro", "macro_f1"), Statistic.MACRO_F1),
    **dict.fromkeys(("auc", "roc_auc"), Statistic.AUC),
}


@dataclass(frozen=True, slots=True)
class Files:
    """The score files of runs, whatever metric they hold; `missing`: run → why it has none."""

    found: Mapping[str, tuple[ScoreFile, ...]]
    missing: Mapping[str, Note] = field(default_factory=dict)

    @property
    def numbers(self) -> Counter[str]:
        """Numeric columns and how many files hold them."""
        return Counter(name for files in self.found.values() for file in files for name in file.numbers)

    @property
    def texts(self) -> Counter[str]:
        """Text columns and how many files hold them."""
        return Counter(name for files in self.found.values() for file in files for name in file.texts)

    def blamed(self, error: UnreadableError) -> "Files":
        """The same without the file that `error` speaks of; it is fetched again next time."""
        artifacts.discard(error.path)
        run_id = next(run_id for run_id, files in self.found.items() for file in files if file.path == error.path)
        rest = tuple(file for file in self.found[run_id] if file.path != error.path)
        found = {key: files for key, files in self.found.items() if key != run_id} | ({run_id: rest} if rest else {})
        return Files(found, {**self.missing, run_id: error.note})


@dataclass(frozen=True, slots=True)
class Scores:
    """The files with the scores of one metric.

    `files`: run → file that holds `column`. `missing`: run → why it has none. `columns` and `texts`: what all
    the files hold together, most frequent first; what was predicted is neither, and stands in `aside`. `computed`:
    what comes from labels and `column` of all examples together, where no example has a score of its own. `unknown`:
    scores that mean that nobody knows.
    """

    metric: str
    column: str | None
    files: Mapping[str, ScoreFile]
    missing: Mapping[str, Note]
    columns: tuple[str, ...]
    texts: tuple[str, ...]
    aside: tuple[str, ...] = ()
    computed: Statistic | None = None
    unknown: tuple[float, ...] = ()

    def of(self, trainings: Trainings) -> tuple[tuple[ScoreFile, ...], ...]:
        """The files of these runs, those of one training together."""
        return tuple(tuple(self.files[run_id] for run_id in own) for own in trainings)

    @property
    def reason(self) -> Note:
        """Why no run has scores of this metric, with the columns there are."""
        if not self.columns and not self.texts:
            return next(iter(self.missing.values()), artifacts.NOT_LOGGED)
        return _no_column(self.metric, self.columns, self.texts, runs=0)

    def not_logged(self, run_ids: Iterable[str]) -> tuple[NotLogged, ...]:
        """Those of `run_ids` whose scores cannot be used."""
        found = ((run_id, self.missing[run_id]) for run_id in run_ids if run_id in self.missing)
        return tuple(NotLogged(run_id, why, why != artifacts.NOT_LOGGED) for run_id, why in found)


def fetched(work: Workspace, run_ids: Sequence[str], *, kept: bool = False) -> Files:
    """Fetches and looks into the scores of all runs; what is wrong with one run does not stop the others.

    `kept`: the store is not asked again for what was fetched before.
    """
    away = kept or freshness.current(work.settings).status.problem is not None
    missing: dict[str, Note] = {}
    found: dict[str, list[ScoreFile]] = {}
    for run_id, files in artifacts.scores(work.settings, _tables(work.snapshot, run_ids), away=away).items():
        if files.reason:
            missing[run_id] = files.reason
        for path in files.paths:
            try:
                found.setdefault(run_id, []).append(score_files.inspect(path))
            except UnreadableError as error:
                artifacts.discard(path)
                missing.setdefault(run_id, error.note)
    return Files({run_id: tuple(files) for run_id, files in found.items() if files}, missing)


def of_metric(gathered: Files, metric: str, unknown: tuple[float, ...] = ()) -> Scores:
    """Which of the files hold the metric, by its own column or by what it can be computed from."""
    numbers, texts = gathered.numbers, gathered.texts
    column, computed = _column(metric, numbers, texts), None
    needed = {column or metric}
    if column is None and metric in _COMPUTED:
        needed = {LABEL, _said(metric)}
        if any(needed <= file.columns for files in gathered.found.values() for file in files):
            column, computed = _said(metric), _COMPUTED[metric]
    lacks = metric if computed else column or metric
    found, missing = {}, dict(gathered.missing)
    for run_id, files in gathered.found.items():
        holding = [file for file in files if needed <= file.columns]
        if holding:
            found[run_id] = holding[0]
            missing.pop(run_id, None)
        else:
            held = _all(file.numbers for file in files), _all(file.texts for file in files)
            missing[run_id] = _no_column(lacks, *held, runs=1)
    return Scores(
        metric=metric,
        column=column,
        files=found,
        missing=missing,
        columns=_ranked(numbers),
        texts=tuple(name for name in _ranked(texts) if name != column),
        aside=tuple(name for name in PREDICTIONS if name in (*numbers, *texts)),
        computed=computed,
        unknown=unknown,
    )


def joined(scores: Scores, sides: Sequence[Trainings], slice_by: str | None, cluster: str | None = None) -> Pairs:
    """The examples of two sides (runs that have files), with everything that they can be sliced by.

    Raises UnreadableError for the first file that cannot be used; see `Files.blamed`.
    """
    assert scores.column is not None
    baseline, candidate = map(scores.of, sides)
    texts = dict.fromkeys(
        name
        for file in (baseline[0][0], candidate[0][0])
        for name in file.texts
        if name not in (scores.column, *PREDICTIONS, *INPUTS, *IMAGES)
    )
    slices = tuple(texts)[:_MOST_SLICE_COLUMNS]
    # The same columns whichever is asked for, so that the join is made once.
    found = pairs(baseline, candidate, scores.column, slices, cluster=cluster, unknown=scores.unknown)
    if slice_by is None or slice_by in found.slices or not found.examples:
        return found
    every = tuple(dict.fromkeys((*slices, slice_by)))
    return pairs(baseline, candidate, scores.column, every, (slice_by,), cluster, scores.unknown)


def _tables(snapshot: Snapshot, run_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Run → names of the tables that it says it logged; the store's text is not trusted to be paths."""
    tags = reads.tags(snapshot, run_ids, [_LOGGED])[_LOGGED]
    return {run_id: _listed(text) for run_id, text in zip(run_ids, tags, strict=True)}


def _listed(tag: str | None) -> tuple[str, ...]:
    try:
        listed = json.loads(tag or "[]")
    except ValueError:
        return ()
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    names = [str(entry.get("path", "")) for entry in entries if entry.get("type") == "table"]
    safe = [n for n in names if n.endswith(".json") and not n.startswith("/") and ".." not in PurePosixPath(n).parts]
    return tuple(dict.fromkeys(name for name in safe if "\\" not in name and "\0" not in name))[:_MOST_TABLES]


def _column(metric: str, numbers: Counter[str], texts: Counter[str]) -> str | None:
    """The scores' column for a metric that may be named after its average, as MLflow's evaluation does."""
    stem = next((metric.removesuffix(end) for end in _AVERAGES if metric.endswith(end)), metric)
    bare = stem.split("/")[0]
    names = [metric, stem, f"{stem}/score", f"{metric}/score", f"score/{metric}", f"score/{stem}", f"score/{bare}"]
    names += [f"{bare}/score", f"{metric}/v1/score", f"{bare}/value", f"{stem}/value"]
    return next((name for name in names if name in numbers), metric if metric in texts else None)


def _said(metric: str) -> str:
    return PROBABILITY if _COMPUTED[metric] is Statistic.AUC else PREDICTION


def _no_column(name: str, numbers: tuple[str, ...], texts: tuple[str, ...], *, runs: int) -> Note:
    """What files hold instead, and what a metric of all examples together can be computed from; 0 runs: all asked."""
    computable = name in _COMPUTED
    return note(
        Says.NO_COLUMN, column=name, runs=runs, metrics=numbers, slices=texts,
        line=Quote(LOGGED_BY[SCORES]) if computable else None, said=_said(name) if computable else None,
    )  # fmt: skip


def _all(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for several in names for name in several if name not in PREDICTIONS))


def _ranked(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in counts.most_common() if name not in PREDICTIONS)
