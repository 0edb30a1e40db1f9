"""Seeds every random generator that is loaded and remembers what was done."""

import os
import random
import sys
from typing import Any

import numpy as np

from assay.errors import EvidenceError

_HASH_SEED_AT_START = os.environ.get("PYTHONHASHSEED")
_last: dict[str, Any] = {}


def last_seeds() -> dict[str, Any]:
    """What `seed_everything` last did in this process; empty when it was not called."""
    return dict(_last)


def seed_everything(seed: int) -> dict[str, Any]:
    """Seeds every generator that is loaded, and returns which: level → what was done.

    Levels: random, numpy, torch_cpu, torch_gpus, cudnn (deterministic, no benchmark), pythonhashseed, tensorflow.
    torch and tensorflow are seeded only when already imported (importing them costs seconds): import first, then
    seed. A running Python cannot change its own string hashing: PYTHONHASHSEED reaches child processes only.

    Raises EvidenceError when `seed` is no integer from 0 to 4294967295.
    """
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or not 0 <= seed < 2**32:
        raise EvidenceError(f"The seed is {seed!r}; it must be an integer from 0 to {2**32 - 1}.")
    number = int(seed)
    random.seed(number)
    np.random.seed(number)
    done = {"seed": number, "random": "set", "numpy": "set", **_seed_torch(number)}
    done["pythonhashseed"] = "in force" if str(number) == _HASH_SEED_AT_START else "set for child processes only"
    os.environ["PYTHONHASHSEED"] = str(number)
    done["tensorflow"] = _seed_tensorflow(number)
    _last.clear()
    _last.update(done)
    return done


def _seed_torch(seed: int) -> dict[str, str]:
    torch = sys.modules.get("torch")
    if torch is None:
        return dict.fromkeys(("torch_cpu", "torch_gpus", "cudnn"), "not loaded")
    torch.manual_seed(seed)
    gpus = int(torch.cuda.device_count()) if torch.cuda.is_available() else 0
    if gpus:
        torch.cuda.manual_seed_all(seed)
    torch.backends.cudnn.deterministic = True
    torch.backends.cudnn.benchmark = False
    return {"torch_cpu": "set", "torch_gpus": f"set on {gpus}" if gpus else "no GPU", "cudnn": "deterministic"}


def _seed_tensorflow(seed: int) -> str:
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is None:
        return "not loaded"
    tensorflow.random.set_seed(seed)
    return "set"
