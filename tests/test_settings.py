"""Settings come from variables and options, and name one store wherever they are read."""

import os
from pathlib import Path

import pytest

from assay import settings
from assay.errors import SettingsError
from assay.settings import read
from saying import refused


def test_without_a_store_there_is_the_demo(tmp_path: Path) -> None:
    found = read({"MLFLOW_TRACKING_URI": "  "}, data=tmp_path)
    assert found.demo
    assert found.tracking_uri == f"sqlite:///{tmp_path}/demo/mlflow.db"


def test_artifact_roots_are_folders_with_the_systems_separator_between_them_and_checklists_lie_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/ann")
    found = read({"ASSAY_ARTIFACT_ROOTS": os.pathsep.join(["/srv/a", "", "~/b", "c"])})
    assert found.artifact_roots == (Path("/srv/a"), Path("/home/ann/b"), tmp_path / "c")
    assert read({}).artifact_roots == ()
    assert read({"ASSAY_CHECKLISTS": "c"}).checklists == tmp_path / "c"
    assert read({"ASSAY_CHECKLISTS": "~/b:2"}).checklists == Path("/home/ann/b:2")
    assert read({"ASSAY_CHECKLISTS": " "}).checklists is None


@pytest.mark.parametrize("written", ["mlruns", " mlruns\n", "./mlruns"])
def test_a_relative_store_is_the_one_of_its_folder(
    written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read({}, tracking_uri=written).tracking_uri == f"{tmp_path}/mlruns"


def test_a_level_of_the_log_is_one_that_there_is() -> None:
    assert read({}).log == "INFO"
    assert read({"ASSAY_LOG": " debug "}).log == "DEBUG"
    with refused(SettingsError, match="ASSAY_LOG is 'loud'; it must be one of DEBUG, INFO, WARNING, ERROR"):
        read({"ASSAY_LOG": "loud"})


def test_run_time_files_stay_in_a_checkout_and_go_to_their_user_from_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read({}).data == settings.ROOT / "data" / "local"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(settings, "INSTALLED", settings.ROOT)
    assert read({}).data == tmp_path / "assay"
    assert read({}, data=tmp_path / "named").data == tmp_path / "named"
