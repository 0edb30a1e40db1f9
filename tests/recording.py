"""A store whose runs were repeated: one agrees, one had other data, one disagrees though nothing on record differs."""

from pathlib import Path
from typing import Any

from assay.model.evidence.files import COMMIT_TAG, RECIPE
from evidenced import Evidenced

HOSTILE = "[click](http://evil.example) <b>:red[hot]</b> $x^2$ `y`"
KOREAN = "다시 실행"
OLD, NEW = "1" * 40, "2" * 40
REMOTE = "https://git.example/team/work.git"
ARGV = ["python3.11", "train.py", "--name", "a b"]
LEVELS = ("random", "numpy", "torch_cpu", "torch_gpus", "cudnn", "tensorflow")


def environment(seed: int = 1, **changes: Any) -> dict[str, Any]:
    """All that version 2 notes, but for the container."""
    return {
        "version": 2,
        "python": "3.11.7",
        "implementation": "CPython",
        "platform": "Linux-6",
        "packages": {"numpy": "2.1.0", "pip": "26.0"},
        "cpu": {"model": "Xeon", "logical": 4, "usable": 2},
        "ram_bytes": 25 * 10**9,
        "gpus": [],
        "threads": {"blas": 1},
        "git": {"commit": OLD, "dirty": False, "remote": REMOTE, "folder": "sub"},
        "argv": ARGV,
        "command": "python3.11 train.py --name 'a b'",
        "seeds": {"seed": seed, **dict.fromkeys(LEVELS, "set"), "pythonhashseed": "in force"},
    } | changes


def trained(store: Evidenced, model: str, seed: int, score: float, digest: str = "aaaa1111", **changes: Any) -> str:
    """A run with everything on record that can be."""
    metrics = {"accuracy": score, "latency_p50_ms": score * 7}
    run_id = store.run("digits", params={"model": model, "seed": seed}, metrics=metrics, name=f"{model} {seed}")
    found = environment(seed, **changes)
    store.environment(run_id, found)
    store.evidence(run_id, RECIPE, b"model: svc\n")
    store.client.set_tag(run_id, COMMIT_TAG, found["git"]["commit"])
    store.used(run_id, digest, "training", source=("code", '{"uri": "sklearn:digits"}'))
    return run_id


def filled(folder: Path) -> Evidenced:
    """`digits`: svc agrees across commits, mlp-v2 had other data, k-nearest disagrees, quick-try logged metrics only.

    `odd`: a name and a command that want to act. `bare`: a run that logged nothing.
    """
    made = Evidenced(folder)
    other = {"commit": NEW, "dirty": False, "remote": REMOTE}
    for model in ("svc", "mlp-v2", "k-nearest"):
        for seed, score in ((1, 0.9796), (2, 0.9713)):
            trained(made, model, seed, score)
    trained(made, "svc", 1, 0.9796, git=other)
    trained(made, "mlp-v2", 1, 0.9602, "bbbb2222")
    trained(made, "k-nearest", 2, 0.9657)
    made.run("digits", metrics={"accuracy": 0.9}, name="quick-try")
    for name in (HOSTILE, KOREAN):
        run_id = made.run("odd", params={"model": name, "seed": 1}, metrics={"accuracy": 0.9})
        made.environment(
            run_id, environment(argv=["python", "train.py", "$(touch canary)", "```\nrm", "\x1b[31m\u202e"])
        )
    made.run("bare", params={"model": "a"})
    return made
