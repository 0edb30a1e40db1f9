"""Which runs are one configuration: the same experiment and the same params up to the seed."""

from collections.abc import Mapping, Sequence

import pandas as pd

from assay.cache.connection import arrow, choose, keys, listed, opened
from assay.cache.schema import PAIR
from assay.model.runs.selection import Selection
from assay.model.sync import Snapshot

_NO_SEED = "'', 'none', 'null', 'nan'"


def firsts(snapshot: Snapshot, whole: Selection, *, seeds: Sequence[str], ignored: Sequence[str]) -> pd.DataFrame:
    """The newest run of each configuration as `reads.runs` tells them apart, among all runs of some experiments.

    Columns: configuration, run_id, experiment_id, name, and how many `runs` the configuration has; in no order.
    """
    with opened(snapshot) as connection:
        chosen, values = choose(connection, whole)
        apart = listed(list(keys(connection, "params", [*seeds, *ignored]).values()))
        found: pd.DataFrame = arrow(
            connection,
            f"""SELECT configuration, run_id, experiment_id, name, own.runs FROM runs JOIN (
                SELECT {setup()} AS configuration, count(*)::INTEGER AS runs,
                    arg_min(r.run, row(-coalesce(r.start_time, 0), r.run_id)) AS run
                FROM runs r LEFT JOIN (SELECT run, bit_xor({PAIR}) AS apart FROM params JOIN keys USING (key)
                                       WHERE params.key IN ({apart}) GROUP BY run) p USING (run)
                WHERE r.run IN ({chosen}) GROUP BY configuration) own USING (run)""",
            values,
        ).to_pandas()
    return found


def setup() -> str:
    """The configuration of a run `r` whose params apart from the others are xored in `p.apart`."""
    return signature("xor(r.param_signature, coalesce(p.apart, 0::UBIGINT))")


def signature(pairs: str) -> str:
    """16 hex digits of an experiment and of the params whose pairs are xored in `pairs`."""
    return f"printf('%016x', hash(r.experiment_id, hash({pairs})))"


def seed(numbers: Mapping[str, int]) -> tuple[str, list[str]]:
    """A query for the `seed` of each `run` that has one, and what to bind to it."""
    logged = f"FROM params WHERE key IN ({listed(list(numbers.values()))}) AND lower(value) NOT IN ({_NO_SEED})"
    if len(numbers) <= 1:
        return f"SELECT run, value AS seed {logged}", []
    parts = ", ".join(f"? || '=' || any_value(value) FILTER (WHERE key = {key})" for key in numbers.values())
    text = f"CASE count(*) WHEN 1 THEN any_value(value) ELSE concat_ws(', ', {parts}) END"
    return f"SELECT run, {text} AS seed {logged} GROUP BY run", list(numbers)
