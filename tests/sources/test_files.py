"""File stores: MLflow's own, real ones, and damaged ones, read without changing a byte."""

import json
import os
import shutil
import tarfile
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from assay.errors import SourceError
from assay.model.runs.store import MetricPoint
from assay.sources.files import FileSource
from assay.sources.source import Extract
from saying import refused, said
from sources.mlruns import Mlruns, extract, write
from sources.rows import Row, history, quiet, rows

Untouched = Callable[[Path], AbstractContextManager[None]]


@pytest.fixture
def mlruns(tmp_path: Path) -> Mlruns:
    store = Mlruns(tmp_path / "mlruns")
    store.experiment()
    return store


def settled(root: Path) -> tuple[FileSource, Mapping[str, Any]]:
    """A source and a cursor, all files made older than the instant in which a look does not trust them."""
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink():
            os.utime(path, ns=(time.time_ns(), time.time_ns() - 10_000_000_123))
    source = FileSource(root, str(root))
    found = source.extract(None, quiet)
    assert found is not None
    assert found.full
    return source, json.loads(json.dumps(found.cursor))


def again(source: FileSource, cursor: Mapping[str, Any]) -> Extract:
    found = source.extract(cursor, quiet)
    assert found is not None
    assert not found.full
    return found


def by_id(found: Extract | None) -> dict[str, Row]:
    return {row[0]: row for row in rows(found)["runs"]}


# What MLflow writes


def test_reading_a_store_changes_nothing_in_it(mlruns: Mlruns, untouched: Untouched) -> None:
    write(mlruns.run("a") / "metrics" / "loss", "1 2.0 0\n")
    with untouched(mlruns.root.parent):
        source = FileSource(mlruns.root, str(mlruns.root))
        source.extract(None, quiet)
        history(source, "a", "loss")
        source.artifacts("a")


def test_trashed_experiments_are_deleted_whatever_they_say(mlruns: Mlruns) -> None:
    mlruns.experiment("2", trashed=True)
    mlruns.run("b", "2")
    found = rows(extract(mlruns.root))
    assert [(row[0], row[2]) for row in found["experiments"]] == [("1", "active"), ("2", "deleted")]
    assert [(row[0], row[2]) for row in found["runs"]] == [("b", "2")]


def test_two_experiments_may_share_a_name(mlruns: Mlruns) -> None:
    mlruns.experiment("2", name="experiment 1")
    assert [row[1] for row in rows(extract(mlruns.root))["experiments"]] == ["experiment 1"] * 2


def test_folders_that_only_look_like_runs_or_experiments_are_passed_by(mlruns: Mlruns) -> None:
    for path in ("1/.ipynb_checkpoints/meta-checkpoint.yaml", "1/tags/team/x", "models/m/meta.yaml", "1/empty/x"):
        write(mlruns.root / path, "x")
    for kind in ("models", "traces", "datasets"):
        write(mlruns.root / "1" / kind / "m-1" / "meta.yaml", "model_id: m-1")
    found = extract(mlruns.root)
    assert not rows(found)["runs"]
    assert found is not None
    assert not found.warnings


def test_the_folder_that_holds_mlruns_will_do(mlruns: Mlruns) -> None:
    mlruns.run("a")
    assert rows(extract(mlruns.root.parent)) == rows(extract(mlruns.root))


# What is damaged


def test_what_is_left_out_is_counted_and_the_first_named(mlruns: Mlruns) -> None:
    for key in "abc":
        write(mlruns.run(key) / "meta.yaml", "")
    folder = mlruns.run("d")
    write(folder / "metrics" / "loss", "1 2.0 0\nnonsense\n2 x 0\n3 1.0 y\n\n4\n99999999999999999999 1 1\n")
    (folder / "params").mkdir()
    (folder / "params" / "stolen").symlink_to("/etc/hostname")
    (folder / "tags").symlink_to("/etc")
    found = extract(mlruns.root)
    assert found is not None
    assert tuple(map(said, found.warnings)) == (
        "3 run folders are left out; the first is 1/a, whose meta.yaml is empty.",
        "5 metric lines are skipped because they hold no value; the first is in 1/d/metrics/loss.",
        "2 symbolic links are not followed; the first is 1/d/tags.",
    )
    assert rows(found)["metrics"] == [("d", "loss", 2.0, 0, 1)]
    assert not rows(found)["params"]


def test_an_unknown_status_counts_as_running_and_is_told(mlruns: Mlruns) -> None:
    mlruns.run("a", status=9)
    found = extract(mlruns.root)
    assert by_id(found)["a"][3] == "RUNNING"
    assert found is not None
    assert tuple(map(said, found.warnings)) == ("1 run has a status unknown to MLflow and is taken as RUNNING: 1/a.",)


