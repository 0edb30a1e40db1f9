import os
import random
import subprocess
import sys
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from assay import evidence
from assay.errors import EvidenceError
from assay.evidence.seeds import last_seeds


@pytest.fixture(autouse=True)
def _generators_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PYTHONHASHSEED", os.environ.get("PYTHONHASHSEED", "random"))
    states = random.getstate(), np.random.get_state()
    yield
    random.setstate(states[0])
    np.random.set_state(states[1])


def test_the_same_seed_draws_the_same_numbers_again() -> None:
    evidence.seed_everything(42)
    first = random.random(), np.random.rand()
    evidence.seed_everything(42)
    assert (random.random(), np.random.rand()) == first


def test_it_says_what_was_seeded_and_what_could_not_be() -> None:
    done = evidence.seed_everything(123)
    assert done["seed"] == 123
    assert done["random"] == done["numpy"] == "set"
    assert done["pythonhashseed"] == "set for child processes only"
    assert last_seeds() == done


def test_string_hashing_is_fixed_for_child_processes() -> None:
    evidence.seed_everything(7)
    hashes = {subprocess.check_output([sys.executable, "-c", "print(hash('a'))"]) for _ in range(2)}
    assert len(hashes) == 1


def test_torch_is_not_imported_for_its_seed() -> None:
    code = "import sys\nfrom assay import evidence\nprint(evidence.seed_everything(1)['torch_cpu'], 'torch' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).split() == ["not", "loaded", "False"]


def test_a_loaded_torch_is_seeded_on_cpu_and_every_gpu_with_deterministic_cudnn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[tuple[str, int]] = []
    torch = ModuleType("torch")
    cudnn = SimpleNamespace(deterministic=False, benchmark=True)
    cuda = SimpleNamespace(
        is_available=lambda: True, device_count=lambda: 2, manual_seed_all=lambda seed: calls.append(("gpus", seed))
    )
    torch.__dict__.update(
        manual_seed=lambda seed: calls.append(("cpu", seed)), cuda=cuda, backends=SimpleNamespace(cudnn=cudnn)
    )
    monkeypatch.setitem(sys.modules, "torch", torch)
    done = evidence.seed_everything(9)
    assert calls == [("cpu", 9), ("gpus", 9)]
    assert (cudnn.deterministic, cudnn.benchmark) == (True, False)
    assert (done["torch_cpu"], done["torch_gpus"], done["cudnn"]) == ("set", "set on 2", "deterministic")


@pytest.mark.parametrize("seed", [-1, 2**32, 1.5, "42", True, None])
def test_a_seed_that_a_generator_would_refuse_is_refused_first(seed: object) -> None:
    state = random.getstate()
    with pytest.raises(EvidenceError, match="must be an integer from 0 to 4294967295"):
        evidence.seed_everything(seed)  # type: ignore[arg-type]
    assert random.getstate() == state


def test_numpy_integers_are_seeds_too() -> None:
    assert evidence.seed_everything(np.int64(5))["seed"] == 5  # type: ignore[arg-type]
