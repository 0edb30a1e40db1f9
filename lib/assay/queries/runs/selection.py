"""Which runs are meant?"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import pandas as pd

from assay.cache import contents, reads
from assay.errors import SelectionError
from assay.model.note import Note, Value, note
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.notes import RunNote
from assay.model.runs.selection import Condition, Selection
from assay.model.runs.store import Experiment, LifecycleStage
from assay.model.sync import Snapshot
from assay.sources import filters


def selection(
    snapshot: Snapshot, *, experiments: Sequence[str] = (), filter: str = "", deleted: bool = False, text: str = ""
) -> Selection:
    """The selection that experiment names (or ids) and an MLflow filter describe.

    A name that several experiments share means all of them. Raises SelectionError for an unknown experiment,
    FilterError for a filter that cannot be read.
    """
    known = reads.experiments(snapshot) if experiments else ()
    ids = tuple(dict.fromkeys(i for name in experiments for i in _ids(known, name, deleted)))
    return Selection(ids, conditions(filter), filter.strip(), deleted, text.strip())


def conditions(filter: str) -> tuple[Condition, ...]:
    """The clauses of a filter; raises FilterError with what is wrong and a correct example."""
    return filters.parse(filter)


def counted(reasons: pd.Series) -> dict[Exclusion, int]:
    """Reason → number of runs, most frequent first; runs without a reason ("") are not among them."""
    return {Exclusion(str(reason)): int(n) for reason, n in reasons[reasons != ""].value_counts().items()}


def _ids(known: Sequence[Experiment], name: str, deleted: bool) -> list[str]:
    def visible(experiment: Experiment) -> bool:
        return deleted or experiment.lifecycle_stage is LifecycleStage.ACTIVE

    found = [e.experiment_id for e in known if e.name == name and visible(e)]
    found = found or [e.experiment_id for e in known if e.experiment_id == name and visible(e)]
    if not found:
        raise _unknown(known, name)
    return found


def _unknown(known: Sequence[Experiment], name: str) -> SelectionError:
    if any(name in (e.name, e.experiment_id) for e in known):
        return SelectionError(RunNote.DELETED_EXPERIMENT, name=name)
    names = sorted({e.name for e in known if e.lifecycle_stage is LifecycleStage.ACTIVE})
    return SelectionError(RunNote.UNKNOWN_NAME, **_near("experiment", name, names))


def require(kind: str, names: Iterable[str], known: Sequence[str]) -> None:
    """Raises SelectionError for the first of `names` that no run carries, with those that come close.

    kind: `metric`, `param`; known: most common first.
    """
    for name in names:
        if name not in known:
            raise SelectionError(RunNote.UNKNOWN_NAME, **_near(kind, name, known))


def unknown_keys(snapshot: Snapshot, selection: Selection) -> tuple[Note, ...]:
    """A note on each metric, param or tag that the filter speaks of and no run of its experiments carries."""
    named = [c for c in selection.conditions if c.entity not in ("attribute", "dataset")]
    asked = [c for c in named if c.comparator != "IS NULL"]
    if not asked:
        return ()
    keys = reads.keys(snapshot, selection.whole)
    known = {"metric": keys.metrics, "param": keys.params, "tag": keys.tags}
    missing = [c for c in asked if c.key not in known[c.entity]]
    found = (note(RunNote.UNKNOWN_NAME, **_near(c.entity, c.key, known[c.entity])) for c in missing)
    return tuple(dict.fromkeys(found))


def unknown_values(snapshot: Snapshot, selection: Selection) -> tuple[Note, ...]:
    """Of a filter that finds nothing: a note on each text that no run of its experiments has in that param or tag."""
    scope = Selection(selection.experiments, deleted=selection.deleted)
    asked = [c for c in selection.conditions if c.entity in ("param", "tag") and c.comparator == "="]
    held = ((c, contents.texts(snapshot, scope, c.entity, c.key)) for c in asked)
    return tuple(
        note(RunNote.UNKNOWN_VALUE, kind=c.entity, key=c.key, value=str(c.value), **_close(str(c.value), known))
        for c, known in held
        if known and c.value not in known
    )


def _near(kind: str, name: str, known: Sequence[str]) -> dict[str, Value]:
    """Names that come close, and how many others there are."""
    return {"kind": kind, "name": name, **_close(name, known)}


def _close(name: str, known: Sequence[str]) -> dict[str, Value]:
    close = tuple(get_close_matches(name, known, n=3, cutoff=0.5) or known[:5])
    return {"close": close, "more": len(known) - len(close)}
