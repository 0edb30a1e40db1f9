"""Folders of runs as any MLflow of the last years wrote them, and as no MLflow did."""

import os
from pathlib import Path
from typing import Any

import pytest

from saying import said
from sources.mlruns import START, Mlruns, extract, write
from sources.rows import rows


@pytest.fixture
def mlruns(tmp_path: Path) -> Mlruns:
    store = Mlruns(tmp_path / "mlruns")
    store.experiment()
    return store


def test_a_run_has_the_fields_mlflow_wrote(mlruns: Mlruns) -> None:
    mlruns.run("a")
    expected = ("a", "a name", "1", "FINISHED", "active", START, START + 5, "file:///etc/a", "someone")
    assert rows(extract(mlruns.root))["runs"] == [expected]


@pytest.mark.parametrize(
    ("fields", "column", "value"),
    [
        ({"run_id": "absent"}, 0, "a"),
        ({"run_uuid": "absent"}, 0, "a"),
        ({"run_name": "absent", "name": "old name"}, 1, "from its tag"),
        ({"run_name": "absent", "name": ""}, 1, "from its tag"),
        ({"run_name": None}, 1, "from its tag"),
        ({"experiment_id": 1}, 2, "1"),
        ({"status": 1}, 3, "RUNNING"),
        ({"status": "absent"}, 3, "RUNNING"),
        ({"status": "FAILED"}, 3, "FAILED"),
        ({"status": 5}, 3, "KILLED"),
        ({"lifecycle_stage": "absent"}, 4, "active"),
        ({"lifecycle_stage": "deleted", "deleted_time": START}, 4, "deleted"),
        ({"start_time": "absent"}, 5, None),
        ({"end_time": None}, 6, None),
        ({"end_time": 2**80}, 6, None),
        ({"artifact_uri": "absent"}, 7, ""),
        ({"user_id": "absent"}, 8, ""),
        ({"user_id": 42}, 8, "42"),
    ],
)
def test_meta_of_any_vintage_is_understood(mlruns: Mlruns, fields: dict[str, Any], column: int, value: object) -> None:
    write(mlruns.run("a", **fields) / "tags" / "mlflow.runName", "from its tag")
    found = extract(mlruns.root)
    assert rows(found)["runs"][0][column] == value
    assert found is not None
    assert not found.warnings


def test_the_oldest_runs_have_their_name_in_another_field(mlruns: Mlruns) -> None:
    mlruns.run("a", run_name="absent", name="old name")
    assert rows(extract(mlruns.root))["runs"][0][1] == "old name"


@pytest.mark.parametrize(
    ("lines", "value", "step", "timestamp"),
    [
        ("7 0.5\n", 0.5, 0, 7),
        ("7 0.5 3\n", 0.5, 3, 7),
        ("7 0.5 3 data abc123\n", 0.5, 0, 7),
        ("7 0.5 3 my data abc123\n", 0.5, 0, 7),
        ("7 0.5 3", 0.5, 3, 7),
        ("7 0.5 3\r\n", 0.5, 3, 7),
        ("7 nan 3\n", "NaN", 3, 7),
        ("7 inf 3\n", float("inf"), 3, 7),
        ("7 -1.7976931348623157e+308 3\n", float("-inf"), 3, 7),
        ("9 1.0 3\n7 0.5 4\n", 0.5, 4, 7),
        ("7 0.5 3\n9 0.1 3\n", 0.1, 3, 9),
        ("7 0.5 3\n7 0.7 3\n7 0.6 3\n", 0.7, 3, 7),
        ("7 nan 3\n7 0.7 3\n", "NaN", 3, 7),
        ("7 0.7 3\n7 nan 3\n", 0.7, 3, 7),
    ],
)
def test_the_latest_value_is_the_one_mlflow_reports(
    mlruns: Mlruns, lines: str, value: object, step: int, timestamp: int
) -> None:
    write(mlruns.run("a") / "metrics" / "loss", lines)
    assert rows(extract(mlruns.root))["metrics"] == [("a", "loss", value, step, timestamp)]


def test_keys_may_hold_slashes_spaces_and_any_letter(mlruns: Mlruns) -> None:
    folder = mlruns.run("a")
    for key in ("a/b/c", "x y", "모델/정확도", "..hidden"):
        write(folder / "params" / key, f"value of {key}\nin two lines\r\n")
        write(folder / "tags" / key, "")
    found = rows(extract(mlruns.root))
    assert found["params"] == sorted(
        [("a", key, f"value of {key}\nin two lines\r\n") for key in ("a/b/c", "x y", "모델/정확도", "..hidden")],
        key=repr,
    )
    assert {row[2] for row in found["tags"]} == {""}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("- a\n- b\n", "holds no fields"),
        ("run_id: [a\n", "is not valid YAML"),
        ("[" * 5000, "is not valid YAML"),
        ("run_id: !!python/object:os.system {}\n", "is not valid YAML"),
        ("run_id: other\nexperiment_id: '1'\n", "names run_id 'other', not that of its folder"),
        ("run_id: a\nexperiment_id: '2'\n", "names experiment_id '2', not that of its folder"),
        ("experiment_id: '1'\n", "has no run_id"),
        ("<html></html>", "holds no fields"),
    ],
)
def test_a_run_with_damaged_meta_is_left_out_and_named(mlruns: Mlruns, text: str, reason: str) -> None:
    mlruns.run("good")
    write(mlruns.run("a") / "meta.yaml", text)
    found = extract(mlruns.root)
    assert [row[0] for row in rows(found)["runs"]] == ["good"]
    assert found is not None
    assert tuple(map(said, found.warnings)) == (f"1 run folder is left out: 1/a, whose meta.yaml {reason}.",)


@pytest.mark.parametrize("of", ["run", "experiment"])
def test_a_pipe_or_a_folder_in_place_of_meta_is_left_out_and_named(mlruns: Mlruns, of: str) -> None:
    mlruns.run("good")
    for name, make in (("a", os.mkfifo), ("b", os.mkdir)):
        meta = (mlruns.run(name) if of == "run" else mlruns.experiment(name)) / "meta.yaml"
        meta.unlink()
        make(meta)
    found = extract(mlruns.root)
    assert [row[0] for row in rows(found)["runs"]] == ["good"]
    assert found is not None
    [warning] = map(said, found.warnings)
    assert warning.startswith(f"2 {of} folders are left out; the first is ")
    assert warning.endswith("a, whose meta.yaml is not a regular file.")


def test_text_that_is_no_utf8_is_shown_as_far_as_it_goes(mlruns: Mlruns) -> None:
    folder = mlruns.run("a")
    (folder / "params").mkdir()
    (folder / "params" / "p").write_bytes(b"caf\xe9")
    Path(os.fsdecode(os.fsencode(folder / "params") + b"/k\xff")).write_text("v")
    assert rows(extract(mlruns.root))["params"] == [("a", "k�", "v"), ("a", "p", "caf�")]
