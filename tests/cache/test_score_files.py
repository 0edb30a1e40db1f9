"""Files of example scores as training code, people and accidents leave them."""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assay.cache.score_files import MISSING, UnreadableError, categories, inspect
from saying import refused


def parquet(path: Path, **columns: object) -> Path:
    pd.DataFrame(columns).to_parquet(path, index=False)
    return path


def table(path: Path, columns: list[str], rows: list[list[object]]) -> Path:
    path.write_text(json.dumps({"columns": columns, "data": rows}), encoding="utf-8")
    return path


def test_columns_are_told_apart(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "scores.parquet",
        example_id=["a", "b"],
        accuracy=[1.0, 0.0],
        right=[True, False],
        tokens=[3, 4],
        language=["ko", "en"],
        kind=pd.Categorical(["x", "y"]),
        when=pd.to_datetime(["2026-01-01", "2026-01-02"]),
    )
    found = inspect(path)
    assert found.id_column == "example_id"
    assert found.numbers == ("accuracy", "right", "tokens")
    assert found.texts == ("language", "kind")
    assert found.rows == 2


@pytest.mark.parametrize(
    ("columns", "identity"),
    [
        (["inputs", "example_id", "score"], "example_id"),
        (["question", "id", "score"], "id"),
        (["question", "outputs", "score"], "question"),
        (["outputs", "inputs/question", "score"], "inputs/question"),
    ],
)
def test_an_example_is_known_by_the_best_column_there_is(tmp_path: Path, columns: list[str], identity: str) -> None:
    path = table(tmp_path / "eval_results_table.json", columns, [["a", "b", 1], ["c", "d", 0.5]])
    assert inspect(path).id_column == identity


def test_a_table_of_mlflow_becomes_columns_of_numbers_and_text(tmp_path: Path) -> None:
    path = table(
        tmp_path / "t.json",
        ["inputs", "toxicity/v1/score", "passed", "outputs", "note"],
        [[{"q": "왜?"}, 0.5, True, "x", None], [{"q": "b"}, None, False, 3, "late"], [{"q": "c"}, 2, None, "y", None]],
    )
    found = inspect(path)
    assert found.numbers == ("toxicity/v1/score", "passed")
    assert found.texts == ("outputs", "note")
    assert pd.read_parquet(found.path)["inputs"][0] == '{"q": "왜?"}'
    assert inspect(path) == found


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "damaged or cut short"),
        (b'{"columns": ["id"], "data": [["a"', "damaged or cut short"),
        (b"[1, 2]", "no MLflow table"),
        (b'{"columns": ["id", "s"], "data": [["a"]]}', "do not fit its 2 columns"),
        (b'{"columns": ["id", "s"], "data": []}', "no rows"),
        (b'{"columns": ["s"], "data": [[1]]}', "no column example_id; it holds s"),
        (b"\xff\xfe", "damaged or cut short"),
    ],
)
def test_what_is_no_table_is_a_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "t.json"
    path.write_bytes(content)
    with refused(UnreadableError, said) as raised:
        inspect(path)
    assert raised.value.path == path
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_parquet_file_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    whole = parquet(tmp_path / "scores.parquet", example_id=["a"] * 50, accuracy=[1.0] * 50)
    for size in (0, 3, whole.stat().st_size // 2):
        cut = tmp_path / f"cut-{size}.parquet"
        cut.write_bytes(whole.read_bytes()[:size])
        with refused(UnreadableError, "damaged or cut short"):
            inspect(cut)
    with refused(UnreadableError, "is gone"):
        inspect(tmp_path / "none.parquet")
    with refused(UnreadableError, "no column example_id; it holds accuracy"):
        inspect(parquet(tmp_path / "b.parquet", accuracy=[1.0]))
    with refused(UnreadableError, "no rows"):
        inspect(parquet(tmp_path / "c.parquet", example_id=[], accuracy=[]))


def test_categories_are_numbered_and_what_is_missing_is_one_of_them(tmp_path: Path) -> None:
    file = inspect(parquet(tmp_path / "s.parquet", example_id=range(20), s=[1.0] * 20, c=["a", None, "b", "a"] * 5))
    found = categories(file, "c", 5)
    assert found is not None
    assert [found.names[code] for code in found.codes.to_pylist()[:4]] == ["a", MISSING, "b", "a"]


def test_free_text_is_no_slice_unless_asked_for(tmp_path: Path) -> None:
    file = inspect(parquet(tmp_path / "s.parquet", example_id=range(20), s=[1.0] * 20, c=[f"{k}" for k in range(20)]))
    assert categories(file, "c", 5) is None
    asked = categories(file, "c", 0)
    assert asked is not None
    assert len(asked.names) == 20


def test_numbers_can_be_categories_when_asked_for(tmp_path: Path) -> None:
    file = inspect(parquet(tmp_path / "s.parquet", example_id=range(20), s=[1.0, 0.0] * 10))
    found = categories(file, "s", 0)
    assert found is not None
    assert sorted(found.names) == ["0", "1"] or sorted(found.names) == ["0.0", "1.0"]


def test_a_column_of_one_category_is_no_slice(tmp_path: Path) -> None:
    file = inspect(
        parquet(tmp_path / "s.parquet", example_id=range(20), s=[1.0] * 20, c=["a"] * 20, d=[None, "a"] * 10)
    )
    assert categories(file, "c", 5) is None
    assert categories(file, "d", 5) is not None


def test_two_columns_of_ids_are_a_sentence(tmp_path: Path) -> None:
    ids = pa.array(["a", "b"])
    path = tmp_path / "s.parquet"
    pq.write_table(pa.Table.from_arrays([ids, ids, pa.array([1.0, 2.0])], names=["id", "id", "s"]), path)
    with refused(UnreadableError, "2 columns id"):
        inspect(path)


def test_a_column_whose_name_is_no_text_makes_the_file_unreadable(tmp_path: Path) -> None:
    table, path = pa.table({"example_id": ["a"], "accuracy": [1.0], "zzzz": [1]}), tmp_path / "scores.parquet"
    pq.write_table(table, path, store_schema=False)
    path.write_bytes(path.read_bytes().replace(b"zzzz", b"\xff\xfe\xff\xfe"))
    with refused(UnreadableError, "damaged"):
        inspect(path)
