"""Every environment variable that Assay reads, once, as one frozen value."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assay.errors import SettingsError
from assay.model.problems import Variables
from assay.model.review.notes import AccountNote
from assay.uri import absolute, home, shown

PACKAGE = Path(__file__).resolve().parent
INSTALLED = PACKAGE / "site"
"""What a checkout holds beside `lib`, where it came with the package."""
ROOT = INSTALLED if INSTALLED.is_dir() else PACKAGE.parents[1]
"""Holds app.py, pages, data and docs/methods."""
SHIPPED = ROOT / "data"
AUTHS = ("local", "oidc")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where runs come from, where run-time files go, and how often the store is asked.

    `tracking_uri` may hold credentials: show `uri.shown` of it, never this. `demo`: nobody named a
    store, so it is the demo's. `mlflow_url`: where people open MLflow's own pages, "" when nobody said.
    `artifact_roots`: folders outside the store's own in which artifacts may be opened, absolute. `log`: the least
    level that a server and its sync process log. `checklists`: a folder with a team's own, None when nobody said.
    `journal`: an SQLAlchemy URL, which may hold a password. `auth`: `local` or `oidc`, how people say who they are.
    """

    tracking_uri: str
    data: Path
    policy: Path
    sync_seconds: float
    demo: bool
    mlflow_url: str = ""
    artifact_roots: tuple[Path, ...] = ()
    log: str = "INFO"
    checklists: Path | None = None
    journal: str = ""
    auth: str = "local"

    @property
    def demo_store(self) -> Path:
        """The SQLite file that `assay demo` fills."""
        return demo_store(self.data)

    @property
    def demo_journal(self) -> Path:
        """The journal of the demo's reviews, beside its store."""
        return demo_journal(self.data)


def demo_store(data: Path) -> Path:
    """The demo's SQLite file below the folder of run-time files."""
    return data / "demo" / "mlflow.db"


def demo_journal(data: Path) -> Path:
    """The journal of the demo's reviews below the folder of run-time files."""
    return demo_store(data).with_name("journal.db")


def read(
    environment: Mapping[str, str] | None = None,
    *,
    tracking_uri: str | None = None,
    data: str | Path | None = None,
    policy: str | Path | None = None,
) -> Settings:
    """Settings from the environment (default: this process's); named values win over variables.

    MLFLOW_TRACKING_URI: the store, else the demo's. ASSAY_DATA: folder of run-time files, else data/local of a
    checkout, or this user's own folder for data. ASSAY_POLICY: a policy file, else the shipped one, or the demo's own
    for the demo's store. ASSAY_SYNC_SECONDS: pause between two looks at the store. ASSAY_MLFLOW_URL: where MLflow's
    own pages are, for links; else the tracking server when that is the store. ASSAY_ARTIFACT_ROOTS: more folders with
    artifacts that may be opened, with the system's path separator between them. ASSAY_LOG: the level of the log.
    ASSAY_CHECKLISTS: a folder with a team's own checklists. ASSAY_JOURNAL: the record of what people decided, a path
    or an SQLAlchemy URL; else a file below the folder of run-time files, the demo's own for the demo's store.
    ASSAY_AUTH: `local` or `oidc`.

    A local store's URI keeps its form, its path is made absolute: two folders' `mlruns` are two stores.

    Raises SettingsError when ASSAY_SYNC_SECONDS is no positive number, ASSAY_LOG no level, ASSAY_AUTH nothing
    known, or a path begins with an unknown user's `~`.
    """
    variables = os.environ if environment is None else environment
    folder = home(Path(data or variables.get("ASSAY_DATA") or _own_data())).resolve()
    uri = absolute((tracking_uri or variables.get("MLFLOW_TRACKING_URI") or "").strip())
    return Settings(
        tracking_uri=uri or f"sqlite:///{demo_store(folder)}",
        data=folder,
        policy=Path(policy or variables.get("ASSAY_POLICY") or _shipped_policy(demo=not uri)),
        sync_seconds=_seconds(variables.get("ASSAY_SYNC_SECONDS") or "30"),
        demo=not uri,
        mlflow_url=(variables.get("ASSAY_MLFLOW_URL") or _server(uri)).rstrip("/"),
        artifact_roots=_folders(variables.get("ASSAY_ARTIFACT_ROOTS", "")),
        log=_level(variables.get("ASSAY_LOG") or "INFO"),
        checklists=_folder(variables.get("ASSAY_CHECKLISTS", "")),
        journal=_journal(variables.get("ASSAY_JOURNAL", "").strip(), folder, demo=not uri),
        auth=_auth(variables.get("ASSAY_AUTH") or "local"),
    )


def _own_data() -> Path:
    """Where run-time files go when nobody says: an installed package's own folder belongs to somebody else."""
    if ROOT != INSTALLED:
        return SHIPPED / "local"
    from platformdirs import user_data_path

    return user_data_path("assay", appauthor=False)


def _shipped_policy(*, demo: bool) -> Path:
    return SHIPPED / "policy" / ("demo.yaml" if demo else "default.yaml")


def _server(uri: str) -> str:
    return shown(uri) if uri.startswith(("http://", "https://")) else ""


def _folders(listed: str) -> tuple[Path, ...]:
    return tuple(folder for name in listed.split(os.pathsep) if (folder := _folder(name)))


def _folder(name: str) -> Path | None:
    return home(Path(name)).absolute() if name.strip() else None


def _journal(written: str, data: Path, *, demo: bool) -> str:
    if "://" in written:
        return absolute(written)
    usual = demo_journal(data) if demo else data / "journal" / "journal.db"
    return f"sqlite:///{home(Path(written)).absolute() if written else usual}"


def _auth(text: str) -> str:
    if text.strip().lower() not in AUTHS:
        raise SettingsError(AccountNote.AUTH_UNKNOWN, found=text, known=AUTHS)
    return text.strip().lower()


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < float("inf"):
        raise SettingsError(Variables.NO_SECONDS, found=text)
    return seconds


def _level(text: str) -> str:
    if text.strip().upper() not in LEVELS:
        raise SettingsError(Variables.NO_LOG_LEVEL, found=text, levels=LEVELS)
    return text.strip().upper()
