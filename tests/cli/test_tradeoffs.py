"""`assay tradeoffs`, called as a shell would."""

from pathlib import Path

import pytest

from looking import synced
from shell import Assay, Result
from stores import Store


@pytest.fixture
def asked(assay: Assay, trades: Store, tmp_path_factory: pytest.TempPathFactory) -> Assay:
    folder = _folder(trades, tmp_path_factory)

    def call(*options: str) -> Result:
        where = ("--tracking-uri", trades.uri, "--experiment", "serving", "--no-sync")
        found: Result = assay("tradeoffs", *where, *options, data=folder)
        return found

    return call


_FOLDERS: dict[str, Path] = {}


def _folder(store: Store, factory: pytest.TempPathFactory) -> Path:
    if store.uri not in _FOLDERS:
        _FOLDERS[store.uri] = synced(store, factory.mktemp("data"))
    return _FOLDERS[store.uri]


BOTH = ("--objective", "accuracy:max", "--objective", "latency_ms:min")


def test_the_json_is_the_documented_one(asked: Assay) -> None:
    found = asked(
        *BOTH, "--json", "--baseline", "params.model = 'small'", "--candidate", "params.model = 'slow'"
    ).object
    assert found["statistic"] == "mean"
    assert [one["metric"] for one in found["objectives"]] == ["accuracy", "latency_ms"]
    assert [one["direction_source"] for one in found["objectives"]] == ["option", "option"]
    assert [one["label"] for one in found["front"]] == ["large", "small", "<b>fast</b>"]
    assert [one["label"] for one in found["possible"]] == ["close"]
    assert (found["configurations"], found["dominated"]) == (5, 1)
    first, fast = found["front"][0], found["front"][-1]
    assert first["key"] == {"model": "large"}
    assert first["values"] == pytest.approx({"accuracy": 0.95, "latency_ms": 20.0})
    assert first["intervals"]["accuracy"][0] < 0.95 < first["intervals"]["accuracy"][1]
    assert (first["state"], first["to_baseline"]) == ("on_front", "mixed")
    assert first["probability"] >= 0.95
    assert fast["probability"] is None
    assert "1 replicate is fewer than the 3" in fast["reason"]
    assert (found["candidate"]["label"], found["candidate"]["state"]) == ("slow", "beaten")
    assert found["baseline"]["to_baseline"] == "baseline"
    assert (found["candidate"]["beaten_by"], first["beaten_by"]) == ("large", None)
    assert (found["scorecard"], found["limits"]) == ("guide", {})
    assert first["thresholds"] is None
    reasons = {(one["label"], one["reason"], one["whole"]) for one in found["excluded"]}
    assert {("mute", "latency_ms not logged", True), ("slow", "failed", False)} <= reasons
    assert set(found["hypervolume"]["reference"]) == {"accuracy", "latency_ms"}
    assert any("without a probability" in text for text in found["warnings"])


def test_people_get_the_sentence_first_and_markdown(asked: Assay) -> None:
    found = asked(*BOTH)
    lines = found.out.splitlines()
    assert lines[0] == (
        "On the front of accuracy and latency_ms: large, small and <b>fast</b>, of 5 configurations; 1 more may be."
    )
    assert lines[2].startswith("| configuration | accuracy, % | latency\\_ms |")
    assert any(line.startswith("| \\<b\\>fast") for line in lines)
    assert "5 runs left out" in found.out
    assert "run of mute, latency_ms not logged" in found.out
    assert "Hypervolume" in found.out
    assert "without a probability of being on the front" in found.err


def test_single_runs_medians_and_unknown_values_can_be_asked_for(asked: Assay) -> None:
    assert asked(*BOTH, "--json", "--group-by", "none").object["configurations"] == 21
    cheap = ("--objective", "accuracy:max", "--objective", "cost_usd:min", "--json")
    told = asked(*cheap, "--unknown", "cost_usd=0", "--statistic", "median", "--group-by", "model").object
    assert (told["statistic"], told["group_by"]) == ("median", ["model"])
    small = next(one for one in (*told["front"], *told["possible"]) if one["key"]["model"] == "small")
    assert (small["replicates"], small["values"]["cost_usd"]) == (2, pytest.approx(0.01))
    assert any(one["code"] == "unknown" for one in told["excluded"])


def test_a_reference_is_part_of_the_answer(asked: Assay) -> None:
    given = asked(*BOTH, "--json", "--reference", "latency_ms=50", "--reference", "accuracy=0.5").object
    assert given["hypervolume"]["reference"] == {"accuracy": 0.5, "latency_ms": 50.0}


