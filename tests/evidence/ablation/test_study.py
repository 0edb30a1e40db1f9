import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import mlflow
import numpy as np
import pytest
from mlflow.entities import Run

from assay import evidence
from assay.errors import EvidenceError
from stores import SEEDS, Store

COMPONENTS = {"scaling": True, "pca": 32, "augmentation": True}


def score(*, scaling: bool = False, pca: int = 0, augmentation: bool = False, seed: int = 0) -> float:
    """Scaling carries it, pca does harm, augmentation nothing; what is drawn depends on everything that was drawn."""
    drawn = np.random.default_rng(seed).normal() + random.random() + np.random.rand()
    return 0.6 + 0.3 * scaling - 0.0005 * pca + 0.003 * augmentation + 0.01 * drawn


_PROGRAM = """
import sys
import time
from pathlib import Path
import mlflow
from assay import evidence
from evidence.ablation.test_study import COMPONENTS, score

uri, mark, seconds, go = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])
mlflow.set_tracking_uri(uri)

def slow(**left):
    with mark.open("a") as file:
        file.write(mlflow.active_run().info.run_id + chr(10))
    time.sleep(seconds)
    return score(**left)

def evaluator(*, scaling=False, pca=0, augmentation=False, seed=0):
    return slow(scaling=scaling, pca=pca, augmentation=augmentation, seed=seed)

print("ready", flush=True)
while not go.exists():
    time.sleep(0.001)
print(evidence.AblationStudy(COMPONENTS, evaluator, experiment="ablation").run(design="factorial"))
"""


def _environment() -> dict[str, str]:
    here = Path(__file__).parents[2]
    return os.environ | {"PYTHONPATH": f"{here}:{here.parent / 'lib'}", "MLFLOW_DISABLE_TELEMETRY": "true"}


def _started(uri: str, mark: Path, seconds: float = 0.0, go: Path = Path("/")) -> "subprocess.Popen[str]":
    """Evaluates every cell in `seconds` once the file `go` is there, a line in `mark` for each."""
    command = [sys.executable, "-c", _PROGRAM, uri, str(mark), str(seconds), str(go)]
    return subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE, text=True)


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[Store]:
    """The store that this process logs to."""
    store, before = Store.sqlite(tmp_path / "mlflow.db"), mlflow.get_tracking_uri()
    mlflow.set_tracking_uri(store.uri)
    store.client.create_experiment("ablation", (tmp_path / "artifacts").as_uri())
    yield store
    mlflow.set_tracking_uri(before)


def _runs(store: Store, status: str = "FINISHED") -> list[Run]:
    experiment = store.client.get_experiment_by_name("ablation")
    assert experiment is not None
    return list(store.client.search_runs([experiment.experiment_id], f"attributes.status = '{status}'"))


def _digits(store: Store) -> dict[str, dict[str, float]]:
    """Of every finished run by its name; a name that is there twice is an error."""
    runs = _runs(store)
    found = {str(run.info.run_name): dict(run.data.metrics) for run in runs}
    assert len(found) == len(runs)
    return found


def _study(evaluator: Any = score, components: Any = COMPONENTS, **options: Any) -> evidence.AblationStudy:
    return evidence.AblationStudy(components, evaluator, **{"experiment": "ablation", **options})


# In this process, as the guide has it


def test_each_component_is_taken_out_and_the_largest_contribution_comes_first() -> None:
    scores = {"A": 71.5, "B": 76.9, "C": 65.2, "D": 77.8}
    calls: list[dict[str, Any]] = []

    def evaluator(**left: Any) -> float:
        calls.append(left)
        [gone] = {*scores} - {*left} or {""}
        return scores.get(gone, 78.2)

    study = evidence.AblationStudy([*scores], evaluator, critical=5, removable=1)
    assert study.run_full() == 78.2
    assert study.run_ablation("C") == 65.2
    found = study.analyze()
    assert [*found] == ["full_score", "contributions", "critical_components", "removable_components"]
    assert found["full_score"] == 78.2
    assert [(name, round(gain, 9)) for name, gain in found["contributions"].items()] == [
        ("C", 13.0),
        ("A", 6.7),
        ("B", 1.3),
        ("D", 0.4),
    ]
    assert (found["critical_components"], found["removable_components"]) == (["C", "A"], ["D"])
    assert len(calls) == 5
    assert {"seed"} & {key for call in calls for key in call} == set()


