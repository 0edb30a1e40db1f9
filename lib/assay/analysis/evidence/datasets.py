"""Are test data the training data, as far as MLflow's digests tell?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.analysis.evidence.logged import Codes
from assay.analysis.evidence.verdicts import Mask, Verdicts, status_of, statuses
from assay.model.evidence.check import MOST_NAMED, Check
from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.notes import DataNote as Says
from assay.model.note import Note, Quote, note
from assay.model.runs.data import LOGGED_BY, Use

_LIMIT = 0
_LACKS = {Use.TRAIN: Says.NO_TRAINING_INPUT, Use.TEST: Says.NO_TEST_INPUT}


@dataclass(frozen=True, slots=True)
class LoggedData:
    """The training and test data of `n` runs: of each input the place of its `run`, and of its `dataset`.

    `tested`: whether it is test data. Datasets have `names` and `digests`, "" for one without.
    """

    n: int
    run: Codes
    dataset: Codes
    tested: Mask
    names: Sequence[str]
    digests: Sequence[str]

    def runs(self, which: Mask) -> npt.NDArray[np.int64]:
        """How many of these inputs each run has."""
        return np.bincount(self.run[which], minlength=self.n)

    def of(self, rows: npt.NDArray[np.intp]) -> "LoggedData":
        """These inputs alone."""
        return replace(self, run=self.run[rows], dataset=self.dataset[rows], tested=self.tested[rows])

    def called(self, which: Mask) -> tuple[str, ...]:
        """Names and digests of these inputs' datasets, each once."""
        pairs = dict.fromkeys((self.names[one], self.digests[one]) for one in self.dataset[which].tolist())
        return tuple(" ".join(filter(None, pair)) for pair in sorted(pairs)[:MOST_NAMED])


def same_dataset(data: LoggedData) -> Verdicts:
    """Warns of a digest on both sides, whatever it is called there; MLflow's looks no further than it does."""
    kinds, digests = pd.factorize(np.asarray(data.digests, dtype=object))
    digest = kinds[data.dataset]
    bare = np.asarray([not one for one in data.digests], dtype=bool)[data.dataset]
    trained, tested = data.runs(~data.tested) > 0, data.runs(data.tested) > 0
    places = data.run * max(len(digests), 1) + digest
    both = np.intersect1d(places[~data.tested & ~bare], places[data.tested & ~bare])
    shared = np.bincount(both // max(len(digests), 1), minlength=data.n)
    known = trained & tested & (data.runs(bare) == 0)
    status = statuses(data.n, not_logged=~known, warn=shared > 0)
    ranked = np.argsort(data.run, kind="stable")
    ends = np.searchsorted(data.run[ranked], [np.arange(data.n), np.arange(data.n) + 1])

    def say(at: int) -> Check:
        check, found = LeakageCheck.SAME_DATASET, status_of(status[at])
        rows = ranked[ends[0, at] : ends[1, at]]
        own = data.of(rows)
        if not known[at] and not shared[at]:
            return Check(check, found, _missing(own, bare[rows]))
        told = np.isin(places[rows], both) if shared[at] else np.ones(len(rows), dtype=bool)
        train, test = own.called(told & ~own.tested), own.called(told & own.tested)
        said = note(Says.SAME_DATA if shared[at] else Says.OTHER_DATA, n=int(shared[at]), train=train, test=test)
        return Check(check, found, said, int(shared[at]), _LIMIT, tuple(dict.fromkeys((*train, *test))))

    values = np.where(known | (shared > 0), shared, np.nan)
    return Verdicts(status, values, say)


def _missing(own: LoggedData, bare: Mask) -> Note:
    """Why nobody can tell: which data of a run are not logged, or have no digest."""
    lines = {use: Quote(line) for use, line in LOGGED_BY.items()}
    if not own.run.size:
        return note(Says.NO_INPUTS, train=lines[Use.TRAIN], test=lines[Use.TEST])
    if own.tested.all() or not own.tested.any():
        use = Use.TRAIN if own.tested.all() else Use.TEST
        return note(_LACKS[use], line=lines[use])
    names = own.called(bare)
    return note(Says.NO_DIGEST, names=names, n=len(names))