def test_without_objectives_the_policy_chooses(asked: Assay) -> None:
    found = asked("--json").object
    assert len(found["objectives"]) == 2
    assert found["objectives"][0]["metric"] == "accuracy"


def test_one_objective_is_a_ranking(asked: Assay) -> None:
    found = asked("--objective", "accuracy")
    assert found.out.startswith("mute and odd lead 7 configurations by accuracy by value alone.")
    assert "is a ranking" in found.out


@pytest.mark.parametrize(
    ("options", "match"),
    [
        (("--objective", "acuracy"), "no metric and no set of objectives 'acuracy'"),
        (("--objective", "accuracy:max", "--objective", "accuracy:min"), "high and low at once"),
        ((*BOTH, "--unknown", "latency_ms"), "is no METRIC=VALUE"),
        ((*BOTH, "--unknown", "latency_ms=nan"), "is no METRIC=VALUE"),
        ((*BOTH, "--reference", "latency_ms=3"), "it must name every objective: accuracy, latency_ms"),
        ((*BOTH, "--reference", "latency_ms=3", "--reference", "latency_ms=4"), "The reference names latency_ms twice"),
        (("--objective", "serving"), "No run found logged ttft_ms or throughput_qps or cost_per_1k_queries_usd of the"),
        ((*BOTH, "--candidate", ""), "Invalid value for '--candidate': it is empty and would find every run"),
        ((*BOTH, "--baseline", "  "), "Invalid value for '--baseline': it is empty and would find every run"),
        ((*BOTH, "--scorecard", "theirs"), "no scorecard 'theirs'"),
        ((*BOTH, "--group-by", "modell"), "no param 'modell'"),
        (
            (*BOTH, "--group-by", "none,model"),
            "'none' makes single runs and stands alone; keep it, or the params to group by: model.",
        ),
        ((*BOTH, "--statistic", "p99"), "is not one of 'mean', 'median'"),
        ((*BOTH, "--filter", "modell = 3"), "modell"),
    ],
)
def test_what_cannot_be_asked_is_one_line_and_code_2(asked: Assay, options: tuple[str, ...], match: str) -> None:
    found = asked(*options)
    assert found.code == 2
    assert found.out == ""
    [line] = found.err.splitlines()
    assert match in line


def test_a_reference_longer_than_any_name_is_said_in_short(asked: Assay) -> None:
    found = asked(*BOTH, "--reference", f"{'x' * 10_000}=1")
    assert found.code == 2
    assert "--reference names xxx" in found.err
    assert len(found.err) < 600


def test_nothing_that_carries_all_objectives_is_a_sentence_and_no_error(asked: Assay) -> None:
    found = asked(*BOTH, "--filter", "params.model = 'odd'")
    assert found.code == 0
    assert found.out.startswith("Of 2 runs none that counts carries accuracy and latency_ms, so there is no front.")
    empty = asked(*BOTH, "--json", "--filter", "params.model = 'odd'").object
    assert (empty["front"], empty["configurations"]) == ([], 0)
    assert len(empty["excluded"]) == 2


def test_the_json_says_what_was_asked(asked: Assay) -> None:
    base, other = "params.model = 'small'", "params.model != 'odd'"
    given = (
        "--baseline",
        base,
        "--filter",
        other,
        "--unknown",
        "cost_usd=0",
        "--unknown",
        "cost_usd=-1",
        "--seed",
        "7",
    )
    limits = ("--reference", "latency_ms=50", "--reference", "accuracy=0.5", "--draws", "200", "--group-by", "model")
    found = asked(*BOTH, *given, *limits, "--ignore", "seed", "--all", "--json").object
    assert found["correction"] == "holm"
    assert found["asked"] == {
        "objectives": ["accuracy:max", "latency_ms:min"], "experiments": ["serving"], "filter": other, "deleted": True,
        "group_by": ["model"], "ignore": ["seed"], "statistic": "mean", "baseline": base, "candidate": None,
        "unknown": {"cost_usd": [0.0, -1.0]}, "reference": {"accuracy": 0.5, "latency_ms": 50.0}, "card": None,
        "seed": 7, "draws": 200,
    }  # fmt: skip
    usual = asked(*BOTH, "--json").object["asked"]
    assert (usual["filter"], usual["group_by"], usual["reference"], usual["unknown"]) == (None, "auto", None, {})
