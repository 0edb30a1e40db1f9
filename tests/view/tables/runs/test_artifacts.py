"""Files, and the tables that some of them hold."""

import pandas as pd

from assay.model.runs.artifacts import Preview
from assay.model.runs.store import Artifact
from assay.view.tables.runs.artifacts import files, rows


def test_a_file_has_its_path_kind_and_size() -> None:
    table = files([Artifact("a/=1.png", False, 21_000), Artifact("=x", False)])
    assert table.frame["path"].tolist() == ["a/=1.png", "'=x"]
    assert table.frame["kind"].tolist() == ["image", "other"]
    assert table.frame["size"].iloc[0] == 21_000
    assert table.frame["size"].isna().tolist() == [False, True]


def shown(**columns: list[object]) -> pd.DataFrame:
    frame = pd.DataFrame(columns, dtype=object)
    return rows(Preview("a.csv", 1, table=frame, rows=len(frame), columns=len(columns))).frame


def test_numbers_are_numbers_and_ids_stay_as_they_are() -> None:
    found = shown(n=["1", "-2.5", ""], id=["007", "1", "2"], long=["9" * 20, "1", "2"], odd=["nan", "1", "inf"])
    assert found["0"].tolist()[:2] == [1, -2.5]
    assert pd.isna(found["0"].iloc[2])
    assert found["1"].tolist() == ["007", "1", "2"]
    assert found["2"].iloc[0] == "9" * 20
    assert found["3"].tolist() == ["nan", "1", "inf"]


def test_cells_are_short_text_of_one_line_and_no_formula() -> None:
    found = shown(a=["=1+1", "x\ny", "z" * 1_000], b=[None, {"k": 1}, b"\0"])
    assert found["0"].tolist()[:2] == ["'=1+1", "x y"]
    assert len(found["0"].iloc[2]) == 200
    assert found["1"].tolist()[1:] == ["{'k': 1}", "b'\\x00'"]
    assert pd.isna(found["1"].iloc[0])


def test_columns_may_share_a_name_or_have_none() -> None:
    frame = pd.DataFrame([["x", "y", "z"]], dtype=object).set_axis(["a", "a", ""], axis=1)
    table = rows(Preview("a.csv", 1, table=frame, rows=1, columns=3))
    assert [column.header for column in table.columns.values()] == ["a", "a", " "]
    assert table.frame.iloc[0].tolist() == ["x", "y", "z"]