def test_for_errors_what_makes_it_smaller_contributes_and_equal_ones_keep_their_order() -> None:
    def rmse(*, a: bool = False, b: bool = False, c: bool = False) -> float:
        return 1.0 - 0.25 * b - 0.5 * (a and c) - 0.0 * a

    found = evidence.AblationStudy(["b", "c", "a"], rmse, direction="minimize").analyze()
    assert found["contributions"] == {"c": 0.5, "a": 0.5, "b": 0.25}
    assert [*found["contributions"]] == ["c", "a", "b"]


def test_several_are_removed_at_once_and_nothing_or_a_stranger_is_refused() -> None:
    study = evidence.AblationStudy({"a": 2, "b": 3}, lambda a=0, b=0: a + 10 * b)
    assert study.run_ablation(["a", "b"]) == 0
    assert study.run_ablation("a") == 30
    with pytest.raises(EvidenceError, match="Nothing is to be removed"):
        study.run_ablation([])
    with pytest.raises(EvidenceError, match="no component 'ab'; there are a, b"):
        study.run_ablation("ab")


def test_a_seed_is_given_to_whoever_names_it_and_all_generators_are_seeded_for_everybody() -> None:
    seeds: list[object] = []

    def named(seed: int, **left: Any) -> float:
        seeds.append(seed)
        return random.random()

    def unnamed(**left: Any) -> float:
        seeds.append(left.get("seed"))
        return random.random()

    first = evidence.AblationStudy(["a"], named).run_full(seed=7)
    assert evidence.AblationStudy(["a"], unnamed).run_full(seed=7) == first
    assert evidence.AblationStudy(["a"], unnamed).run_full(seed=8) != first
    assert seeds == [7, None, None]


def test_of_several_metrics_the_score_has_to_be_named() -> None:
    def evaluator(a: bool = False) -> dict[str, float]:
        return {"accuracy": 0.5 + 0.25 * a, "f1": 0.5}

    with pytest.raises(EvidenceError, match="returned accuracy, f1; say which is the score"):
        evidence.AblationStudy(["a"], evaluator).run_full()
    assert evidence.AblationStudy(["a"], evaluator, metric="accuracy").analyze()["contributions"] == {"a": 0.25}
    with pytest.raises(EvidenceError, match="no 'auc'"):
        evidence.AblationStudy(["a"], evaluator, metric="auc").run_full()


# In the store


def test_every_cell_and_seed_is_a_run_that_reads_back(logged: Store) -> None:
    done = _study(metric="accuracy").run()
    assert (done.finished, done.known, done.failed, done.left) == (20, 0, {}, {})
    cells = Counter(
        (*(run.data.params[name] for name in COMPONENTS), run.data.params.get("pca_value")) for run in _runs(logged)
    )
    assert cells == {
        ("on", "on", "on", "32"): 5,
        ("off", "on", "on", "32"): 5,
        ("on", "off", "on", None): 5,
        ("on", "on", "off", "32"): 5,
    }
    for run in _runs(logged):
        assert {*run.data.params} <= {*COMPONENTS, "pca_value", "seed"}
        assert {*run.data.metrics} == {"accuracy"}
        assert str(run.info.run_name).endswith(f", seed {run.data.params['seed']}")
        assert run.data.tags["assay.ablation.study"] == "ablation"
        assert len(run.data.tags["assay.ablation.components"]) == 64
        assert "assay.ablation.hypothesis" not in run.data.tags
        assert "mlflow.parentRunId" not in run.data.tags
    assert Counter(run.data.params["seed"] for run in _runs(logged)) == dict.fromkeys(map(str, SEEDS), 4)
    assert mlflow.active_run() is None


