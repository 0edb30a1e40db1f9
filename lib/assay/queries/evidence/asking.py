"""What do the files of many runs say, asked of a store that may be slow, or away?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from time import monotonic
from typing import Any, Protocol, TypeVar

from assay.model.evidence.files import tag_of
from assay.model.evidence.notes import EvidenceNote as Says
from assay.model.note import Note, note
from assay.model.sync import Snapshot
from assay.queries import freshness
from assay.queries.comparison.patience import in_time
from assay.queries.evidence.folder import EvidenceFolder, tagged
from assay.settings import Settings
from assay.workspace import Workspace

Progress = Callable[[int, int], None]
"""Told how many runs are done, of how many."""

_AT_ONCE, _AT_A_TIME = 6, 24
_AGAIN = 10.0
_SILENCE, _SECONDS = 20.0, 120.0
"""How long the first runs may take before nothing more is asked of the store, and all of them; what was begun goes on,
and is kept."""


class FoundInFiles(Protocol):
    """What was found in the files of one run."""

    @property
    def reasons(self) -> Mapping[str, Note]: ...

    @property
    def waiting(self) -> bool: ...

    @property
    def is_bare(self) -> bool: ...


Found = TypeVar("Found", bound=FoundInFiles)


def asked(
    work: Workspace,
    run_ids: Sequence[str],
    read: Callable[[EvidenceFolder], Found],
    late: Callable[[Note], Found],
    *,
    shared: str = "",
    said: Progress | None = None,
) -> dict[str, Found]:
    """What `read` finds of every run; `late`: of one that the store could not be asked for, and why.

    `shared`: the file that several runs may have in common, whose readers then find it known. Runs that have nothing
    which can be read are not asked again as long as nothing in the store changes. `said` is told now and then.
    """
    bare: dict[str, Found] = _asked_in_vain(work.snapshot, work.settings, read.__qualname__)
    wanted = [run_id for run_id in run_ids if run_id not in bare]
    tags = tagged(work, wanted)
    away = freshness.current(work.settings).status.problem
    found: dict[str, Found] = {}
    began = monotonic()

    def one(run_id: str) -> Found:
        return read(EvidenceFolder(work.settings, run_id, tags[run_id], away))

    for group in _groups(wanted, {run_id: own.get(tag_of(shared), "") for run_id, own in tags.items()}):
        left = _SECONDS - (monotonic() - began)
        part, _ = in_time(group, one, left if found or away else min(left, _SILENCE), at_once=_AT_ONCE)
        if not found and all(run.waiting for run in part.values()):
            away = next((why for run in part.values() for why in run.reasons.values()), _late(_SILENCE))
        found |= part
        if said:
            said(len(run_ids) - len(wanted) + len(found), len(run_ids))
    bare |= {run_id: own for run_id, own in found.items() if own.is_bare}
    missed = late(away or _late(_SECONDS))
    return {run_id: bare.get(run_id) or found.get(run_id, missed) for run_id in run_ids}


def keeps(found: Iterable[FoundInFiles]) -> float:
    """For how many seconds an answer holds that rests on these: what the store kept back may be there soon."""
    return _AGAIN if any(one.waiting for one in found) else float("inf")


@lru_cache(maxsize=8)
def _asked_in_vain(snapshot: Snapshot, settings: Settings, reader: str) -> dict[str, Any]:  # noqa: ARG001
    """A list that `asked` writes on: the runs in which this reader found nothing, nor can.

    Whoever comes at the same time may get a list of its own, and asks once more; nothing else hangs on it.
    """
    return {}


def _late(seconds: float) -> Note:
    return note(Says.NOT_FETCHED, seconds=int(seconds))


def _groups(run_ids: Sequence[str], contents: Mapping[str, str]) -> Iterator[Sequence[str]]:
    """Runs to be read together: a few first, which tell whether the store answers at all.

    One of all that share a file comes before the others, which then find it known.
    """
    for place, runs in enumerate(_rounds(run_ids, contents)):
        few = 0 if place else _AT_ONCE
        yield from filter(None, (runs[:few], *(runs[at : at + _AT_A_TIME] for at in range(few, len(runs), _AT_A_TIME))))


def _rounds(run_ids: Sequence[str], contents: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Runs whose shared file no run before them has, and the others."""
    seen: set[str] = set()
    first: list[str] = []
    rest: list[str] = []
    for run_id in run_ids:
        content = contents[run_id]
        (rest if content in seen else first).append(run_id)
        seen |= {content} if content else set()
    return first, rest
