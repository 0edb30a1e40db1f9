"""An address names one store, opens the same file from wherever it is read, and never shows its password."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay import sources
from assay.errors import SettingsError
from assay.sources.sql import SqlSource
from assay.uri import absolute, scheme_of, shown, store_name
from saying import refused

PASSWORDS = st.text("/?#@:=&;%+ .\n\\x9", max_size=12).map(lambda text: f"S{text}T")
SCHEMES = st.sampled_from(["http", "https", "HTTP", "postgresql+psycopg2", "mysql", "s3", "x1", " http", "1http"])


@pytest.mark.parametrize(
    ("uri", "seen"),
    [
        ("http://bob:s3/cret@127.0.0.1:1", "http://127.0.0.1:1"),
        ("http://user:p?ss@host/mlflow", "http://host/mlflow"),
        ("http://user:p#ss@host", "http://host"),
        ("http://user:p@ss@host", "http://host"),
        ("http:u:p@h", "http:h"),
        ("postgresql://db/mlflow?user=ann@team&password=secret", "postgresql://…"),
        ("mysql://ann:secret@host/mlflow?password=secret", "mysql://host/mlflow"),
        ("sqlite://ann:secret@host/x", "sqlite://host/x"),
    ],
)
def test_passwords_are_cut_wherever_they_end(uri: str, seen: str) -> None:
    assert shown(uri) == seen


@given(SCHEMES, st.sampled_from(["//", ""]), PASSWORDS, st.sampled_from(["", "/", "/mlflow?a=b#c", "?a=b@c"]))
def test_no_letter_of_a_password_is_ever_shown(scheme: str, slashes: str, password: str, rest: str) -> None:
    if scheme == "1http" and not slashes:
        return  # the name of a file
    seen = shown(f"{scheme}:{slashes}bob:{password}@host.example:5000{rest}")
    assert not {"S", "T"} & set(seen.removeprefix(scheme))
    assert "bob" not in seen


@given(PASSWORDS)
def test_no_password_in_a_query_is_ever_shown(password: str) -> None:
    seen = shown(f"postgresql://db/mlflow?sslmode=on&password={password}")
    assert not {"S", "T"} & set(seen)


@pytest.mark.parametrize(
    "uri",
    [
        "sqlite:////abs/path/mlflow.db",
        "sqlite:////team@home/a#b/ml@flow.db",
        "sqlite:///ml@flow.db",
        "file:///team@home/mlruns",
        "file://localhost/team@home/mlruns",
        "file:team@home/mlruns",
        "/team@home/ml:runs@2",
        "./a?b#c@d",
        "mlruns",
        "C:\\team@home\\mlruns",
        "http://host:5000/mlflow",
        "",
    ],
)
def test_addresses_without_credentials_are_shown_whole(uri: str) -> None:
    assert shown(uri) == uri


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("mlruns", "{}/mlruns"),
        ("./mlruns", "{}/mlruns"),
        ("file:mlruns", "file://{}/mlruns"),
        ("file:./ml%20runs", "file://{}/ml%20runs"),
        ("sqlite:///mlflow.db", "sqlite:///{}/mlflow.db"),
        ("sqlite+pysqlite:///ml@flow.db?timeout=9", "sqlite+pysqlite:///{}/ml@flow.db?timeout=9"),
    ],
)
def test_a_relative_store_is_the_one_of_its_folder(
    written: str, whole: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        monkeypatch.chdir(folder)
        found.append(absolute(written))
        assert found[-1] == whole.format(folder)
        assert absolute(found[-1]) == found[-1]
    assert found[0] != found[1]


@pytest.mark.parametrize(
    "uri",
    [
        "http://host:5000/mlflow",
        "sqlite:////srv/mlflow.db",
        "sqlite:///:memory:",
        "sqlite:///",
        "sqlite:mlflow.db",
        "file:///srv/mlruns",
        "file:/srv/mlruns",
        "file://elsewhere/mlruns",
        "/srv/mlruns",
        "databricks://profile",
        "s3://bucket/mlruns",
    ],
)
def test_any_other_store_is_named_as_it_was_given(uri: str) -> None:
    assert absolute(uri) == uri


@pytest.mark.parametrize("name", ["plain", "a b%20c#d?é"])
@pytest.mark.parametrize("written", ["sqlite:///a%20b.db", "sqlite:///x@y.db"])
def test_the_absolute_uri_opens_the_same_file(
    name: str, written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / name)
    file = tmp_path / name / ("a b.db" if "%" in written else "x@y.db")
    file.touch()
    before, after = sources.open(written), sources.open(absolute(written))
    assert isinstance(before, SqlSource)
    assert isinstance(after, SqlSource)
    assert before.path == after.path == file


def test_a_tilde_is_somebodys_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    assert absolute("~/mlruns") == "/home/ann/mlruns"
    with refused(SettingsError, "a user whom this machine does not know"):
        absolute("~no-such-user/mlruns")


def test_a_new_password_is_the_same_store_and_another_user_another() -> None:
    first = store_name("http://ann:one@host")
    assert store_name("http://ann:t/w?o@host") == first
    others = ("http://bob:one@host", "http://host", "https://ann:one@host", "http://ann:one@host/x", "http://ann@h")
    assert first not in {store_name(uri) for uri in others}


def test_local_paths_are_told_apart_to_the_last_letter() -> None:
    uris = ["sqlite:////a#1", "sqlite:////a#2", "sqlite:////a@b", "sqlite:////c@b", "/a@b", "/a@c", "file:///a@b"]
    odd = [f"postgresql://{host}/x?user=a@b" for host in "hi"]
    assert len({store_name(uri) for uri in (*uris, *odd)}) == len(uris) + len(odd)


@pytest.mark.parametrize(
    ("uri", "scheme"),
    [
        ("HTTP://h", "http"),
        ("sqlite+pysqlite:///x", "sqlite+pysqlite"),
        ("C:\\runs", ""),
        ("mlruns", ""),
        ("./a:b", ""),
    ],
)
def test_a_scheme_is_lower_case_and_a_drive_is_none(uri: str, scheme: str) -> None:
    assert scheme_of(uri) == scheme