def test_a_factorial_design_has_all_cells_and_comparisons_are_whole_before_the_rest_begins(logged: Store) -> None:
    assert _study().run((1, 2), design="factorial").finished == 16
    in_order = [run.info.run_name for run in sorted(_runs(logged), key=lambda run: run.info.end_time)]
    assert in_order[:4] == [
        "full, seed 1",
        "without scaling, seed 1",
        "without pca, seed 1",
        "without augmentation, seed 1",
    ]
    assert in_order[4] == "full, seed 2"
    rest = ["only augmentation", "only pca", "only scaling", "none"]
    assert in_order[8:] == [f"{name}, seed {seed}" for seed in (1, 2) for name in rest]


def test_the_analysis_takes_the_means_over_the_seeds_that_ran(logged: Store) -> None:
    study = _study()
    study.run((1, 2, 3))
    found, digits = study.analyze(), _digits(logged)
    gains = [digits[f"full, seed {s}"]["score"] - digits[f"without scaling, seed {s}"]["score"] for s in (1, 2, 3)]
    assert found["contributions"]["scaling"] == pytest.approx(sum(gains) / 3, abs=1e-15)
    assert found["critical_components"] == ["scaling"]
    assert found["removable_components"] == ["augmentation", "pca"]
    assert study.run_full(seed=2) == digits["full, seed 2"]["score"]


def test_what_is_finished_is_known_by_another_process_to_be_and_other_values_are_another_study(logged: Store) -> None:
    calls: list[int] = []

    def counted(**left: Any) -> float:
        calls.append(1)
        mlflow.log_metric("loss", 3.0)
        return len(left)

    _study(counted).run((1, 2))
    again = _study(counted)
    assert (again.run((1, 2, 3)).known, len(calls)) == (8, 12)
    assert again.analyze()["full_score"] == 3
    assert len(calls) == 12
    reordered = {name: COMPONENTS[name] for name in reversed(COMPONENTS)}
    assert _study(counted, reordered).run((1, 2, 3)).known == 12
    assert _study(counted, {**COMPONENTS, "pca": 16}).run((1,)).known == 0
    assert _study(counted, name='it\'s "another"').run((1,)).known == 0
    assert _study(counted, name='it\'s "another"').run((1,)).known == 4
    assert _study(counted, experiment="elsewhere").run((1,)).known == 0


def test_a_deleted_run_is_evaluated_again(logged: Store) -> None:
    _study().run((1,))
    logged.client.delete_run(_runs(logged)[0].info.run_id)
    done = _study().run((1,))
    assert (done.finished, done.known) == (1, 3)


def test_a_cell_that_raises_fails_alone_says_why_and_is_tried_again(logged: Store) -> None:
    broken = {"is": True}

    def evaluator(*, scaling: bool = False, seed: int = 0, **left: Any) -> float:
        if broken["is"] and not scaling and seed == 123:
            raise ValueError("x" * 5000)
        return score(scaling=scaling, seed=seed, **left)

    study = _study(evaluator)
    done = study.run()
    assert (done.finished, [*done.failed]) == (19, ["without scaling, seed 123"])
    [failed] = _runs(logged, "FAILED")
    said = done.failed["without scaling, seed 123"]
    assert said == failed.data.tags["assay.ablation.error"]
    assert said.startswith("ValueError: xxx")
    assert len(said) == 1000
    assert failed.data.params["scaling"] == "off"
    assert study.analyze()["contributions"]["scaling"] > 0.2
    broken["is"] = False
    done = study.run()
    assert (done.finished, done.known, done.failed) == (1, 19, {})


