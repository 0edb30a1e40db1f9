"""Every environment variable that Assay reads, once, as one frozen value."""

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from assay.errors import SettingsError

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "data"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where runs come from, where run-time files go, and how often the store is asked.

    `tracking_uri` may hold credentials: show `shown(uri)`, never this. `demo`: nobody named a
    store, so it is the demo's. `mlflow_url`: where people open MLflow's own pages, "" when nobody said.
    `artifact_roots`: folders outside the store's own in which artifacts may be opened, absolute.
    """

    tracking_uri: str
    data: Path
    policy: Path
    sync_seconds: float
    demo: bool
    mlflow_url: str = ""
    artifact_roots: tuple[Path, ...] = ()

    @property
    def demo_store(self) -> Path:
        """The SQLite file that `assay demo` fills."""
        return demo_store(self.data)


def demo_store(data: Path) -> Path:
    """The demo's SQLite file below the folder of run-time files."""
    return data / "demo" / "mlflow.db"


def read(
    environment: Mapping[str, str] | None = None,
    *,
    tracking_uri: str | None = None,
    data: str | Path | None = None,
    policy: str | Path | None = None,
) -> Settings:
    """Settings from the environment (default: this process's); named values win over variables.

    MLFLOW_TRACKING_URI: the store, else the demo's. ASSAY_DATA: folder of run-time files. ASSAY_POLICY: a policy
    file. ASSAY_SYNC_SECONDS: pause between two looks at the store. ASSAY_MLFLOW_URL: where MLflow's own pages are,
    for links; else the tracking server when that is the store. ASSAY_ARTIFACT_ROOTS: more folders with artifacts
    that may be opened, with the system's path separator between them.

    A local store's URI keeps its form, its path is made absolute: two folders' `mlruns` are two stores.

    Raises SettingsError when ASSAY_SYNC_SECONDS is no positive number or a path begins with an unknown user's `~`.
    """
    variables = os.environ if environment is None else environment
    folder = Path(data or variables.get("ASSAY_DATA") or SHIPPED / "local").expanduser().resolve()
    uri = _absolute((tracking_uri or variables.get("MLFLOW_TRACKING_URI") or "").strip())
    return Settings(
        tracking_uri=uri or f"sqlite:///{demo_store(folder)}",
        data=folder,
        policy=Path(policy or variables.get("ASSAY_POLICY") or SHIPPED / "policy" / "default.yaml"),
        sync_seconds=_seconds(variables.get("ASSAY_SYNC_SECONDS", "30")),
        demo=not uri,
        mlflow_url=(variables.get("ASSAY_MLFLOW_URL") or _server(uri)).rstrip("/"),
        artifact_roots=_folders(variables.get("ASSAY_ARTIFACT_ROOTS", "")),
    )


def _server(uri: str) -> str:
    return shown(uri) if uri.startswith(("http://", "https://")) else ""


def _absolute(uri: str) -> str:
    """`uri` with the path that `sources.open` would find from the working directory."""
    scheme, (head, slashes, rest) = scheme_of(uri), uri.partition(":///")
    if scheme == "file" and not (path := uri.partition(":")[2]).startswith("/"):
        return f"{Path.cwd().as_uri()}/{PurePosixPath(path)}"
    if scheme.partition("+")[0] == "sqlite" and slashes:
        written, mark, query = rest.partition("?")
        relative = written not in ("", ":memory:") and not written.startswith("/")
        return f"{head}{slashes}{_sqlite(written)}{mark}{query}" if relative else uri
    return str(_home(Path(uri)).absolute()) if uri and not scheme and "://" not in uri else uri


def _sqlite(written: str) -> str:
    """The absolute path of a relative one, which is decoded when only that file exists."""
    path, decoded = Path(written).absolute(), Path(unquote(written)).absolute()
    text = str(decoded if is_there(decoded) and not is_there(path) else path)
    return quote(text) if "?" in text else text


def is_there(path: Path) -> bool:
    """Whether there is such a file or folder, as far as this user may know."""
    try:
        return path.exists()
    except OSError:
        return False


def _home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        raise SettingsError(f"{path} begins with the home of a user whom this machine does not know.") from None


def _folders(listed: str) -> tuple[Path, ...]:
    return tuple(_home(Path(name)).absolute() for name in listed.split(os.pathsep) if name.strip())


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < float("inf"):
        raise SettingsError(f"ASSAY_SYNC_SECONDS is {text!r}; it must be a number of seconds above 0, such as 30.")
    return seconds


def shown(uri: str) -> str:
    """`uri` as people may see it: without user name, password, query and fragment.

    A password may hold `/`, `?`, `#` and `@`, escaped or not: all up to the last `@` is left out, and everything
    where that `@` may as well stand in the query. A local path keeps its own.
    """
    kind = scheme_of(uri.lstrip())
    if not kind and "://" not in uri:
        return uri
    scheme, _, rest = uri.partition(":")
    slashes = "//" if rest.startswith("//") else ""
    rest = rest.removeprefix("//")
    if _is_path(kind, slashes, rest):
        path = rest.partition("?")[0]
        return f"{scheme}:{slashes}{path.partition('#')[0] if kind == 'file' else path}"
    before, _, after = rest.rpartition("@")
    if re.search(r"[?#].*=", before, re.DOTALL):
        return f"{scheme}:{slashes}…"
    return f"{scheme}:{slashes}{re.split('[?#]', after)[0]}"


def store_name(uri: str) -> str:
    """12 hex digits that tell the store and its user from any other; a new password changes nothing."""
    seen = shown(uri)
    before, at, _ = uri.partition(":")[2].removeprefix("//").rpartition("@")
    user = before.partition(":")[0] + at
    text = uri if seen.endswith("…") else seen if "@" in seen else user + seen
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _is_path(kind: str, slashes: str, rest: str) -> bool:
    """Whether `rest` of a URI is a path on this machine, in which `@` is a letter like any other."""
    if kind == "file":
        return not slashes or rest.startswith(("/", "localhost/"))
    return kind.partition("+")[0] == "sqlite" and bool(slashes) and rest.startswith("/")


def scheme_of(uri: str) -> str:
    """The scheme in lower case, "" for a path; a single letter is a drive."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]+):", uri)
    return found[1].lower() if found else ""
