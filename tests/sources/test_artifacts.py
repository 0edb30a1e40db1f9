import os
from pathlib import Path

import pytest

from assay.errors import SourceError
from assay.model.runs.store import Artifact
from assay.sources import artifacts
from saying import refused, said

RUN = ("7", "abc")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A database's folder with one run's artifacts in mlruns, and a secret beside it."""
    top = tmp_path / "home" / "mlruns" / "7" / "abc" / "artifacts"
    (top / "model").mkdir(parents=True)
    (top / "plot.png").write_bytes(b"12345")
    (top / "model" / "MLmodel").write_text("x")
    secret = tmp_path / "secret" / "abc" / "artifacts"
    secret.mkdir(parents=True)
    (secret / "key").write_text("secret")
    return tmp_path / "home"


def top(home: Path) -> Path:
    return home / "mlruns" / "7" / "abc" / "artifacts"


@pytest.mark.parametrize("form", ["{}", "file://{}", "file://localhost{}"])
def test_artifacts_below_the_stores_own_folders_are_found(home: Path, form: str) -> None:
    assert artifacts.root(form.format(top(home)), home, RUN) == top(home)


def test_a_relative_path_starts_at_the_database(home: Path) -> None:
    assert artifacts.root("./mlruns/7/abc/artifacts", home, RUN) == top(home)


def test_artifacts_anywhere_below_the_databases_folder_are_found(home: Path) -> None:
    folder = home / "experiments" / "first" / "abc" / "artifacts"
    folder.mkdir(parents=True)
    assert artifacts.root(folder.as_uri(), home, RUN) == folder


def test_a_folder_of_mlflows_beside_the_database_may_be_a_link_to_another_disk(home: Path, tmp_path: Path) -> None:
    (home / "mlartifacts").symlink_to(tmp_path / "secret")
    found = artifacts.root(str(tmp_path / "secret" / "abc" / "artifacts"), home, RUN)
    assert [a.path for a in artifacts.listing(found)] == ["key"]


def test_artifacts_below_a_named_root_are_found_and_no_others(home: Path, tmp_path: Path) -> None:
    uri, run = str(tmp_path / "secret" / "abc" / "artifacts"), ("8", "abc")
    found = artifacts.root(uri, home, run, [tmp_path / "empty", tmp_path / "secret"])
    assert [a.path for a in artifacts.listing(found)] == ["key"]
    with refused(SourceError, "ASSAY_ARTIFACT_ROOTS"):
        artifacts.root(uri, home, run, [tmp_path / "empty"])


def test_a_store_that_was_moved_keeps_its_artifacts_below_a_named_root(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copied" / "8" / "abc" / "artifacts"
    folder.mkdir(parents=True)
    assert artifacts.root("/somebody/else/8/abc/artifacts", home, ("8", "abc"), [tmp_path / "copied"]) == folder


def test_a_database_at_the_root_does_not_own_the_whole_machine(home: Path) -> None:
    with refused(SourceError, "outside the folders of this store"):
        artifacts.root(str(top(home)), Path("/"), RUN)


@pytest.mark.parametrize(
    "uri",
    [
        "/somebody/else/mlruns/7/abc/artifacts",
        "C:\\work\\mlruns\\7\\abc\\artifacts",
        "mlflow-artifacts:/7/abc/artifacts",
        "",
    ],
)
def test_a_store_that_was_moved_keeps_its_artifacts(home: Path, uri: str) -> None:
    assert artifacts.root(uri, home, RUN) == top(home)


def test_artifacts_that_nobody_has_here_are_an_empty_folder(home: Path) -> None:
    found = artifacts.root("/somebody/else/mlruns/7/def/artifacts", home, ("7", "def"))
    assert artifacts.listing(found) == ()


@pytest.mark.parametrize(
    "uri",
    [
        "{}/secret/abc/artifacts",
        "{}/home/mlruns/../../secret/abc/artifacts",
        "{}/secret",
        "{}/home/mlruns",
        "file://{}/secret/abc/artifacts",
    ],
)
def test_a_path_outside_the_stores_folders_is_refused(tmp_path: Path, home: Path, uri: str) -> None:
    with refused(SourceError, "outside the folders of this store"):
        artifacts.root(uri.format(tmp_path), home, ("8", "abc"))


@pytest.mark.parametrize("uri", ["s3://bucket/7/def/artifacts", "mlflow-artifacts:/7/def/artifacts", "file://host/x"])
def test_artifacts_that_lie_elsewhere_are_refused_with_where(home: Path, uri: str) -> None:
    with refused(SourceError, r"lie at (s3|mlflow-artifacts|file):…") as error:
        artifacts.root(uri, home, ("7", "def"))
    assert "bucket" not in said(error.value)


def test_ids_that_are_paths_are_refused(home: Path) -> None:
    with refused(SourceError, "cannot be a folder's name"):
        artifacts.root("", home, ("..", "../../secret/abc"))


def test_a_listing_has_folders_and_files_with_sizes(home: Path) -> None:
    assert artifacts.listing(top(home)) == (Artifact("model", True), Artifact("plot.png", False, 5))
    assert artifacts.listing(top(home), "model") == (Artifact("model/MLmodel", False, 1),)
    assert artifacts.listing(top(home), "nothing here") == ()
    assert artifacts.listing(top(home), "plot.png") == ()


def test_a_name_that_is_no_text_is_listed_as_one(home: Path) -> None:
    Path(os.fsdecode(os.fsencode(top(home)) + b"/bad\xff.txt")).touch()
    [odd] = [one for one in artifacts.listing(top(home)) if one.path.startswith("bad")]
    assert odd == Artifact("bad\ufffd.txt", False, 0)


def test_links_that_lead_out_are_neither_listed_nor_copied(home: Path, tmp_path: Path) -> None:
    (top(home) / "out").symlink_to(tmp_path / "secret")
    (top(home) / "key").symlink_to(tmp_path / "secret" / "abc" / "artifacts" / "key")
    (top(home) / "broken").symlink_to(top(home) / "gone")
    (top(home) / "inside").symlink_to(top(home) / "plot.png")
    assert [a.path for a in artifacts.listing(top(home))] == ["inside", "model", "plot.png"]
    with refused(SourceError, "leads out"):
        artifacts.listing(top(home), "out")
    with refused(SourceError, "leads out"):
        artifacts.copy(top(home), "key", tmp_path / "into")
    assert not (tmp_path / "into").exists()


def test_a_run_whose_whole_folder_is_a_link_is_refused(home: Path, tmp_path: Path) -> None:
    link = home / "mlruns" / "artifacts"
    link.symlink_to(tmp_path / "secret")
    with refused(SourceError, "leads out"):
        artifacts.listing(link)


@pytest.mark.parametrize("path", ["../../x", "/etc/passwd", "a\0b", "..\\x", "model/../../artifacts/plot.png"])
def test_a_path_that_is_not_plainly_below_the_run_is_refused(home: Path, tmp_path: Path, path: str) -> None:
    with refused(SourceError, "no path of an artifact"):
        artifacts.listing(top(home), path)
    with refused(SourceError, "no path of an artifact"):
        artifacts.copy(top(home), path, tmp_path / "into")


def test_a_copy_keeps_the_path_and_leaves_nothing_half_done(home: Path, tmp_path: Path) -> None:
    into = tmp_path / "into"
    assert artifacts.copy(top(home), "model/MLmodel", into) == into / "model" / "MLmodel"
    assert artifacts.copy(top(home), "model/MLmodel", into).read_text() == "x"
    assert [found.name for found in (into / "model").iterdir()] == ["MLmodel"]
    for path in ("model", "missing", ""):
        with refused(SourceError, "no artifact file"):
            artifacts.copy(top(home), path, into)


def test_a_copy_that_cannot_be_made_says_why(home: Path, tmp_path: Path) -> None:
    (tmp_path / "into").write_text("a file where the folder should be")
    with refused(SourceError, r"cannot be copied to .*: (Not a directory|File exists)"):
        artifacts.copy(top(home), "plot.png", tmp_path / "into")


@pytest.mark.parametrize("was", ["/old/{}", "file:///old/place/{}", "D:\\work\\{}"])
def test_a_store_that_was_copied_finds_artifacts_in_the_place_they_had_beside_the_database(
    home: Path, was: str
) -> None:
    folder = home / "kept here" / "first" / "r1" / "artifacts"
    folder.mkdir(parents=True)
    uri = was.format("kept here/first/r1/artifacts")
    assert artifacts.root(uri.replace(" ", "%20") if "file" in was else uri, home, ("9", "r1")) == folder
    assert artifacts.root(uri, home, ("9", "r1"), [home]) == folder


def test_the_place_it_had_is_never_one_outside_of_the_store(home: Path, tmp_path: Path) -> None:
    (home / "kept").symlink_to(tmp_path / "secret")
    with refused(SourceError, "recorded under an old path"):
        artifacts.root("/old/kept/abc/artifacts", home, ("9", "abc"))
    with refused(SourceError, "recorded under an old path"):
        artifacts.root("/old/kept/../kept/abc/artifacts", home, ("9", "abc"))


def test_all_runs_of_a_store_without_its_artifacts_say_the_same(home: Path) -> None:
    told = set()
    for run in ("r1", "r2"):
        with refused(SourceError, "recorded under an old path, '/old/kept/first'") as error:
            artifacts.root(f"/old/kept/first/{run}/artifacts", home, ("9", run))
        told.add(error.value.note)
    assert len(told) == 1


def test_a_run_without_artifacts_beside_others_that_have_some_is_empty(home: Path, tmp_path: Path) -> None:
    (home / "kept" / "first" / "r1" / "artifacts").mkdir(parents=True)
    assert artifacts.listing(artifacts.root("/old/kept/first/r2/artifacts", home, ("9", "r2"))) == ()
    (tmp_path / "training").mkdir()
    uri = str(tmp_path / "training" / "mlruns" / "9" / "r2" / "artifacts")
    assert artifacts.listing(artifacts.root(uri, home, ("9", "r2"))) == ()
