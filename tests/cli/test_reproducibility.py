"""`assay reproducibility`, called as a shell would."""

from pathlib import Path

import pytest

import recording
from assay.model.evidence.record import RecordCheck
from looking import synced
from scored import Scored
from shell import Assay, Result


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    return recording.filled(tmp_path_factory.mktemp("recording"))


@pytest.fixture(scope="module")
def folder(held: Scored, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synced(held, tmp_path_factory.mktemp("recording-data"))


@pytest.fixture
def asked(assay: Assay, held: Scored, folder: Path) -> Assay:
    def call(*options: str, experiment: str = "digits") -> Result:
        where = ("--tracking-uri", held.uri, "--no-sync", *(("--experiment", experiment) if experiment else ()))
        found: Result = assay("reproducibility", *where, *options, data=folder)
        return found

    return call


def test_people_get_the_sentence_the_tables_and_a_line_a_finding(asked: Assay) -> None:
    found = asked()
    assert found.code == 1
    lines = found.out.splitlines()
    assert lines[0] == (
        "One repeat of k-nearest disagrees though nothing on record differs. "
        "Two of four configurations can be run again."
    )
    assert lines[2].split() == ["configuration", "data", "version", "logging", "repeats"]
    assert next(line for line in lines if line.startswith("k-nearest ")).split()[-2:] == ["✕", "fail"]
    assert "training data  mlp-v2  1 run: digits bbbb2222  8 runs: digits aaaa1111  ! warn" in found.out
    [repeat] = [line for line in lines if line.startswith("k-nearest, seed 2  ")]
    assert "✕ disagrees" in repeat
    assert "nothing on record" in repeat
    assert "accuracy 0.6 points" in repeat
    assert any("✓ reproduced" in line and " commit " in line for line in lines if line.startswith("svc, seed 1"))
    assert any(
        line.startswith("! warn: data version, mlp-v2: The 3 runs of this configuration used 2 versions of the data")
        for line in lines
    )
    assert "k-nearest, seed 2: accuracy 96.6 and 97.1 %. Nothing on record differs" in found.out
    assert "1 metric left out of repeats (latency_p50_ms)" in lines[-1]


def test_the_json_is_the_documented_one(asked: Assay) -> None:
    found = asked("--json")
    assert (found.code, found.err) == (1, "")
    made = found.object
    assert (made["rows"], made["found"], made["read"], made["aside"]) == (10, 10, 10, ["latency_p50_ms"])
    assert [one["check"] for one in made["runs"][0]["checks"]] == [*RecordCheck]
    assert made["summary"]["repeats"] == {"pass": 2, "not_logged": 4, "warn": 2, "fail": 2}
    assert [one["element"] for one in made["elements"]] == [
        "code",
        "data_access",
        "data_version",
        "logging",
        "pipeline",
    ]
    data = next(one for one in made["differences"] if one["kind"] == "data")
    assert (data["field"], data["status"], data["parts"]) == ("train", "warn", ["mlp-v2"])
    assert sorted(set(data["values"].values())) == ["digits aaaa1111", "digits bbbb2222"]
    worst, other, agreed = made["repeats"]
    assert (worst["label"], worst["seed"], worst["status"], worst["across"]) == ("k-nearest", "2", "fail", [])
    apart = worst["largest_difference"]
    assert (apart["metric"], apart["unit"], round(apart["difference"], 4)) == ("accuracy", "share", 0.0056)
    assert (other["status"], other["across"]) == ("warn", [{"kind": "data", "field": "train"}])
    assert (agreed["identical"], agreed["largest_difference"], agreed["across"]) == (
        True, None, [{"kind": "code", "field": "commit"}],
    )  # fmt: skip


def test_against_others_only_what_differs_from_them_is_told(asked: Assay) -> None:
    found = asked("--json", "--filter", "params.model = 'svc'", "--against", "params.model = 'mlp-v2'")
    assert found.code == 0
    data = next(one for one in found.object["differences"] if one["kind"] == "data")
    assert ({*data["values"].values()}, {*data["against"].values()}) == (
        {"digits aaaa1111"}, {"digits aaaa1111", "digits bbbb2222"},
    )  # fmt: skip


def test_the_file_is_printed_or_written_and_a_run_is_meant_by_id_its_beginning_or_name(
    asked: Assay, held: Scored, tmp_path: Path
) -> None:
    [run] = held.client.search_runs([held.experiment("digits")], "params.model = 'mlp-v2' and params.seed = '2'")
    printed = asked("--reproduce", "mlp-v2 2")
    assert (printed.code, printed.err) == (0, "")
    assert printed.out.startswith("# How to run `mlp-v2, seed 2` again\n")
    file = tmp_path / "REPRODUCE.md"
    file.write_text("an older one")
    written = asked("--reproduce", run.info.run_id[:10], "-o", str(file), experiment="")
    assert (written.code, written.out) == (0, "")
    assert file.read_text(encoding="utf-8") == printed.out
    made = asked("--reproduce", run.info.run_id, "--json").object
    assert made["markdown"] == printed.out
    assert [one["code"] for one in made["missing"]] == ["no_container"]
    assert {one["metric"]: one["tolerance"] for one in made["expected"]} == {"accuracy": None, "latency_p50_ms": None}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--experiment", "nowhere"), "nowhere"),
        (("--against", "accuracy > 0.9"), "accuracy"),
        (("--reproduce", "nobody"), "no run 'nobody'"),
        (("--reproduce", ""), "no run ''"),
        (("--reproduce", "svc 1"), "2 runs are meant by svc 1"),
        (("-o", "REPRODUCE.md"), "give both"),
        (("--reproduce", "svc 2", "-o", "/nowhere/at/all.md"), "/nowhere/at/all.md cannot be written"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(asked: Assay, options: tuple[str, ...], said: str) -> None:
    found = asked(*options, experiment="")
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("assay: ")
    assert said in found.err
    assert found.err.count("\n") == 1


def test_nothing_on_record_and_no_run_at_all_are_answers(asked: Assay) -> None:
    bare = asked(experiment="bare")
    assert bare.code == 0
    assert bare.out.startswith("Nothing that a second run needs is on record in 1 configuration.")
    found = asked("--filter", "params.model = 'none'")
    assert (found.code, found.out.splitlines()[0]) == (0, "No run to look at.")
    assert asked("--json", "--filter", "params.model = 'none'").object["runs"] == []
    assert recording.KOREAN in asked(experiment="odd").out
