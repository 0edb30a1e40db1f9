"""Dataset inputs in folders of files: what changes them, and what in them cannot be used."""

import os
import time
from pathlib import Path

import pytest

from assay.sources.files import FileSource
from saying import said
from sources.mlruns import Mlruns, extract, write
from sources.rows import quiet, rows


@pytest.fixture
def mlruns(tmp_path: Path) -> Mlruns:
    store = Mlruns(tmp_path / "mlruns")
    store.experiment()
    return store


def dataset(
    store: Mlruns, key: str, text: str = "digest: f6d9\nname: digits\nsource: '{}'\nsource_type: local\n"
) -> None:
    write(store.root / "1" / "datasets" / key / "meta.yaml", text)


def used(run: Path, key: str, of: str, tags: str = "{mlflow.data.context: test}", kind: str = "DATASET") -> None:
    write(run / "inputs" / key / "meta.yaml", f"source_type: {kind}\nsource_id: {of}\ntags: {tags}\n")


def test_a_run_changes_when_it_gets_an_input(mlruns: Mlruns) -> None:
    runs = [mlruns.run("a"), mlruns.run("b")]
    dataset(mlruns, "d")
    for path in mlruns.root.rglob("*.yaml"):
        os.utime(path, ns=(time.time_ns(), time.time_ns() - 10_000_000_123))
    first = extract(mlruns.root)
    assert first is not None
    used(runs[1], "i", "d")

    found = FileSource(mlruns.root, str(mlruns.root)).extract(first.cursor, quiet)

    assert found is not None
    assert not found.full
    assert [row[0] for row in rows(found)["runs"]] == ["b"]
    assert rows(found)["inputs"] == [("b", "digits", "f6d9", "test")]


def test_what_is_missing_in_a_dataset_is_empty(mlruns: Mlruns) -> None:
    run = mlruns.run("a")
    dataset(mlruns, "bare", "name: digits\nprofile: [1, 2]\nsource: null\n")
    used(run, "i", "bare", tags="null")
    used(run, "model", "m-1", kind="MODEL_INPUT")
    found = rows(extract(mlruns.root))
    assert found["datasets"] == [("digits", "", "", "", None)]
    assert found["inputs"] == [("a", "digits", "", "")]


def test_inputs_that_cannot_be_used_are_counted_and_their_run_stays(mlruns: Mlruns, tmp_path: Path) -> None:
    run = mlruns.run("a")
    dataset(mlruns, "damaged", "name: [")
    dataset(mlruns, "good")
    write(tmp_path / "elsewhere" / "meta.yaml", "name: stolen\ndigest: '1'\n")
    (mlruns.root / "1" / "datasets" / "link").symlink_to(tmp_path / "elsewhere")
    for number, of in enumerate(("damaged", "gone", "link", "../../../elsewhere", "..", "5", "x" * 5_000, "good")):
        used(run, f"i{number}", of)
    write(run / "inputs" / "j" / "meta.yaml", "")
    found = extract(mlruns.root)
    assert found is not None
    assert rows(found)["inputs"] == [("a", "digits", "f6d9", "test")]
    assert [said(warning) for warning in found.warnings] == [
        "8 dataset inputs are left out because their files cannot be read; the first is 1/a/inputs/i0."
    ]


def test_a_link_in_place_of_all_inputs_is_not_followed(mlruns: Mlruns, tmp_path: Path) -> None:
    run = mlruns.run("a")
    dataset(mlruns, "d")
    used(tmp_path / "elsewhere", "i", "d")
    (run / "inputs").symlink_to(tmp_path / "elsewhere" / "inputs")
    found = extract(mlruns.root)
    assert found is not None
    assert rows(found)["inputs"] == []
    assert "symbolic link" in said(found.warnings[0])
