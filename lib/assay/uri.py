"""A tracking URI: what kind it is, where it leads on this machine, and what people may see of it."""

import hashlib
import re
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from assay.errors import SettingsError
from assay.model.problems import Variables


def scheme_of(uri: str) -> str:
    """The scheme in lower case, "" for a path; a single letter is a drive."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]+):", uri)
    return found[1].lower() if found else ""


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


def absolute(uri: str) -> str:
    """`uri` with the path that `sources.open` would find from the working directory.

    Raises SettingsError when it begins with the home of a user whom nobody knows.
    """
    scheme, (head, slashes, rest) = scheme_of(uri), uri.partition(":///")
    if scheme == "file" and not (path := uri.partition(":")[2]).startswith("/"):
        return f"{folder.as_uri()}/{PurePosixPath(path)}" if (folder := fixed(Path())).is_absolute() else uri
    if scheme.partition("+")[0] == "sqlite" and slashes:
        written, mark, query = rest.partition("?")
        relative = written not in ("", ":memory:") and not written.startswith("/")
        return f"{head}{slashes}{_encoded(sqlite_path(written))}{mark}{query}" if relative else uri
    return str(fixed(home(Path(uri)))) if uri and not scheme and "://" not in uri else uri


def sqlite_path(written: str) -> Path:
    """The absolute path of an SQLite file; like MLflow as it is written, decoded when only that file exists."""
    path, decoded = fixed(Path(written)), fixed(Path(unquote(written)))
    return decoded if is_there(decoded) and not is_there(path) else path


def _encoded(path: Path) -> str:
    return quote(str(path)) if "?" in str(path) else str(path)


def fixed(path: Path) -> Path:
    """The absolute path; one as it is written where the working directory was deleted."""
    try:
        return path.absolute()
    except FileNotFoundError:
        return path


def home(path: Path) -> Path:
    """`path` with somebody's home for its `~`; raises SettingsError when nobody knows that user."""
    try:
        return path.expanduser()
    except RuntimeError:
        raise SettingsError(Variables.HOME_UNKNOWN, path=str(path)) from None


def is_there(path: Path) -> bool:
    """Whether there is such a file or folder, as far as this user may know."""
    try:
        return path.exists()
    except OSError:
        return False