def test_a_copy_of_a_run_in_another_experiment_does_not_hide_the_original(mlruns: Mlruns) -> None:
    mlruns.experiment("0")
    shutil.copytree(mlruns.run("a"), mlruns.root / "0" / "a")
    found = extract(mlruns.root)
    assert by_id(found)["a"][2] == "1"
    write(mlruns.root / "0" / "a" / "meta.yaml", "run_id: a\nexperiment_id: '0'\n")
    found = extract(mlruns.root)
    assert len(rows(found)["runs"]) == 1
    assert found is not None
    assert len(found.warnings) == 1


def test_experiments_without_meta_are_told(mlruns: Mlruns) -> None:
    mlruns.run("a", "7")
    mlruns.experiment("8", experiment_id="9")
    found = extract(mlruns.root)
    assert found is not None
    assert tuple(map(said, found.warnings)) == (
        "2 experiment folders are left out; the first is 7, whose meta.yaml is missing.",
    )


# What is no store


def test_what_is_no_store_is_told_with_what_was_found(tmp_path: Path) -> None:
    with refused(SourceError, r"There is no folder .*nowhere; name the mlruns folder"):
        extract(tmp_path / "nowhere")
    with refused(SourceError, r"is empty; name the mlruns folder"):
        extract(tmp_path)
    write(tmp_path / "notes.txt", "x")
    with refused(SourceError, r"holds notes.txt but no experiment"):
        extract(tmp_path)
    with refused(SourceError, r"notes.txt is a file"):
        extract(tmp_path / "notes.txt")


def test_a_single_experiment_is_told_to_be_one(mlruns: Mlruns) -> None:
    mlruns.run("a")
    with refused(SourceError, "single experiment or run; name the mlruns folder above it"):
        extract(mlruns.root / "1")


# What changed


def test_nothing_comes_of_a_store_that_did_not_change(mlruns: Mlruns) -> None:
    write(mlruns.run("a") / "metrics" / "loss", "1 2.0 0\n")
    source, cursor = settled(mlruns.root)
    assert source.extract(cursor, quiet) is None


def test_late_metrics_edited_tags_new_and_deleted_runs_are_found(mlruns: Mlruns) -> None:
    for key in "abcd":
        write(mlruns.run(key) / "metrics" / "loss", "1 2.0 0\n")
        write(mlruns.root / "1" / key / "tags" / "note", "old")
    source, cursor = settled(mlruns.root)
    with (mlruns.root / "1/a/metrics/loss").open("a") as file:
        file.write("2 3.0 1\n")
    write(mlruns.root / "1/b/tags/note", "new")
    shutil.rmtree(mlruns.root / "1/c")
    mlruns.run("e")
    found = again(source, cursor)
    assert set(by_id(found)) == {"a", "b", "e"}
    assert found.gone == ["c"]
    assert ("a", "loss", 3.0, 1, 2) in rows(found)["metrics"]
    assert ("b", "note", "new") in rows(found)["tags"]
    assert len(rows(found)["experiments"]) == 1


def test_a_cursor_of_an_earlier_format_is_as_good_as_none(mlruns: Mlruns) -> None:
    write(mlruns.run("a") / "meta.yaml", "")
    source, cursor = settled(mlruns.root)
    old = {**cursor, "format": 1, "problems": {"1/a": [["run", 1, "1/a", "whose meta.yaml is empty"]]}}
    found = source.extract(old, quiet)
    assert found is not None
    assert found.full
    assert [said(warning) for warning in found.warnings] == ["1 run folder is left out: 1/a, whose meta.yaml is empty."]


