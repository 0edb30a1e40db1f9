"""What the sides of a comparison and its procedures are called on a page."""

from collections.abc import Callable

from assay.model.comparison.procedure import Procedure
from assay.model.comparison.side import Side
from assay.view.text.numbers import count


def called(side: Side, name: Callable[[str], str]) -> str:
    """A candidate whose difference is told, which is that of all params that differ: `C=5 (and 2 more params)`."""
    more = side.sample.unnamed
    return f"{name(side.label)} (and {count(more, 'more param')})" if more else name(side.label)


def procedure(made: Procedure) -> str:
    """An interval's procedure in a sentence: `percentile bootstrap (exact)`."""
    return f"{made.what} ({made.detail})" if made.detail else made.what