class WordlessError(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no words")


def test_an_exception_that_cannot_say_what_it_is_fails_its_cell_alone(logged: Store) -> None:
    def evaluator(*, a: bool = False, b: bool = False) -> float:
        if not a:
            raise WordlessError
        return 1.0 + b

    found = _study(evaluator, ["a", "b"]).run([1])
    assert (found.finished, found.failed) == (2, {"without a, seed 1": "WordlessError"})


def test_what_an_evaluation_does_to_a_component_is_not_the_next_ones(logged: Store) -> None:
    options = {"name": "adam", "betas": [0.9, 0.99]}

    def evaluator(*, optimizer: Any = None, weights: Any = None, extra: bool = False) -> float:
        if optimizer:
            optimizer.pop("name")
            optimizer["betas"].append(0.999)
        if weights is not None:
            weights[0] += 1.0
        return float(extra)

    components = {"optimizer": options, "weights": np.zeros(2), "extra": True}
    assert _study(evaluator, components).run([1, 2], "factorial").failed == {}
    assert options == {"name": "adam", "betas": [0.9, 0.99]}
    values = {
        name: {run.data.params.get(name) for run in _runs(logged)} for name in ("optimizer_value", "weights_value")
    }
    assert values == {
        "optimizer_value": {None, '{"betas": [0.9, 0.99], "name": "adam"}'},
        "weights_value": {None, "[0.0, 0.0]"},
    }


_FORKS = """
import os, sys
import mlflow
from assay import evidence
uri, how = sys.argv[1:]
mlflow.set_tracking_uri(uri)

def evaluator(*, a=False, b=False):
    child = os.fork()
    if not child:
        if how == "exits":
            sys.exit(3)
        raise ValueError("of a child")
    os.waitpid(child, 0)
    print("PARENT", mlflow.MlflowClient().get_run(mlflow.active_run().info.run_id).info.status, flush=True)
    return 1.0 + a + b

found = evidence.AblationStudy(["a", "b"], evaluator, experiment="ablation").run([1])
print("RAN", found.finished, len(found.failed), flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize("how", ["exits", "raises"])
def test_a_child_that_an_evaluation_forks_ends_neither_its_run_nor_the_study(logged: Store, how: str) -> None:
    found = subprocess.run(
        [sys.executable, "-c", _FORKS, logged.uri, how], env=_environment(), capture_output=True, text=True, check=True
    )
    said = found.stdout.splitlines()
    assert (said.count("PARENT RUNNING"), said.count("RAN 3 0"), len(said)) == (3, 1, 4)
    assert len(_digits(logged)) == 3


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        (float("nan"), "returned nan as score, which is no finite number"),
        ({"f1": 0.5, "loss": float("inf")}, "returned inf as loss"),
        (None, "returned None as score, which is no number"),
        ({}, "returned no metric"),
        ({"f1": "0.5"}, "returned '0.5' as f1, which is no number"),
    ],
)
def test_what_is_no_number_is_a_failed_run(logged: Store, returned: object, said: str) -> None:
    done = _study(lambda **_: returned).run((1,))
    assert (done.finished, len(done.failed)) == (0, 4)
    assert all(said in text for text in done.failed.values())
    assert all(run.data.metrics == {} for run in _runs(logged, "FAILED"))


@pytest.mark.parametrize("raised", [KeyboardInterrupt, SystemExit])
def test_who_interrupts_it_leaves_a_killed_run_and_is_heard(logged: Store, raised: type[BaseException]) -> None:
    def evaluator(*, pca: int = 0, **left: Any) -> float:
        if not pca:
            raise raised
        return 1.0

    with pytest.raises(raised):
        _study(evaluator).run((1,))
    assert mlflow.active_run() is None
    assert [run.info.run_name for run in _runs(logged, "KILLED")] == ["without pca, seed 1"]
    assert not _runs(logged, "RUNNING")
    done = _study(lambda **_: 1.0).run((1,))
    assert (done.finished, done.known) == (2, 2)


def test_killed_at_any_cell_and_resumed_it_has_every_cell_once_and_the_digits_of_one_that_was_not(
    logged: Store, tmp_path: Path
) -> None:
    for kills, at in enumerate((1, 4, 3), start=1):
        mark = tmp_path / f"mark{kills}"
        with _started(logged.uri, mark, 0.05) as process:
            while not mark.exists() or mark.read_text().count("\n") < at:
                assert process.poll() is None, "it ended before it was killed"
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert len(_runs(logged, "RUNNING")) == 1
    done = _study().run(design="factorial")
    assert done.finished + done.known == 40
    assert done.known >= 5
    assert (done.failed, done.left) == ({}, {})
    assert len(_runs(logged, "KILLED")) == 3
    assert not _runs(logged, "RUNNING")
    resumed = _digits(logged)
    undisturbed = Store.sqlite(tmp_path / "undisturbed" / "mlflow.db")
    mlflow.set_tracking_uri(undisturbed.uri)
    _study().run(design="factorial")
    assert resumed == _digits(undisturbed)
    assert len(resumed) == 40


def test_two_processes_at_once_share_the_cells_and_evaluate_each_once(logged: Store, tmp_path: Path) -> None:
    marks = tmp_path / "one", tmp_path / "other"
    go = tmp_path / "go"
    with _started(logged.uri, marks[0], go=go) as one, _started(logged.uri, marks[1], go=go) as other:
        for process in (one, other):
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        go.touch()
        said = one.communicate()[0], other.communicate()[0]
    assert all("failed={}" in text for text in said), said
    evaluated = [run_id for mark in marks if mark.exists() for run_id in mark.read_text().split()]
    assert len(evaluated) == len({*evaluated}) == 40
    assert {run.info.run_id for run in _runs(logged)} == {*evaluated}
    assert len(_digits(logged)) == 40
    assert not _runs(logged, "RUNNING")
    assert not _runs(logged, "KILLED")


def test_what_a_living_process_is_at_is_left_to_it_and_said(logged: Store, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    with _started(logged.uri, mark, 600) as process:
        while not mark.exists():
            assert process.poll() is None
        done = _study().run((42, 123))
        process.kill()
    assert done.finished == 7
    [(cell, who)] = done.left.items()
    assert cell == "full, seed 42"
    assert who.startswith(f"process {process.pid} on ")
    assert _study().run((42, 123)).finished == 1


def test_what_somebody_finished_meanwhile_is_known_in_the_end(logged: Store) -> None:
    entered, go = threading.Event(), threading.Event()

    def patient(**left: Any) -> float:
        entered.set()
        go.wait(60)
        return 1.0

    def quick(**left: Any) -> float:
        go.set()
        other.join(60)
        return 2.0

    other = threading.Thread(target=lambda: _study(patient).run((1,)))
    other.start()
    entered.wait(60)
    done = _study(quick).run((1,))
    assert done.left == {}
    assert (done.finished + done.known, len(_digits(logged))) == (4, 4)


def test_what_the_evaluator_logs_is_in_its_cells_run_and_what_it_returns_is_the_last_value(logged: Store) -> None:
    def evaluator(**left: Any) -> dict[str, float]:
        for step in range(5):
            mlflow.log_metric("accuracy", 0.9, step=step)
        mlflow.start_run(nested=True)  # left open
        return {"accuracy": np.float32(0.1)}  # type: ignore[dict-item]

    with mlflow.start_run(experiment_id=logged.experiment("ablation")) as outer:
        assert _study(evaluator, ["a"]).run((1,)).finished == 2
        active = mlflow.active_run()
        assert active is not None
        assert active.info.run_id == outer.info.run_id
    cells = [run for run in _runs(logged) if "seed" in run.data.params]
    assert {run.data.metrics["accuracy"] for run in cells} == {float(np.float32(0.1))}
    assert {run.data.tags["mlflow.parentRunId"] for run in cells} == {outer.info.run_id}


def test_an_evaluator_that_ends_its_run_itself_does_not_confuse_the_next(logged: Store) -> None:
    def evaluator(**left: Any) -> float:
        mlflow.end_run("KILLED")
        return 1.0

    assert _study(evaluator, ["a", "b"]).run((1,)).finished == 3
    assert len(_digits(logged)) == 3


def test_the_active_experiment_is_the_one_that_is_logged_to(logged: Store) -> None:
    mlflow.set_experiment("ablation")
    assert _study(experiment=None).run((1,)).finished == 4
    assert _study().run((1,)).known == 4
    logged.client.delete_experiment(logged.experiment("ablation"))
    with pytest.raises(EvidenceError, match="experiment 'ablation' is deleted"):
        _study().run((1,))


def test_in_an_mlflow_project_its_run_is_the_one_above_the_cells(
    logged: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = logged.run("ablation", name="project", status=None)
    monkeypatch.setenv("MLFLOW_RUN_ID", project)
    assert _study().run((1,)).finished == 4
    mlflow.end_run()
    names = [run.info.run_name for run in _runs(logged)]
    assert sorted(map(str, names)) == [
        "full, seed 1",
        "project",
        "without augmentation, seed 1",
        "without pca, seed 1",
        "without scaling, seed 1",
    ]


def test_the_plans_hypothesis_and_questions_are_tags_and_its_arms_are_run_too(logged: Store) -> None:
    plan: Mapping[str, Any] = {
        "ablation": {
            "hypothesis": "Scaling carries it.",
            "experiments": [
                {"name": "without_scaling", "question": "What is it worth?"},
                {"name": "none", "question": "Where do we start?"},
            ],
        }
    }
    assert _study(plan=plan).run((1,)).finished == 5
    tags = {run.info.run_name: run.data.tags for run in _runs(logged)}
    assert {own["assay.ablation.hypothesis"] for own in tags.values()} == {"Scaling carries it."}
    asked = {name: own.get("assay.ablation.question") for name, own in tags.items()}
    assert asked == {
        "full, seed 1": None,
        "without scaling, seed 1": "What is it worth?",
        "without pca, seed 1": None,
        "without augmentation, seed 1": None,
        "none, seed 1": "Where do we start?",
    }


# What is refused before anything runs


@pytest.mark.parametrize(
    ("seeds", "said"),
    [
        ((), "There are no seeds"),
        ((1, 2, 1), "seed 1 is there twice"),
        ((1.5,), "A seed is 1.5"),
        ((True,), "A seed is True"),
        ((-1,), "A seed is -1"),
        ("42", "The seeds are '42'"),
        (42, "The seeds are 42"),
    ],
)
def test_seeds_that_pair_nothing_are_refused(logged: Store, seeds: Any, said: str) -> None:
    with pytest.raises(EvidenceError, match=said):
        _study().run(seeds)
    assert not _runs(logged)


def test_thirteen_factors_another_design_and_values_nobody_can_tell_apart_are_refused(logged: Store) -> None:
    thirteen = _study(lambda **_: 1.0, [f"c{n}" for n in range(13)])
    with pytest.raises(EvidenceError, match=r"13 components has 2\^13 = 8,192 cells"):
        thirteen.run(design="factorial")
    with pytest.raises(EvidenceError, match="'taguchi'; there are leave-one-out and factorial"):
        _study().run(design="taguchi")  # type: ignore[arg-type]
    with pytest.raises(EvidenceError, match="value of component 'a' is .*could not tell from others"):
        _study(lambda **_: 1.0, {"a": lambda: 0}).run()
    assert not _runs(logged)
    assert not _runs(logged, "RUNNING")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"direction": "up"}, "direction is 'up'"),
        ({"critical": 0.01, "removable": 0.05}, "Critical is 0.01 and removable 0.05"),
        ({"critical": float("nan")}, "Critical is nan"),
        ({"name": " "}, "study is called ' '"),
    ],
)
def test_options_that_mean_nothing_are_refused(options: Mapping[str, Any], said: str) -> None:
    with pytest.raises(EvidenceError, match=said):
        _study(**options)
