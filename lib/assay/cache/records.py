"""What runs have on record, as counts."""

from collections.abc import Sequence

import pandas as pd

from assay.cache.connection import arrow, choose, opened
from assay.model.sync import Snapshot


def counts(snapshot: Snapshot, run_ids: Sequence[str]) -> pd.DataFrame:
    """How many `params` and `metrics` each of these runs logged (index: run_id)."""
    with opened(snapshot) as connection:
        chosen, values = choose(connection, run_ids)
        table: pd.DataFrame = arrow(
            connection,
            f"""SELECT run_id, coalesce(params, 0)::INTEGER AS params, metric_count AS metrics
            FROM runs LEFT JOIN (SELECT run, count(*) AS params FROM params GROUP BY run) USING (run)
            WHERE run IN ({chosen})""",
            values,
        ).to_pandas()
    return table.set_index("run_id")
