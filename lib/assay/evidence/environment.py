"""What a process runs on: interpreter, packages, hardware, container, code and command; never its variables."""

import hashlib
import json
import os
import platform
import re
import sys
import warnings
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.evidence.command import argv, command
from assay.evidence.packages import packages, sources
from assay.evidence.programs import PATIENCE, Printed, answer
from assay.evidence.repository import MOST_BYTES, Repository, repository
from assay.evidence.seeds import last_seeds
from assay.evidence.writing import empty, log_bytes, log_text
from assay.model.evidence.environment import VERSION
from assay.model.evidence.files import CHANGES, COMMIT_TAG, ENVIRONMENT

if TYPE_CHECKING:
    from mlflow import MlflowClient


def log_environment(
    *,
    seeds: Mapping[str, Any] | None = None,
    code: Path | None = None,
    image: str | None = None,
    changes: bool = False,
    run_id: str | None = None,
    client: "MlflowClient | None" = None,
) -> None:
    """Logs what the run ran on as `evidence/environment.json`: fields as in `environment`.

    `seeds`: defaults to what `seed_everything` last set in this process. `code`: a folder of the repository whose
    commit counts (default: the started script's, else the working directory's). `image`: the container image
    with its digest, which a process cannot always find out itself.

    `changes`: also logs what tracked files have that is not committed, as `evidence/changes.patch`. A patch may hold
    secrets, such as a password that somebody tried out: hence only on demand. One of more than 1,000,000 bytes is not
    logged; that, changes within submodules, and code whose commit git does not say are warned of.
    """
    found = repository(code)
    patch = _patch(found) if changes else None
    record = environment(seeds=last_seeds() if seeds is None else seeds, code=found, image=image)
    if patch is not None and patch.is_whole:
        log_bytes(patch.content, CHANGES, run_id, client)
    else:
        empty(CHANGES, run_id, client)
    if patch is not None:
        record["patch"] = _told(patch)
    text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
    log_text(text, ENVIRONMENT, run_id, client, {COMMIT_TAG: found.commit if found else None})


def environment(
    *, seeds: Mapping[str, Any], code: Repository | None = None, image: str | None = None
) -> dict[str, Any]:
    """JSON-able record; a value that cannot be found out is None.

    version, python, platform, packages (name → version), sources (name → {url, commit, editable, subdirectory, folder}
    of those that came from no index), cuda, cudnn, gpus, cpu {model, logical, usable}, ram_bytes, threads
    {library → n}, container {kind, image}, git {commit, branch, dirty, remote, folder, script {path, tracked},
    submodules}, patch {sha256, lines, bytes}, argv, command, seeds.
    """
    top = code.top if code else None
    words = argv(sys.orig_argv, top)
    return {
        "version": VERSION,
        **_machine(),
        "sources": sources(top),
        "threads": _threads(),
        "container": {"kind": _container(), "image": image},
        "git": code.record() if code else None,
        "patch": None,
        "argv": words,
        "command": command(words),
        "seeds": dict(seeds),
    }


def _patch(code: Repository | None) -> Printed | None:
    """What is not committed; None where that is nothing or cannot be found out. Warns of what is left out."""
    if code is None:
        _warn("No repository with a commit holds the code, or git does not say so, so no patch is logged.")
        return None
    if not code.dirty:
        return None
    if code.submodules:
        _warn(f"{code.submodules} submodules have changes, which no patch holds; commit them.")
    patch = code.changes()
    if patch is None:
        _warn(f"git does not say within {PATIENCE:.0f} seconds what is not committed, so no patch is logged.")
    elif not patch.is_whole:
        size = f"{patch.size:,} bytes, more than {MOST_BYTES:,}"
        _warn(f"What is not committed is a patch of {size}, and is not logged; commit it before a run that counts.")
    return patch if patch and patch.size else None


def _warn(said: str) -> None:
    warnings.warn(said, stacklevel=4)  # whoever called log_environment


def _told(patch: Printed) -> dict[str, Any]:
    content = hashlib.sha256(patch.content).hexdigest() if patch.is_whole else None
    return {"sha256": content, "lines": patch.lines, "bytes": patch.size}


@lru_cache(maxsize=1)
def _machine() -> dict[str, Any]:
    """What does not change while the process lives; the GPU part is asked once."""
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "platform": platform.platform(),
        "packages": packages(),
        **_accelerators(),
        "cpu": {"model": _cpu_model(), "logical": os.cpu_count(), "usable": _usable_cpus()},
        "ram_bytes": _ram(),
    }


def _accelerators() -> dict[str, Any]:
    torch = sys.modules.get("torch")
    if torch is not None:
        gpus = torch.cuda.device_count() if torch.cuda.is_available() else 0
        return {
            "cuda": torch.version.cuda,
            "cudnn": torch.backends.cudnn.version(),
            "gpus": [torch.cuda.get_device_name(i) for i in range(gpus)],
        }
    listed = answer(["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"])
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
