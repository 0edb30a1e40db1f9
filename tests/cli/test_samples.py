"""The command on stores that nobody here wrote; not one of their bytes changes."""

import hashlib
import json
import tarfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from scipy import stats

from shell import Assay
from sources.mlruns import START, Mlruns, write
from stores import Store

# Non-dominated runs by higher mean_accuracy and lower time_total_s, as the samples' description names them.
FRONT = {"9": "306702ef ebaa8c58 08ace987 23ec510d a6b00287", "8": "bf1ef1df 81b3f712 f1ee4707"}

pytestmark = pytest.mark.samples


@pytest.fixture(scope="session")
def unpacked(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    for archive in samples.glob("*.tar.gz"):
        with tarfile.open(archive) as packed:
            packed.extractall(folder / archive.name.removesuffix(".tar.gz"), filter="data")
    return folder


def store(unpacked: Path, name: str) -> Path:
    (found,) = (unpacked / name).rglob("mlruns")
    return found


def fingerprint(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        str(path.relative_to(folder)): (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
            path.stat().st_mtime_ns,
        )
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize(("name", "runs"), [("automl_tools", 829), ("bilevel_rl", 3), ("packt_hpo", 19)])
def test_all_runs_are_found_and_the_store_is_untouched(assay: Assay, unpacked: Path, name: str, runs: int) -> None:
    folder = store(unpacked, name)
    before = fingerprint(folder)
    found = assay("runs", "--json", "--all", "--tracking-uri", str(folder))
    assert found.code == 0
    assert len(found.object["runs"]) == runs
    grouped = assay("runs", "--json", "--group-by", "auto", "--tracking-uri", str(folder))
    assert grouped.code == 0
    assert fingerprint(folder) == before


@pytest.mark.parametrize("experiment", FRONT)
def test_the_known_front_is_among_the_runs(assay: Assay, unpacked: Path, experiment: str) -> None:
    folder = store(unpacked, "automl_tools")
    found = assay("runs", "--json", "--tracking-uri", str(folder), "--experiment", experiment).object["runs"]
    points = {
        run["run_id"][:8]: (-run["metrics"]["mean_accuracy"], run["metrics"]["time_total_s"])
        for run in found
        if {"mean_accuracy", "time_total_s"} <= set(run["metrics"])
    }
    front = {
        name
        for name, (a, t) in points.items()
        if not any(x <= a and y <= t and (x, y) != (a, t) for x, y in points.values())
    }
    assert front == set(FRONT[experiment].split())


@pytest.mark.parametrize(("experiment", "group_by"), [("9", "none"), ("8", "auto")])
def test_the_known_front_is_that_of_the_command(assay: Assay, unpacked: Path, experiment: str, group_by: str) -> None:
    folder = store(unpacked, "automl_tools")
    before = fingerprint(folder)
    found = assay(
        "tradeoffs", "--json", "--tracking-uri", str(folder), "--experiment", experiment, "--group-by", group_by,
        "--objective", "mean_accuracy:max", "--objective", "time_total_s:min",
    ).object  # fmt: skip
    assert [one["run_ids"][0][:8] for one in reversed(found["front"])] == FRONT[experiment].split()
    assert all(one["probability"] is None and "fewer than the 3" in one["reason"] for one in found["front"])
    assert len(found["front"]) + found["dominated"] + len(found["excluded"]) == found["configurations"] == 100
    assert fingerprint(folder) == before


def compare(assay: Assay, folder: Path, *options: str, code: int = 0) -> dict[str, Any]:
    """The JSON of `assay compare` over a store, of which not one byte changes."""
    before = fingerprint(folder)
    found = assay("compare", "--json", "--tracking-uri", str(folder), *options)
    assert found.code == code, found.err
    assert fingerprint(folder) == before
    return found.object


def test_depths_of_a_real_search_differ_in_accuracy(assay: Assay, unpacked: Path) -> None:
    found = compare(
        assay, store(unpacked, "automl_tools"), "--experiment", "9", "--metric", "mean_accuracy",
        "--baseline", "params.max_depth = '1'", "--candidate", "params.max_depth = '5'",
    )  # fmt: skip
    shallow, deep = found["baseline"], found["candidates"][0]
    expected: dict[str, list[float]] = {depth: [] for depth in "15"}
    for path in (store(unpacked, "automl_tools") / "9").glob("*/metrics/mean_accuracy"):
        depth = (path.parents[1] / "params" / "max_depth").read_text(encoding="utf-8").strip()
        if depth in expected:
            expected[depth].append(float(path.read_text(encoding="utf-8").split()[-2]))
    assert (shallow["n"], deep["n"]) == (len(expected["1"]), len(expected["5"])) == (15, 16)
    welch = stats.ttest_ind(expected["5"], expected["1"], equal_var=False)
    assert deep["difference"]["p_value"] == pytest.approx(welch.pvalue)
    assert deep["difference"]["interval"] == pytest.approx(list(welch.confidence_interval()))
    assert deep["difference"]["verdict"] == "better"
    assert not deep["difference"]["paired"]
    assert any("belong to 16 configurations" in warning for warning in found["warnings"])


def test_a_real_side_that_mixes_three_commits_is_warned_of(assay: Assay, unpacked: Path) -> None:
    found = compare(
        assay, store(unpacked, "automl_tools"), "--experiment", "breast_cancer", "--metric", "accuracy",
        "--baseline", "metrics.accuracy >= 0", "--candidate", "params.num_leaves = '62'",
    )  # fmt: skip
    assert found["commits"][0] == "032315a | 3f97d4f | b5358cc"
    assert any("its 400 runs are of 3 commits (032315a, 3f97d4f, b5358cc); they" in text for text in found["warnings"])


def test_a_real_run_against_failed_ones_is_too_few_with_every_run_accounted_for(assay: Assay, unpacked: Path) -> None:
    found = compare(
        assay, store(unpacked, "bilevel_rl"), "--metric", "eval/mean_reward",
        "--baseline", "params.reward_fn = 'delay'", "--candidate", "params.reward_fn = 'intrinsic'",
    )  # fmt: skip
    assert (found["direction"], found["direction_source"]) == ("maximize", "name")
    assert found["baseline"]["mean"] == pytest.approx(-200.721436)
    assert found["baseline"]["excluded"] == {"failed": 1}
    (candidate,) = found["candidates"]
    assert (candidate["n"], candidate["mean"], candidate["excluded"]) == (0, None, {"failed": 1})
    assert candidate["difference"]["verdict"] == "too_few"


def test_real_runs_of_several_experiments_are_too_few_and_of_unknown_direction(assay: Assay, unpacked: Path) -> None:
    found = compare(
        assay, store(unpacked, "packt_hpo"), "--all", "--metric", "foo",
        "--baseline", "params.param1 = '84'", "--candidate", "params.param1 = '44'",
    )  # fmt: skip
    assert found["direction_source"] == "assumed"
    assert (found["baseline"]["n"], found["candidates"][0]["n"]) == (3, 2)
    assert found["candidates"][0]["difference"]["verdict"] == "too_few"


@pytest.fixture(scope="session")
def pong(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, dict[str, list[float]]]:
    """The last full iteration of every training of every agent: nobody logged a seed."""
    (path,) = (unpacked / "dopamine_atari").rglob("pong.json")
    returns: dict[str, list[float]] = {}
    for row in json.loads(path.read_text(encoding="utf-8")):
        if row["Iteration"] == 198:
            returns.setdefault(row["Agent"], []).append(row["Value"])
    store = Store.sqlite(tmp_path_factory.mktemp("pong") / "mlflow.db")
    for agent, values in returns.items():
        for value in values:
            store.run("pong", params={"agent": agent, "game": "pong"}, metrics={"eval_return": value})
    return store, returns


def test_published_returns_of_agents_are_found_again(assay: Assay, pong: tuple[Store, dict[str, list[float]]]) -> None:
    found = assay("runs", "--json", "--group-by", "auto", "--tracking-uri", pong[0].uri)
    rows = {row["key"]["agent"]: row["metrics"]["eval_return"] for row in found.object["configurations"]}
    assert len(rows) == 6
    for agent, mean, std in (("C51", 19.34, 0.78), ("DQN", 16.61, 2.21), ("IQN", 20.13, 0.25)):
        assert rows[agent]["n"] == 5
        assert rows[agent]["mean"] == pytest.approx(mean, abs=0.005)
        assert rows[agent]["std"] == pytest.approx(std, abs=0.005)


def test_agents_without_seeds_are_compared_by_welch_and_holm(
    assay: Assay, pong: tuple[Store, dict[str, list[float]]]
) -> None:
    store, returns = pong
    found = assay(
        "compare", "--json", "--tracking-uri", store.uri, "--metric", "eval_return",
        "--baseline", "params.agent = 'DQN'",
        "--candidate", "params.agent = 'C51'", "--candidate", "params.agent = 'IQN'",
    ).object  # fmt: skip
    assert (found["direction"], found["direction_source"], found["comparisons"]) == ("maximize", "name", 2)
    expected = [stats.ttest_ind(returns[name], returns["DQN"], equal_var=False) for name in ("C51", "IQN")]
    adjusted = [max(2 * min(e.pvalue for e in expected), e.pvalue) for e in expected]
    for candidate, welch, p in zip(found["candidates"], expected, adjusted, strict=True):
        difference = candidate["difference"]
        assert not difference["paired"]
        assert "Welch" in difference["method"]
        assert difference["p_value"] == pytest.approx(welch.pvalue)
        assert difference["p_adjusted"] == pytest.approx(p)
        assert difference["interval"] == pytest.approx(list(welch.confidence_interval()))
        assert difference["verdict"] == ("better" if p < 0.05 else "not_shown")


@pytest.fixture(scope="session")
def atari(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, np.ndarray]]:
    """A folder store of every training of every agent on all games, whole; and how each ended: (agent, game, run)."""
    store, last = Mlruns(tmp_path_factory.mktemp("atari") / "mlruns"), dict[str, list[list[float]]]()
    store.experiment()
    for path in sorted((unpacked / "dopamine_atari").rglob("*.json")):
        rows = json.loads(path.read_text(encoding="utf-8"))
        for agent in dict.fromkeys(row["Agent"] for row in rows):
            values = np.array([row["Value"] for row in rows if row["Agent"] == agent]).reshape(5, 199)
            last.setdefault(agent, []).append(values[:, -1].tolist())
            for run in values.tolist():
                folder = store.run(uuid4().hex)
                write(folder / "params" / "agent", agent)
                write(folder / "params" / "game", path.stem)
                lines = (f"{START + at} {value!r} {at}\n" for at, value in enumerate(run))
                write(folder / "metrics" / "eval_return", "".join(lines))
    return store.root, {agent: np.array(games) for agent, games in last.items()}


def test_agents_are_compared_over_the_games_by_interquartile_means(
    assay: Assay, atari: tuple[Path, dict[str, np.ndarray]]
) -> None:
    store, returns = atari
    others = [agent for agent in returns if agent != "DQN"]
    candidates = [part for agent in others for part in ("--candidate", f"params.agent = '{agent}'")]
    found = assay(
        "compare", "--json", "--tracking-uri", str(store), "--metric", "eval_return", "--task-by", "game",
        "--normalise", "minmax", "--over-steps", "--baseline", "params.agent = 'DQN'", *candidates,
    ).object  # fmt: skip
    everybody = np.stack(list(returns.values()))
    low, high = everybody.min(axis=(0, 2))[:, None], everybody.max(axis=(0, 2))[:, None]
    scaled = {agent: (games - low) / (high - low) for agent, games in returns.items()}
    sides = [found["baseline"], *found["candidates"]]
    for agent, side in zip(["DQN", *others], sides, strict=True):
        assert side["value"] == pytest.approx(np.sort(scaled[agent], axis=None)[10:30].mean())
        assert side["interval"] == pytest.approx(drawn_again(scaled[agent]), abs=0.012)
        assert side["replicates"] == 40
    for agent, side in zip(others, found["candidates"], strict=True):
        apart = side["value"] - found["baseline"]["value"]
        assert side["difference"]["value"] == pytest.approx(apart)
        won = [
            np.mean(ours[:, None] > theirs) + np.mean(ours[:, None] == theirs) / 2
            for ours, theirs in zip(scaled[agent], scaled["DQN"], strict=True)
        ]
        improved = {one["label"]: one["value"] for one in found["tasks"]["aggregate"]["improvement"]["candidates"]}
        assert improved[side["label"]] == pytest.approx(np.mean(won))
    assert (found["comparisons"], len(found["tasks"]["per_task"])) == (5, 40)
    assert {side["difference"]["verdict"] for side in found["candidates"]} == {"better"}
    reached = found["tasks"]["efficiency"]
    assert (reached["runs"], reached["values"], reached["missing"]) == (240, 240 * 199, 0)
    assert (len(reached["steps"]), reached["steps"][0], reached["steps"][-1]) == (40, 0, 198)
    assert reached["baseline"]["values"][-1] == pytest.approx(found["baseline"]["value"])


def drawn_again(games: np.ndarray) -> list[float]:
    """95 % of what the interquartile mean is when four of the five runs of each game are drawn."""
    rng = np.random.default_rng(7)
    means = []
    for _ in range(4_000):
        runs = [rng.choice(game, 4) for game in games]
        means.append(np.sort(np.concatenate(runs))[8:24].mean())
    return [float(end) for end in np.quantile(means, [0.025, 0.975])]


@pytest.fixture(scope="session")
def providers(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, dict[tuple[str, str], float]]:
    """A run a provider and model size, with the mean over the requests that were answered, and what was published."""
    folder = unpacked / "llmperf"
    store, published = Store.sqlite(tmp_path_factory.mktemp("providers") / "mlflow.db"), {}
    for path in sorted(folder.rglob("individual/*.json")):
        provider, size = path.stem.split("_")
        requests = json.loads(path.read_text(encoding="utf-8"))
        latencies = [r["end_to_end_latency_s"] for r in requests if r["error_code"] is None]
        summary = json.loads((path.parents[1] / "summary" / path.name).read_text(encoding="utf-8"))
        published[provider, size] = summary["results_end_to_end_latency_s_mean"]
        store.run(
            "providers",
            params={"provider": provider, "model_size": size},
            metrics={"latency_s": sum(latencies) / len(latencies), "error_rate": 1 - len(latencies) / len(requests)},
        )
    return store, published


def test_published_latencies_of_providers_are_found_again(
    assay: Assay, providers: tuple[Store, dict[tuple[str, str], float]]
) -> None:
    store, published = providers
    runs = assay("runs", "--json", "--tracking-uri", store.uri).object["runs"]
    found = {(r["params"]["provider"], r["params"]["model_size"]): r["metrics"]["latency_s"] for r in runs}
    assert len(found) == 19
    assert found == pytest.approx(published)
    worst = max(runs, key=lambda r: r["metrics"]["error_rate"])
    assert worst["params"]["provider"] == "lepton"
    assert worst["metrics"]["error_rate"] == pytest.approx(130 / 150)


def test_providers_are_compared_over_the_models_that_both_serve(
    assay: Assay, providers: tuple[Store, dict[tuple[str, str], float]]
) -> None:
    store, published = providers
    found = assay(
        "compare", "--json", "--tracking-uri", store.uri, "--metric", "latency_s", "--pair-by", "model_size",
        "--baseline", "params.provider = 'together'", "--candidate", "params.provider = 'replicate'",
    ).object  # fmt: skip
    ours, theirs = ([published[name, size] for size in ("7b", "13b", "70b")] for name in ("replicate", "together"))
    paired = stats.ttest_rel(ours, theirs)
    difference = found["candidates"][0]["difference"]
    assert (found["direction"], difference["paired"], difference["pairs"]) == ("minimize", True, 3)
    assert difference["mean"] == pytest.approx(sum(ours) / 3 - sum(theirs) / 3)
    assert difference["p_value"] == pytest.approx(paired.pvalue)
    assert difference["verdict"] == ("worse" if paired.pvalue < 0.05 else "not_shown")


@pytest.fixture(scope="session")
def requests(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[dict[str, Any]]]]:
    """A folder store with a run for every request to a model of 70 billion parameters; those that failed as FAILED."""
    store, answers = Mlruns(tmp_path_factory.mktemp("requests") / "mlruns"), dict[str, list[dict[str, Any]]]()
    store.experiment()
    for path in sorted((unpacked / "llmperf").rglob("individual/*_70b.json")):
        provider = path.stem.split("_")[0]
        answers[provider] = json.loads(path.read_text(encoding="utf-8"))
        for one in answers[provider]:
            folder = store.run(uuid4().hex, status="FINISHED" if one["error_code"] is None else "FAILED")
            write(folder / "params" / "provider", provider)
            if one["error_code"] is None:
                for name in ("ttft_s", "request_output_throughput_token_per_s"):
                    write(folder / "metrics" / name, f"{START} {one[name]!r} 0\n")
    return store.root, answers


