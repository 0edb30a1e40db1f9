"""What makes a configuration, by what was written?"""

from collections.abc import Sequence

from assay.errors import SelectionError
from assay.model.tradeoffs.notes import FrontNote
from assay.model.tradeoffs.question import SINGLE_RUNS


def group_by(written: Sequence[str]) -> tuple[str, ...] | None:
    """Params as a front's question has them, None for single runs; raises SelectionError for both at once."""
    if SINGLE_RUNS not in written:
        return tuple(written)
    if params := tuple(one for one in written if one != SINGLE_RUNS):
        raise SelectionError(FrontNote.SINGLE_RUNS_BY_PARAMS, word=SINGLE_RUNS, params=params)
    return None
