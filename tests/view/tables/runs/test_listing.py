"""Configurations and runs as tables."""

import numpy as np
import pandas as pd

from assay.model.metric import MetricUnit
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.listing import Listing
from assay.model.runs.selection import Selection
from assay.model.runs.store import RunStatus
from assay.view.tables.column import Table
from assay.view.tables.runs import listing

INDEX = ["a", "b"]


def table(*, grouped: bool = True, counted: int = 5, **columns: list[object]) -> Table:
    """Two configurations, or runs, of which the first logged f1 and the second an infinite one."""
    given = {
        "name": ["model=svc", "=cmd()"],
        "experiment": ["digits", "digits"],
        "experiment_id": ["1", "1"],
        "replicates": [5, 1],
        "states": [((RunStatus.FAILED, 1), (RunStatus.RUNNING, 2)), ()],
        "seed": ["42", ""],
        "excluded": ["", ""],
        "last_run": pd.to_datetime(["2026-11-20", "2026-11-19"], utc=True),
    }
    rows = pd.DataFrame(given | columns, index=INDEX)
    return listing.table(
        Listing(
            grouped=grouped,
            selection=Selection(),
            rows=rows,
            mean=pd.DataFrame({"f1": [0.78, np.inf]}, index=INDEX),
            std=pd.DataFrame({"f1": [0.013, np.nan]}, index=INDEX),
            count=pd.DataFrame({"f1": [counted, 0]}, index=INDEX),
            params=pd.DataFrame({"f1": ["1", "2"], "note": ["x", None]}, index=INDEX),
            scores=pd.Series([(0.77, 0.79), ()], index=INDEX, dtype=object),
            members=pd.Series(INDEX, index=["r1", "r2"], dtype=object),
            metrics=("f1",),
            units=(MetricUnit.SHARE,),
            seeds=("seed",),
            found=2,
            hidden=0,
            excluded={},
            notes=(),
        )
    )


def test_a_share_is_in_per_cent_with_its_unit_in_the_header() -> None:
    found = table()
    assert found.frame["mean:f1"].iloc[0] == 78
    assert found.columns["mean:f1"].header == "f1, %"
    assert found.columns["std:f1"].format == "± %,.1f"


def test_a_metric_that_fewer_runs_logged_has_its_own_n() -> None:
    assert "n:f1" not in table().columns
    assert table(counted=4).frame["n:f1"].iloc[0] == 4


def test_a_metric_and_a_param_of_one_name_are_two_columns() -> None:
    found = table()
    assert found.columns["mean:f1"].header != found.columns["param:f1"].header
    assert list(found.frame["param:f1"]) == ["1", "2"]


def test_what_is_infinite_or_missing_is_an_empty_cell() -> None:
    found = table()
    assert np.isnan(found.frame["mean:f1"].iloc[1])
    assert found.frame["param:note"].iloc[1] is None or pd.isna(found.frame["param:note"].iloc[1])


def test_states_are_badges_with_a_glyph() -> None:
    found = table()
    assert list(found.frame["state"]) == [["✕ 1 failed", "2 running"], []]
    assert found.columns["state"].colours == {"✕ 1 failed": "red", "2 running": "gray"}


def test_when_every_run_finished_there_is_no_state_column() -> None:
    assert "state" not in table(states=[(), ()]).columns


def test_the_experiment_is_a_column_once_there_are_two() -> None:
    assert "experiment" not in table().columns
    assert "experiment" in table(experiment_id=["1", "2"]).columns


def test_a_name_never_starts_a_formula() -> None:
    assert table().frame["label"].iloc[1] == "'=cmd()"


def test_strips_share_one_scale_that_the_header_names() -> None:
    found = table()
    assert found.columns["strip"].header == "seeds, 77.0 to 79.0 %"
    assert found.frame["strip"].iloc[0].startswith("data:image/svg+xml")
    assert pd.isna(found.frame["strip"].iloc[1])


def test_runs_say_why_they_are_left_out_only_when_some_are() -> None:
    assert "why" not in table(grouped=False).columns
    found = table(grouped=False, excluded=[Exclusion.FAILED, ""])
    assert "why" in found.columns
    assert list(found.frame["why"]) == ["failed", ""]


def test_of_a_thousand_test_sets_a_cell_names_the_first_few() -> None:
    many = " | ".join(f"d{number} f6d9e39f" for number in range(1_000))
    cells = table(data=[(many,), ("other 0000aaaa",)]).frame["data"].tolist()
    assert cells[0].endswith("| d4 f6d9e39f | and 995 more")
    assert cells[1] == "other 0000aaaa"