def test_a_change_in_the_instant_of_a_look_is_found_at_the_next(mlruns: Mlruns) -> None:
    folder = mlruns.run("a")
    write(folder / "tags" / "note", "old")
    source = FileSource(mlruns.root, str(mlruns.root))
    found = source.extract(None, quiet)
    assert found is not None
    stat = (folder / "tags/note").stat()
    write(folder / "tags" / "note", "new")
    os.utime(folder / "tags/note", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert ("a", "note", "new") in rows(again(source, found.cursor))["tags"]


def test_a_renamed_and_a_trashed_experiment_are_found_without_a_changed_run(mlruns: Mlruns) -> None:
    mlruns.run("a")
    source, cursor = settled(mlruns.root)
    meta = (mlruns.root / "1/meta.yaml").read_text()
    write(mlruns.root / "1/meta.yaml", meta.replace("experiment 1", "renamed"))
    found = again(source, cursor)
    assert rows(found)["experiments"][0][1] == "renamed"
    assert not rows(found)["runs"]
    (mlruns.root / ".trash").mkdir()
    (mlruns.root / "1").rename(mlruns.root / ".trash/1")
    mlruns.experiment("2")
    found = again(source, found.cursor)
    assert {row[0]: row[2] for row in rows(found)["experiments"]} == {"1": "deleted", "2": "active"}
    assert not found.gone


def test_a_run_that_became_damaged_goes_and_comes_back_once_repaired(mlruns: Mlruns) -> None:
    meta = mlruns.run("a") / "meta.yaml"
    mlruns.run("b")
    source, cursor = settled(mlruns.root)
    text = meta.read_text()
    write(meta, "broken: [")
    found = again(source, cursor)
    assert found.gone == ["a"]
    assert found.warnings
    write(mlruns.root / "1/b/params/p", "1")
    still = again(source, found.cursor)
    assert still.warnings == found.warnings
    write(meta, text)
    repaired = again(source, still.cursor)
    assert "a" in by_id(repaired)
    assert not repaired.warnings


def test_progress_is_told_up_to_the_last_run(mlruns: Mlruns) -> None:
    for number in range(101):
        mlruns.run(f"r{number}")
    told: list[tuple[int, int | None]] = []
    FileSource(mlruns.root, "").extract(None, lambda read, expected: told.append((read, expected)))
    assert told == [(0, 101), (100, 101), (101, 101)]


# Histories and artifacts


def test_a_history_is_ordered_by_time_then_by_line(mlruns: Mlruns) -> None:
    write(mlruns.run("a") / "metrics/val/loss", "5 1.0 0\n3 2.0 0\nbad\n5 0.5 0\n3 inf 0\n")
    source = FileSource(mlruns.root, "")
    infinity = float("inf")
    expected = [MetricPoint(2.0, 0, 3), MetricPoint(infinity, 0, 3), MetricPoint(1.0, 0, 5), MetricPoint(0.5, 0, 5)]
    assert list(history(source, "a", "val/loss")) == expected
    assert history(source, "a", "never logged") == ()
    assert history(source, "a", "../meta.yaml") == ()


@pytest.mark.parametrize("run_id", ["nobody", "", "..", ".trash", "../1/a", "a/tags", "a\0"])
def test_an_unknown_run_is_told(mlruns: Mlruns, run_id: str) -> None:
    mlruns.run("a")
    with refused(SourceError, "has no run"):
        history(FileSource(mlruns.root, ""), run_id, "loss")


def test_artifacts_are_those_in_the_runs_own_folder(mlruns: Mlruns, tmp_path: Path) -> None:
    folder = mlruns.run("a", artifact_uri="file:///etc")
    source = FileSource(mlruns.root, "")
    assert source.artifacts("a") == ()
    write(folder / "artifacts/plots/결과.txt", "drawn")
    assert [(item.path, item.is_folder) for item in source.artifacts("a")] == [("plots", True)]
    [item] = source.artifacts("a", "plots")
    assert (item.path, item.size) == ("plots/결과.txt", 5)
    assert source.artifact("a", item.path, tmp_path / "into").read_text() == "drawn"
    with pytest.raises(SourceError):
        source.artifact("a", "../meta.yaml", tmp_path / "into")


# Real stores


@pytest.fixture(scope="module")
def unpacked(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    for name in ("automl_tools", "bilevel_rl", "packt_hpo"):
        with tarfile.open(samples / f"{name}.tar.gz") as archive:
            archive.extractall(folder / name, filter="data")
    return folder


@pytest.mark.samples
@pytest.mark.parametrize(
    ("name", "experiments", "runs", "metrics", "trashed"),
    [
        ("automl_tools", 10, 829, 1461, 0),
        ("bilevel_rl/experiments", 2, 3, 16, 0),
        ("packt_hpo", 7, 19, 11, 5),
    ],
)
def test_real_stores_are_read_whole_and_unchanged(
    unpacked: Path, untouched: Untouched, name: str, experiments: int, runs: int, metrics: int, trashed: int
) -> None:
    with untouched(unpacked / name):
        found = extract(unpacked / name)
    assert found is not None
    assert not found.warnings
    tables = rows(found)
    assert (len(tables["experiments"]), len(tables["runs"]), len(tables["metrics"])) == (experiments, runs, metrics)
    assert sum(row[2] == "deleted" for row in tables["experiments"]) == trashed


@pytest.mark.samples
def test_the_fronts_of_a_real_store_are_there(unpacked: Path) -> None:
    keys = {row[0][:8]: row[2] for row in rows(extract(unpacked / "automl_tools"))["runs"]}
    assert {keys[key] for key in ("306702ef", "ebaa8c58", "08ace987", "23ec510d", "a6b00287")} == {"9"}
    assert {keys[key] for key in ("bf1ef1df", "81b3f712", "f1ee4707")} == {"8"}


@pytest.mark.samples
def test_a_real_history_is_read(unpacked: Path) -> None:
    [run_id] = [key for key in by_id(extract(unpacked / "bilevel_rl/experiments")) if key.startswith("770cc011")]
    points = history(FileSource(unpacked / "bilevel_rl/experiments", ""), run_id, "eval/mean_queue")
    assert points[-1].value == pytest.approx(26.744444444444444)
    assert [point.timestamp for point in points] == sorted(point.timestamp for point in points)
