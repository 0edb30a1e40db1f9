"""What a process runs on: interpreter, packages, hardware, container, code and command; never its variables."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.evidence.seeds import last_seeds
from assay.evidence.writing import log_text
from assay.model.evidence.files import ENVIRONMENT
from assay.uri import shown

if TYPE_CHECKING:
    from mlflow import MlflowClient

_SECRET = re.compile(
    r"(pass(word|wd|phrase)?|pwd|token|secret|api[_-]?key|access[_-]?key|private[_-]?key|credentials?|auth)(?![a-z])"
    r"|authorization|bearer",
    re.IGNORECASE,
)
_HIDDEN = "***"


def log_environment(
    *,
    seeds: Mapping[str, Any] | None = None,
    code: Path | None = None,
    image: str | None = None,
    run_id: str | None = None,
    client: "MlflowClient | None" = None,
) -> None:
    """Logs what the run ran on as `evidence/environment.json`: fields as in `environment`.

    `seeds`: defaults to what `seed_everything` last set in this process. `code`: a folder of the repository whose
    commit counts (default: the started script's, else the working directory's). `image`: the container image
    with its digest, which a process cannot always find out itself.
    """
    record = environment(seeds=last_seeds() if seeds is None else seeds, code=code, image=image)
    log_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", ENVIRONMENT, run_id, client)


def environment(*, seeds: Mapping[str, Any], code: Path | None = None, image: str | None = None) -> dict[str, Any]:
    """JSON-able record; a value that cannot be found out is None.

    python, platform, packages (name → version), cuda, cudnn, gpus, cpu {model, logical, usable}, ram_bytes,
    threads {library → n}, container {kind, image}, git {commit, branch, dirty, remote}, command, seeds.
    """
    return {
        **_machine(),
        "threads": _threads(),
        "container": {"kind": _container(), "image": image},
        "git": git(code),
        "command": command(sys.orig_argv),
        "seeds": dict(seeds),
    }


@lru_cache(maxsize=1)
def _machine() -> dict[str, Any]:
    """What does not change while the process lives; the GPU part is asked once."""
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "platform": platform.platform(),
        "packages": _packages(),
        **_accelerators(),
        "cpu": {"model": _cpu_model(), "logical": os.cpu_count(), "usable": _usable_cpus()},
        "ram_bytes": _ram(),
    }


def _packages() -> dict[str, str]:
    found = {d.metadata["Name"]: d.version for d in metadata.distributions() if d.metadata["Name"]}
    return dict(sorted(found.items(), key=lambda item: item[0].lower()))


def _accelerators() -> dict[str, Any]:
    torch = sys.modules.get("torch")
    if torch is not None:
        gpus = torch.cuda.device_count() if torch.cuda.is_available() else 0
        return {
            "cuda": torch.version.cuda,
            "cudnn": torch.backends.cudnn.version(),
            "gpus": [torch.cuda.get_device_name(i) for i in range(gpus)],
        }
    listed = _answer(["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"])
    return {"cuda": None, "cudnn": None, "gpus": listed.splitlines() if listed else []}


def _cpu_model() -> str | None:
    info = Path("/proc/cpuinfo")
    if info.exists():
        match = re.search(r"^model name\s*:\s*(.+)$", info.read_text(errors="replace"), re.MULTILINE)
        if match:
            return match[1].strip()
    return platform.processor() or platform.machine() or None


def _usable_cpus() -> int | None:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def _ram() -> int | None:
    if "SC_PHYS_PAGES" not in getattr(os, "sysconf_names", {}):
        return None
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _threads() -> dict[str, int]:
    """Threads of the numerical libraries that are loaded, as far as threadpoolctl and torch say."""
    found: dict[str, int] = {}
    threadpoolctl = sys.modules.get("threadpoolctl")
    if threadpoolctl is not None:
        for pool in threadpoolctl.threadpool_info():
            found[f"{pool['user_api']} ({pool['internal_api']})"] = int(pool["num_threads"])
    torch = sys.modules.get("torch")
    if torch is not None:
        found["torch"] = int(torch.get_num_threads())
    return found


def _container() -> str | None:
    if Path("/var/run/secrets/kubernetes.io").exists():
        return "kubernetes"
    if Path("/.dockerenv").exists():
        return "docker"
    return "podman" if Path("/run/.containerenv").exists() else None


def git(code: Path | None = None) -> dict[str, Any] | None:
    """Commit, branch, dirty (tracked files changed) and remote of the code's repository; None outside of one."""
    for folder in (code,) if code else _code_folders():
        if _ignored(folder):
            continue
        status = _answer(_git(folder, "status", "--porcelain=v2", "--branch", "--untracked-files=no"))
        lines = (status or "").splitlines()
        found = dict(line[2:].split(" ", 1) for line in lines if line.startswith("# "))
        commit = found.get("branch.oid", "(initial)")
        if commit != "(initial)":
            dirty = any(not line.startswith("#") for line in lines)
            return {
                "commit": commit,
                "branch": found.get("branch.head"),
                "dirty": dirty,
                "remote": _remote(folder),
            }
    return None


def _git(folder: Path, *words: str) -> list[str]:
    return ["git", "-C", str(folder), *words]


@lru_cache(maxsize=8)
def _ignored(folder: Path) -> bool:
    """Whether the repository around `folder` ignores it, as one does that holds a virtual environment."""
    return bool(_answer(_git(folder, "check-ignore", str(folder))))


@lru_cache(maxsize=8)
def _remote(folder: Path) -> str | None:
    remote = _answer(_git(folder, "config", "--get", "remote.origin.url"))
    return shown(remote) if remote else None


def _code_folders() -> tuple[Path, ...]:
    script = getattr(sys.modules.get("__main__"), "__file__", None)
    return (Path(script).resolve().parent, Path.cwd()) if script else (Path.cwd(),)


def _answer(words: list[str]) -> str | None:
    """What a program prints; None when it is not installed, fails, or takes more than five seconds."""
    program = shutil.which(words[0])
    if program is None:
        return None
    try:
        done = subprocess.run([program, *words[1:]], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def command(words: list[str]) -> str:
    """The command line as others may see it: values of options that name a secret, user names and passwords of
    addresses, and code given with `-c` are replaced."""
    seen: list[str] = []
    for position, word in enumerate(words):
        before = words[position - 1] if position else ""
        if before == "-c" or (before.startswith("-") and "=" not in before and _SECRET.search(before)):
            seen.append(_HIDDEN)
            continue
        name, equals, value = word.partition("=")
        if "://" in name or not equals:
            seen.append(_HIDDEN if " " in word and _SECRET.search(word) else _without_user(word))
        else:
            seen.append(f"{name}={_HIDDEN if _SECRET.search(name) else _without_user(value)}")
    return " ".join([Path(seen[0]).name, *seen[1:]]) if seen else ""


def _without_user(word: str) -> str:
    return shown(word) if "://" in word else word
