"""Which runs have example scores of a metric, and in which column?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assay.cache import score_files
from assay.cache.examples import Pairs, pairs
from assay.cache.score_files import ScoreFile, UnreadableError
from assay.model.comparison import Statistic
from assay.model.evidence import LABEL, LOGGED_BY, PREDICTION, PREDICTIONS, PROBABILITY, SCORES
from assay.model.examples import NotLogged
from assay.model.sync import Snapshot
from assay.queries import evidence_files
from assay.settings import Settings

_AVERAGES = ("/mean", "/average", "/avg", "_mean", "_avg")
_MOST_SLICE_COLUMNS = 30
_COMPUTED = {
    **dict.fromkeys(("f1", "f1_score", "f1_binary"), Statistic.F1),
    **dict.fromkeys(("f1_macro", "macro_f1"), Statistic.MACRO_F1),
    **dict.fromkeys(("auc", "roc_auc"), Statistic.AUC),
}


@dataclass(frozen=True, slots=True)
class Scores:
    """The files with the scores of one metric.

    `files`: run → file that holds `column`. `missing`: run → why it has none. `columns` and `texts`: what all
    the files hold together, most frequent first; what was predicted is neither, and stands in `aside`. `computed`:
    what comes from labels and `column` of all examples together, where no example has a score of its own.
    """

    metric: str
    column: str | None
    files: dict[str, ScoreFile]
    missing: dict[str, str]
    columns: tuple[str, ...]
    texts: tuple[str, ...]
    aside: tuple[str, ...] = ()
    computed: Statistic | None = None

    @property
    def reason(self) -> str:
        """Why no run has scores of this metric, with the columns there are."""
        if not self.columns and not self.texts:
            return next(iter(self.missing.values()), evidence_files.NOT_LOGGED)
        held = _held(self.columns, self.texts)
        return f"the example scores have no column {self.metric!r}; {held}{_computed_from(self.metric)}"

    def not_logged(self, run_ids: Iterable[str]) -> tuple[NotLogged, ...]:
        """Those of `run_ids` whose scores cannot be used."""
        return tuple(NotLogged(run_id, self.missing[run_id]) for run_id in run_ids if run_id in self.missing)

    def without(self, run_id: str, why: str) -> "Scores":
        """The same without a run whose file turned out to be unusable."""
        files = {other: file for other, file in self.files.items() if other != run_id}
        return replace(self, files=files, missing={**self.missing, run_id: why})


def gathered(snapshot: Snapshot, settings: Settings, metric: str, run_ids: Sequence[str]) -> Scores:
    """Fetches and looks into the scores of all runs; what is wrong with one run does not stop the others."""
    missing: dict[str, str] = {}
    found: dict[str, list[ScoreFile]] = {}
    for run_id, fetched in evidence_files.scores(snapshot, settings, run_ids).items():
        if not fetched.paths:
            missing[run_id] = fetched.reason
        for path in fetched.paths:
            try:
                file = score_files.inspect(path)
            except UnreadableError as error:
                evidence_files.discard(path)
                missing.setdefault(run_id, str(error).removesuffix("."))
            else:
                found.setdefault(run_id, []).append(file)
    numbers = Counter(name for files in found.values() for file in files for name in file.numbers)
    texts = Counter(name for files in found.values() for file in files for name in file.texts)
    column, computed = _column(metric, numbers, texts), None
    needed = {column or metric}
    if column is None and metric in _COMPUTED:
        needed = {LABEL, _said(metric)}
        if any(needed <= {*file.numbers, *file.texts} for several in found.values() for file in several):
            column, computed = _said(metric), _COMPUTED[metric]
    files: dict[str, ScoreFile] = {}
    for run_id, several in found.items():
        holding = [file for file in several if needed <= {*file.numbers, *file.texts}]
        if holding:
            files[run_id] = holding[0]
            missing.pop(run_id, None)
        else:
            held = _held(_all(file.numbers for file in several), _all(file.texts for file in several))
            lacks = metric if computed else column or metric
            missing[run_id] = f"its example scores have no column {lacks!r}; {held}{_computed_from(lacks)}"
    aside = tuple(name for name in PREDICTIONS if name in (*numbers, *texts))
    slices = tuple(name for name in _ranked(texts) if name != column)
    return Scores(metric, column, files, missing, _ranked(numbers), slices, aside, computed)


def joined(scores: Scores, sides: tuple[Sequence[str], Sequence[str]], slice_by: str | None) -> Pairs:
    """The examples of two sides (run ids that have files), with everything that they can be sliced by.

    Raises UnreadableError for the first file that cannot be used; see `blamed`.
    """
    assert scores.column is not None
    baseline, candidate = (tuple(scores.files[run_id] for run_id in side) for side in sides)
    texts = dict.fromkeys(
        name for file in (baseline[0], candidate[0]) for name in file.texts if name not in (scores.column, *PREDICTIONS)
    )
    slices = tuple(texts)[:_MOST_SLICE_COLUMNS]
    # The same columns whichever is asked for, so that the join is made once.
    found = pairs(baseline, candidate, scores.column, slices)
    if slice_by is None or slice_by in found.slices or not found.examples:
        return found
    return pairs(baseline, candidate, scores.column, tuple(dict.fromkeys((*slices, slice_by))), (slice_by,))


def blamed(scores: Scores, error: UnreadableError) -> Scores:
    """The scores without the run whose file `error` speaks of; the file is fetched again next time."""
    run_id = next(run_id for run_id, file in scores.files.items() if file.path == error.path)
    evidence_files.discard(error.path)
    return scores.without(run_id, str(error).removesuffix("."))


def _column(metric: str, numbers: Counter[str], texts: Counter[str]) -> str | None:
    """The scores' column for a metric that may be named after its average, as MLflow's evaluation does."""
    stem = next((metric.removesuffix(end) for end in _AVERAGES if metric.endswith(end)), metric)
    bare = stem.split("/")[0]
    names = [metric, stem, f"{stem}/score", f"{metric}/score", f"score/{metric}", f"score/{stem}", f"score/{bare}"]
    names += [f"{bare}/score", f"{metric}/v1/score", f"{bare}/value", f"{stem}/value"]
    return next((name for name in names if name in numbers), metric if metric in texts else None)


def _said(metric: str) -> str:
    return PROBABILITY if _COMPUTED[metric] is Statistic.AUC else PREDICTION


def _computed_from(metric: str) -> str:
    """The line that logs what a metric of all examples together is computed from; empty for others."""
    if metric not in _COMPUTED:
        return ""
    return f"; `{LOGGED_BY[SCORES]}` with the columns {LABEL} and {_said(metric)} logs what it can be computed from"


def _held(columns: Sequence[str], texts: Sequence[str]) -> str:
    parts = [f"{', '.join(columns)} (metrics)"] if columns else []
    parts += [f"{', '.join(texts)} (slices)"] if texts else []
    return f"they hold {' and '.join(parts) or 'nothing but ids'}"


def _all(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for several in names for name in several if name not in PREDICTIONS))


def _ranked(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in counts.most_common() if name not in PREDICTIONS)
