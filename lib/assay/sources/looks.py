"""One look at a tracking server: gathers runs page by page, and knows which of the server's runs it has not seen."""

import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from assay.errors import SourceError
from assay.model.note import Note, note
from assay.model.problems import PassedOver, Servers
from assay.model.runs.store import RunStatus
from assay.sources.answers import INSTEAD, Parts, parts
from assay.sources.rows import Rows
from assay.sources.server import Json, MissingError, RefusedError, Server
from assay.sources.source import Progress

THREADS = 4
"""Requests at a time while much is read: a server has four workers unless told otherwise."""
PAGE = 2_000
"""Runs a request asks for; more gain nothing and keep a slow server silent for longer."""
MARGIN = 600_000
"""Milliseconds by which the clock of a machine that trains may be behind ours."""
_GROUPS = 64
_CHUNK = 500
_MOST_OPEN = 500
_OPEN = (RunStatus.RUNNING, RunStatus.SCHEDULED)
_FORMAT = 1


@dataclass(slots=True)
class Known:
    """What was seen of one experiment: its runs, and since when every change in them (ms since the epoch)."""

    stage: str
    since: int = 0
    runs: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Sweep:
    """A reading of whole experiments that goes on from look to look: where it is and which runs it met."""

    experiments: list[str]
    began: int
    token: str | None = None
    seen: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Memory:
    """What is remembered from look to look; `looked` and the starts of open runs are ms since the epoch."""

    looked: int = 0
    open: dict[str, int] = field(default_factory=dict)
    experiments: dict[str, Known] = field(default_factory=dict)
    sweep: Sweep | None = None

    @property
    def size(self) -> int:
        """The number of runs known."""
        return sum(len(known.runs) for known in self.experiments.values())

    @classmethod
    def read(cls, cursor: Mapping[str, Any] | None) -> "Memory | None":
        """The memory in a cursor; None when there is none that can be used."""
        if not cursor or cursor.get("format") != _FORMAT:
            return None
        sweep = cursor["sweep"]
        return cls(
            cursor["looked"],
            dict(cursor["open"]),
            {key: Known(stage, since, set(runs)) for key, (stage, since, runs) in cursor["experiments"].items()},
            sweep and Sweep(sweep[0], sweep[1], sweep[2], set(sweep[3])),
        )

    def cursor(self) -> Json:
        """The same as JSON."""
        sweep = self.sweep
        return {
            "format": _FORMAT,
            "looked": self.looked,
            "open": dict(sorted(self.open.items(), key=lambda item: -item[1])[:_MOST_OPEN]),
            "experiments": {
                key: [known.stage, known.since, sorted(known.runs)] for key, known in self.experiments.items()
            },
            "sweep": sweep and [sweep.experiments, sweep.began, sweep.token, sorted(sweep.seen)],
        }


