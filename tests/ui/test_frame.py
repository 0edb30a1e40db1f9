"""What every page does before it has an answer, and when it has none."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assay import settings as configuration
from assay import sync
from assay.errors import SourceError
from assay.settings import ROOT
from stores import Store

SHELL = str(ROOT / "lib" / "assay" / "shell.py")


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    monkeypatch.setenv("ASSAY_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{tmp_path / 'mlflow.db'}")
    return AppTest.from_file(SHELL, default_timeout=120)


def test_before_the_first_sync_the_page_says_that_it_waits(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert app.title[0].value == "Runs"
    assert app.header[0].value == "Reading the store for the first time"
    assert not app.text_input


def test_a_store_that_cannot_be_read_is_named_and_what_to_do(app: AppTest, tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        sync.sync(configuration.read())
    app.run()
    assert not app.exception
    assert "mlflow" in app.error[0].value
    assert any("tries again by itself" in c.value for c in app.caption)


def test_the_page_goes_on_once_there_is_a_snapshot(app: AppTest, digits: Store, tmp_path: Path) -> None:
    app.run()
    shutil.copy(digits.uri.removeprefix("sqlite:///"), tmp_path / "mlflow.db")
    sync.sync(configuration.read())
    app.run()
    assert app.header[0].value == "4 configurations, 22 runs"


def test_a_store_that_went_away_leaves_a_banner_with_the_age_of_what_is_shown(
    app: AppTest, digits: Store, tmp_path: Path
) -> None:
    shutil.copy(digits.uri.removeprefix("sqlite:///"), tmp_path / "mlflow.db")
    sync.sync(configuration.read())
    (tmp_path / "mlflow.db").rename(tmp_path / "away.db")
    with pytest.raises(SourceError):
        sync.sync(configuration.read())
    app.run()
    assert not app.exception
    assert "What you see is complete as of" in app.warning[0].value
    assert app.header[0].value == "4 configurations, 22 runs"


def test_a_cache_that_cannot_be_kept_up_to_date_has_the_banner_too(
    app: AppTest, digits: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(digits.uri.removeprefix("sqlite:///"), tmp_path / "mlflow.db")
    current = configuration.read()
    sync.sync(current)
    [lock] = (current.data / "cache").glob("*.lock")
    lock.unlink()
    lock.mkdir()
    app.run()
    assert not app.warning
    monkeypatch.setenv("ASSAY_SYNC_SECONDS", "0.001")
    app.run()
    assert not app.exception
    assert "ASSAY\\_DATA" in app.warning[0].value
    assert app.header[0].value == "4 configurations, 22 runs"


def test_a_wrong_policy_is_one_sentence_below_the_title(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = tmp_path / "policy.yaml"
    policy.write_text("statistics:\n  level: 95\n")
    monkeypatch.setenv("ASSAY_POLICY", str(policy))
    app.run()
    assert not app.exception
    assert "line 2" in app.error[0].value


def test_a_wrong_setting_is_one_sentence(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSAY_SYNC_SECONDS", "soon")
    app.run()
    assert not app.exception
    assert "ASSAY\\_SYNC\\_SECONDS" in app.error[0].value


def test_credentials_of_the_store_are_never_shown(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://anna:secret@127.0.0.1:1/team")
    app.run()
    assert "secret" not in str(app.main)
