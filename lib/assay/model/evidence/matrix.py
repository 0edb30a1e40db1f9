"""Configurations, or runs, × checks: what every check says of each row, the worst of its runs."""

from collections.abc import Mapping
from dataclasses import dataclass

from assay.model.evidence.check import Check, CheckStatus
from assay.model.note import Note


@dataclass(frozen=True, slots=True)
class MatrixQuestion:
    """The runs of `experiments` (names or ids, empty: all) that `filter` finds.

    `single`: a row a run; else a row a configuration, the worst of its runs. Files are read for the `most` rows from
    `first` on, and up to `spare` more where no other is left then. `ignore`: params that make no configuration.
    `whole`: where no more runs are found, the files of all are read, and rows stand by them too.
    """

    experiments: tuple[str, ...] = ()
    filter: str = ""
    deleted: bool = False
    ignore: tuple[str, ...] = ()
    single: bool = False
    first: int = 0
    most: int = 100
    spare: int = 0
    whole: int = 0


@dataclass(frozen=True, slots=True)
class CheckCell:
    """The worst finding of a check among the runs of a row.

    `run_id`: whose finding it is; `alike`: the runs with its status, that one first; `mean`: of their values.
    """

    check: Check
    run_id: str
    alike: tuple[str, ...]
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A configuration with all of its runs that were found, or one run; `cells` in the order of the checks.

    `run_id`: the newest of them, which names the row in links. `filter`: what finds these runs, for people.
    """

    label: str
    experiment: str
    run_id: str
    run_ids: tuple[str, ...]
    cells: tuple[CheckCell, ...]
    filter: str = ""

    def cell(self, check: str) -> CheckCell:
        """Raises KeyError for no check of the row."""
        for one in self.cells:
            if one.check.check == check:
                return one
        raise KeyError(check)

    @property
    def worst(self) -> CheckCell:
        """The first of the worst."""
        return max(self.cells, key=lambda one: one.check.status.severity)

    @property
    def findings(self) -> tuple[CheckCell, ...]:
        """Fails, then warnings."""
        found = (one for one in self.cells if one.check.status.is_finding)
        return tuple(sorted(found, key=lambda one: -one.check.status.severity))


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckMatrix:
    """What checks found in the rows in view, of `total`.

    `runs`: all that were found, `read`: those whose files were looked at. `summary`: of every check how many of the
    runs have which status; of files, of those that were read. `keeps_seconds`: after which asking anew may find more.
    """

    question: MatrixQuestion
    rows: tuple[CheckRow, ...]
    total: int
    runs: int
    read: int
    summary: Mapping[str, Mapping[CheckStatus, int]]
    notes: tuple[Note, ...] = ()
    keeps_seconds: float = float("inf")

    @property
    def worst(self) -> CheckRow | None:
        """The row in view with the gravest finding, the most of them, and most offenders; None without rows."""
        return max(self.rows, key=_gravity, default=None)

    @property
    def gravest_first(self) -> tuple[CheckRow, ...]:
        """The rows in view by their worst findings; alike ones as they stand."""
        return tuple(sorted(self.rows, key=_gravity, reverse=True))

    @property
    def findings(self) -> tuple[tuple[CheckRow, CheckCell], ...]:
        """Those of the rows in view, the fails of all before the warnings."""
        found = ((row, one) for row in self.rows for one in row.findings)
        return tuple(sorted(found, key=lambda one: -one[1].check.status.severity))

    @property
    def telling(self) -> tuple[str, ...]:
        """The checks that found something in a row in view; where none did, those that do not pass in every row."""
        found = {check: {row.cell(check).check.status for row in self.rows} for check in self.summary}
        return tuple(check for check, own in found.items() if any(one.is_finding for one in own)) or tuple(
            check for check, own in found.items() if own != {CheckStatus.PASS}
        )

    @property
    def cells(self) -> Mapping[CheckStatus, int]:
        """How many cells in view have which status."""
        found = [cell.check.status for row in self.rows for cell in row.cells]
        return {status: found.count(status) for status in CheckStatus}


def _gravity(row: CheckRow) -> tuple[int, int, int]:
    worst = row.worst.check.status
    grave = [cell.check.offenders.n for cell in row.cells if cell.check.status is worst]
    return worst.severity, len(grave), sum(grave)