class Look:
    """Rows gathered from a server now, and the memory they leave behind."""

    def __init__(self, server: Server, experiments: Sequence[Json], now: int, progress: Progress) -> None:
        self.rows = Rows()
        self.memory = Memory(looked=now)
        self.gone: set[str] = set()
        self._server = server
        self._progress = progress
        self._read: set[str] = set()
        self._strange: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._stopped = False
        for experiment in experiments:
            row = [str(experiment.get(name, "")) for name in ("experiment_id", "name", "lifecycle_stage")]
            self.rows.add("experiments", [*row, str(experiment.get("artifact_location", ""))])
            self.memory.experiments[row[0]] = Known(row[2])

    def everything(self, expected: int | None) -> None:
        """Reads all runs of all experiments."""
        self._whole(list(self.memory.experiments), expected)

    def news(self, before: Memory, budget: int) -> None:
        """Reads what `before` cannot know: new experiments and runs, open runs, and the next `budget` of the others.

        Runs that the server no longer has are in `gone`.
        """
        for key in before.experiments.keys() - self.memory.experiments.keys():
            self.gone |= before.experiments[key].runs
        unknown = []
        for key, known in self.memory.experiments.items():
            earlier = before.experiments.get(key)
            if earlier is not None:
                known.runs, known.since = set(earlier.runs), earlier.since
            if earlier is None or earlier.stage != known.stage:
                unknown.append(key)
        self._whole(unknown, None)
        self._recent(before.looked - MARGIN)
        self._open(before.open)
        self._sweep(before.sweep, budget)

    def warnings(self) -> tuple[Note, ...]:
        """What was read as something else than the server says."""
        return tuple(
            note(PassedOver.SERVER_WORD, n=count, what=name, instead=str(INSTEAD[name][1]))
            for name, count in sorted(self._strange.items())
        )

    def _whole(self, experiments: Sequence[str], expected: int | None) -> None:
        """Reads all runs of these experiments, several requests at a time."""
        count = min(_GROUPS, len(experiments))
        groups = [list(experiments[start::count]) for start in range(count)]

        def read(group: list[str]) -> None:
            for page in self._server.pages("runs/search", _search(group)):
                self._take(page, expected)
                if self._stopped:
                    return

        before = {key: set(self.memory.experiments[key].runs) for key in experiments}
        with ThreadPoolExecutor(THREADS) as pool:
            try:
                list(pool.map(read, groups))
            finally:
                self._stopped = True
                pool.shutdown(cancel_futures=True)
        self._stopped = False
        for key in experiments:
            self._settle(key, before[key] - self._read, self.memory.looked)

    def _recent(self, start: int) -> None:
        for ids in _chunks(list(self.memory.experiments)):
            for page in self._server.pages("runs/search", _search(ids, f"attributes.start_time >= {start}")):
                self._take(page)

    def _open(self, before: Collection[str]) -> None:
        """Reads the runs that are open now, the newest first, and those that were and are not any more."""
        for ids in _chunks(list(self.memory.experiments)):
            for status in _OPEN:
                body = _search(ids, f"attributes.status = '{status}'") | {"max_results": _MOST_OPEN}
                self._take(self._server.ask("runs/search", body | {"order_by": ["attributes.start_time DESC"]}))
        self._again(set(before) - self._read - self.gone)

    def _sweep(self, sweep: Sweep | None, budget: int) -> None:
        """Goes on with the sweep under way, then begins at what was not seen whole for longest."""
        if sweep is not None and not set(sweep.experiments) <= self.memory.experiments.keys():
            sweep = None
        left = budget
        asked: set[str | None] = set()
        while left > 0:
            sweep = sweep or self._next_sweep(left)
            if sweep is None:
                break
            asked.add(sweep.token)
            body = _search(sweep.experiments) | {"max_results": min(PAGE, left)}
            try:
                page = self._server.ask("runs/search", body | ({"page_token": sweep.token} if sweep.token else {}))
            except RefusedError:
                if None in asked:
                    raise
                sweep = None
                asked.clear()
                continue
            met = self._take(page)
            sweep.seen |= met
            left -= len(met)
            sweep.token = self._server.next_page(page, asked)
            if sweep.token is None:
                for key in sweep.experiments:
                    self._settle(key, self.memory.experiments[key].runs - sweep.seen - self._read, sweep.began)
                sweep = None
                asked.clear()
        self.memory.sweep = sweep

    def _next_sweep(self, left: int) -> Sweep | None:
        """The experiments unseen for longest, as many as fit; None when all were seen in this look."""
        stale = sorted(
            (known.since, key) for key, known in self.memory.experiments.items() if known.since < self.memory.looked
        )
        chosen: list[str] = []
        for _, key in stale:
            left -= len(self.memory.experiments[key].runs)
            if chosen and left < 0:
                break
            chosen.append(key)
        return Sweep(chosen, self.memory.looked) if chosen else None

    def _settle(self, experiment: str, missed: Collection[str], since: int) -> None:
        """Notes that an experiment was seen whole; runs that were missed are asked for one by one."""
        self._again(missed)
        known = self.memory.experiments[experiment]
        known.since = since
        known.runs -= self.gone

    def _again(self, runs: Iterable[str]) -> None:
        for run_id in sorted(runs):
            try:
                self._take({"runs": [self._server.get("runs/get", {"run_id": run_id})["run"]]})
            except MissingError:
                self.gone.add(run_id)

    def _take(self, page: Json, expected: int | None = None) -> set[str]:
        """Adds a page's runs to the rows, each once; returns their ids."""
        try:
            gathered = [parts(run) for run in page.get("runs", ())]
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise SourceError(Servers.NEWER_RUNS, server=self._server.name) from error
        with self._lock:
            for found in gathered:
                self._add(found)
            self._progress(len(self._read), expected)
        return {found.run[0] for found in gathered}

    def _add(self, found: Parts) -> None:
        run_id, _, experiment, status, _, start, *_ = found.run
        if run_id in self._read or experiment not in self.memory.experiments:
            return
        self._read.add(run_id)
        self.memory.experiments[experiment].runs.add(run_id)
        if status in _OPEN:
            self.memory.open[run_id] = start or 0
        self._strange.update(found.strange)
        self.rows.add_run(found.run, found.metrics, found.params, found.tags, found.inputs)


def _search(experiments: Sequence[str], condition: str = "") -> Json:
    """A search for runs whose pages stay put while new runs come in."""
    return {
        "experiment_ids": list(experiments),
        "filter": condition,
        "run_view_type": "ALL",
        "max_results": PAGE,
        "order_by": ["attributes.start_time ASC"],
    }


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]