@pytest.mark.parametrize(("statistic", "front"), [("mean", ["groq"]), ("median", ["groq", "anyscale"])])
def test_the_front_of_providers_hangs_on_the_statistic_and_failed_requests_are_counted(
    assay: Assay, requests: tuple[Path, dict[str, list[dict[str, Any]]]], statistic: str, front: list[str]
) -> None:
    folder, answers = requests
    found = assay(
        "tradeoffs", "--json", "--tracking-uri", str(folder), "--statistic", statistic,
        "--objective", "request_output_throughput_token_per_s:max", "--objective", "ttft_s:min",
    ).object  # fmt: skip
    assert [one["key"]["provider"] for one in found["front"]] == front
    of = np.mean if statistic == "mean" else np.median
    for one in found["front"]:
        times = [own["ttft_s"] for own in answers[one["key"]["provider"]] if own["error_code"] is None]
        assert one["values"]["ttft_s"] == pytest.approx(float(of(times)))
        assert one["n"] == len(times)
    failed = {name: sum(own["error_code"] is not None for own in every) for name, every in answers.items()}
    listed = {
        one["label"].removeprefix("provider="): len(one["run_ids"])
        for one in found["excluded"]
        if one["reason"] == "failed"
    }
    assert listed == {name: n for name, n in failed.items() if n}
    assert (sum(map(len, answers.values())), sum(listed.values())) == (1195, 181)
    assert found["front"][0]["probability"] > 0.95
