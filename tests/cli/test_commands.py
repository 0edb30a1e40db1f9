"""The command as scripts and people use it."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from shell import Assay
from stores import Store

LOGREG, SVC = "params.model = 'logreg'", "params.model = 'svc'"


def test_the_command_alone_prints_its_help(assay: Assay) -> None:
    found, asked = assay(), assay("--help")
    assert (found.code, found.err) == (0, "")
    assert found.out == asked.out
    assert found.out.startswith("Usage: ")


def test_sync_reports_what_it_found_and_then_that_nothing_changed(assay: Assay, digits: Store) -> None:
    first = assay("sync", "--json", "--tracking-uri", digits.uri)
    assert first.code == 0
    assert (first.object["runs"], first.object["new"], first.object["experiments"]) == (22, 22, 3)
    second = assay("sync", "--json", "--tracking-uri", digits.uri).object
    assert (second["new"], second["changed"], second["removed"]) == (0, 0, 0)
    assert second["version"] == first.object["version"]


def test_runs_gives_every_run_whole_and_nan_as_null_with_a_reason(assay: Assay, digits: Store) -> None:
    found = assay("runs", "--json", "--tracking-uri", digits.uri, "--experiment", "digits").object["runs"]
    assert len(found) == 21
    odd = [run for run in found if "reason" in run]
    assert {run["reason"] for run in odd} == {"metrics.accuracy is NaN", "metrics.accuracy is +Inf"}
    assert all(run["metrics"]["accuracy"] is None for run in odd)


def test_runs_grouped_gives_configurations(assay: Assay, digits: Store) -> None:
    uri = ("--tracking-uri", digits.uri, "--experiment", "digits")
    found = assay("runs", "--json", "--group-by", "auto", *uri).object
    svc = next(c for c in found["configurations"] if c["key"]["model"] == "svc")
    assert (svc["n"], svc["replicates"]) == (9, 6)
    assert svc["metrics"]["accuracy"]["n"] == 5
    assert svc["metrics"]["loss"] == {"n": 1, "mean": 1.0, "std": None, "reason": "std needs two replicates"}
    assert found["excluded"]["failed"] == 1
    assert len(assay("runs", "--json", "--group-by", "C", *uri).object["configurations"]) == 1


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_is_in_no_mean_is_a_warning_where_there_are_means(
    assay: Assay, digits: Store, form: tuple[str, ...]
) -> None:
    asked = ("runs", "--tracking-uri", digits.uri, "--experiment", "digits", *form)
    assert (
        "assay: warning: 2 logged as NaN or infinite: in no mean of accuracy."
        in assay(*asked, "--group-by", "auto").err
    )
    assert "warning" not in assay(*asked).err


def test_compare_gives_the_documented_object(assay: Assay, digits: Store) -> None:
    asked = ("--metric", "accuracy", "--baseline", LOGREG, "--candidate", SVC, "--tracking-uri", digits.uri)
    found = assay("compare", "--json", *asked).object
    assert set(found) >= {
        *("metric", "direction", "direction_source", "level", "unit", "correction", "comparisons", "resamples"),
        *("seed", "baseline", "candidates", "slices", "warnings"),
    }
    difference = found["candidates"][0]["difference"]
    assert difference["verdict"] == "better"
    assert difference["interval"][0] < difference["mean"] < difference["interval"][1]
    assert difference["paired"]
    assert difference["pairs"] == 5
    assert difference["std"] > 0
    assert difference["p_adjusted"] == difference["p_value"]
    assert found["candidates"][0]["excluded"]["failed"] == 1
    assert found["baseline"]["bootstrap_method"]


def test_a_common_filter_narrows_every_side_and_leaves_their_own_filters_as_given(assay: Assay, digits: Store) -> None:
    first = "params.seed != '1011' and params.seed != '456'"
    asked = ("compare", "--metric", "accuracy", "--baseline", LOGREG, "--candidate", SVC, "--tracking-uri", digits.uri)
    found = assay(*asked, "--filter", first, "--json").object
    sides = [found["baseline"], *found["candidates"]]
    assert [side["replicates"] for side in sides] == [3, 3]
    assert [(side["label"], side["filter"]) for side in sides] == [("logreg", LOGREG), ("svc", SVC)]
    assert found["filter"] == first
    assert any("left out by its filter" in warning for warning in found["warnings"])
    whole = assay(*asked, "--json").object
    assert (whole["filter"], whole["baseline"]["replicates"]) == ("", 5)
    assert f"Every side holds only runs with {first}." in assay(*asked, "--filter", first).out.splitlines()


def test_a_side_that_the_common_filter_empties_is_called_by_its_own_filter(assay: Assay, digits: Store) -> None:
    asked = ("compare", "--metric", "accuracy", "--baseline", LOGREG, "--candidate", SVC, "--tracking-uri", digits.uri)
    none = assay(*asked, "--filter", "params.model = 'svc'", "--json").object["baseline"]
    assert (none["n"], none["label"], none["filter"]) == (0, LOGREG, LOGREG)
    assert "There is no param 'modl'." in assay(*asked, "--filter", "params.modl = 'svc'").err
    wrong = assay(*asked, "--filter", "params.model = svc")
    assert (wrong.code, wrong.out) == (2, "")
    assert "text values need quotes; write params.model = 'svc'." in wrong.err


def test_without_a_metric_every_one_that_the_policy_judges_is_compared(assay: Assay, digits: Store) -> None:
    sides = ("--baseline", LOGREG, "--candidate", SVC, "--tracking-uri", digits.uri)
    found = assay("compare", *sides, "--json").object
    judged = [found["metric"], *(one["metric"] for one in found["also"])]
    assert judged[0] == "accuracy"
    assert len(judged) == found["comparisons"]
    named = [option for metric in judged for option in ("--metric", metric)]
    assert assay("compare", *named, *sides, "--json").object == found


def test_several_metrics_are_one_family_and_stand_under_also(assay: Assay, digits: Store) -> None:
    sides = ("--baseline", "params.model = 'logreg'", "--candidate", SVC, "--tracking-uri", digits.uri)
    found = assay("compare", "--metric", "accuracy", "--metric", "loss", *sides, "--json").object
    assert [found["metric"], *(one["metric"] for one in found["also"])] == ["accuracy", "loss"]
    assert found["comparisons"] == found["also"][0]["comparisons"] == 2
    assert set(found["also"][0]) == set(found) - {"also"}
    told = assay("compare", "--metric", "accuracy", "--metric", "loss", *sides)
    assert "Every metric" in told.out


def test_compare_says_which_side_has_no_run(assay: Assay, digits: Store) -> None:
    asked = ("--metric", "accuracy", "--baseline", "params.model = 'nope'", "--candidate", SVC)
    told = assay("compare", *asked, "--tracking-uri", digits.uri)
    assert told.code == 0
    assert "no run matches its filter" in told.err


def test_compare_tells_people_in_a_sentence_first(assay: Assay, digits: Store) -> None:
    asked = ("--metric", "accuracy", "--baseline", LOGREG, "--candidate", SVC, "--tracking-uri", digits.uri)
    found = assay("compare", *asked)
    assert found.code == 0
    assert "is better than" in found.out.splitlines()[0]
    assert "4.8 points" in found.out.splitlines()[0]
    headers, _, svc = found.out.split("\n\n")[1].splitlines()
    assert headers.endswith("  left out")
    assert svc.startswith("svc ")
    assert "1 failed" in svc


def test_each_of_several_candidates_is_told_with_the_reason_where_nothing_can_be(assay: Assay, digits: Store) -> None:
    three = ("--candidate", SVC, "--candidate", "params.model = 'ridge' and params.seed = '42'")
    asked = ("--metric", "accuracy", "--baseline", LOGREG, *three, "--tracking-uri", digits.uri)
    lines = assay("compare", *asked).out.splitlines()
    assert lines[0].startswith("1 of 2 candidates is better than logreg on accuracy")
    assert lines[2:4] == [
        "svc: 5 runs each, same seeds compared, noise from: new seeds.",
        "ridge: 5 + 1 runs, not paired, noise from: new seeds.",
    ]
    assert any(line.startswith("Too few runs to judge ridge against logreg: ") for line in lines)


def test_a_direction_that_nobody_knows_is_told_with_the_option_that_says_it(assay: Assay, tmp_path: Path) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for model, wibble in (("a", 1.0), ("b", 2.0)):
        store.run("e", params={"model": model}, metrics={"wibble": wibble})
    sides = ("--baseline", "params.model = 'a'", "--candidate", "params.model = 'b'")
    told = assay("compare", "--metric", "wibble", *sides, "--tracking-uri", store.uri).out
    assert "wibble: which way is better: not known. --direction says which." in told.splitlines()


def test_korean_names_come_through(assay: Assay, digits: Store) -> None:
    found = assay("runs", "--tracking-uri", digits.uri, "--filter", "params.`모델` = '트리'")
    assert "첫 실행" in found.out
    assert "한국어 실험" not in found.out, "one experiment needs no column"
    assert "한국어 실험" in assay("runs", "--tracking-uri", digits.uri).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("runs", "--filter", "params.model = svc"), "quote"),
        (("runs", "--filter", "accuracy > 0.5"), "metrics.accuracy"),
        (("runs", "--experiment", "digit"), "'digits'"),
        (("compare", "--metric", "acc", "--baseline", SVC, "--candidate", LOGREG), "'accuracy'"),
        (("compare", "--metric", "accuracy", "--baseline", SVC), "--candidate"),
        (("compare", "--metric", "accuracy", "--baseline", SVC, "--candidate", SVC, "--level", "95"), "0.5"),
        (
            ("compare", "--metric", "accuracy", "--baseline", SVC, "--candidate", SVC, "--method", "magic"),
            "percentile",
        ),
        (("runs", "--policy", "/nowhere/policy.yaml"), "no policy file"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    assay: Assay, digits: Store, arguments: tuple[str, ...], said: str
) -> None:
    found = assay(*arguments, "--tracking-uri", digits.uri)
    assert found.code == 2
    assert found.out == ""
    assert said in found.err
    assert len(found.err.strip().splitlines()) == 1


@pytest.mark.parametrize("command", ["sync", "runs", "compare", "demo"])
@pytest.mark.parametrize("by", ["option", "variable"])
def test_a_policy_that_cannot_be_used_is_refused_by_every_command(
    assay: Assay, digits: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, by: str
) -> None:
    wrong = tmp_path / "policy.yaml"
    wrong.write_text("statistics: {level: 95}\n", encoding="utf-8")
    sides = ("--metric", "accuracy", "--baseline", SVC, "--candidate", LOGREG) if command == "compare" else ()
    store = ("--small",) if command == "demo" else ("--tracking-uri", digits.uri)
    for policy, said in ((tmp_path / "nope", "There is no policy file"), (wrong, "statistics.level is 95")):
        monkeypatch.setenv("ASSAY_POLICY", str(policy) if by == "variable" else "")
        option = ("--policy", str(policy)) if by == "option" else ()
        found = assay(command, *sides, *store, *option)
        assert (found.code, found.out) == (2, "")
        assert said in found.err
        assert len(found.err.strip().splitlines()) == 1
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("sqlite:////nowhere/mlflow.db", "/nowhere/mlflow.db"),
        ("ftp://host/x", "ftp://host/x"),
        ("/nowhere/mlruns", "/nowhere/mlruns"),
        ("http://127.0.0.1:9", "127.0.0.1:9"),
    ],
)
def test_a_store_that_is_none_is_said_in_one_line(assay: Assay, uri: str, said: str) -> None:
    found = assay("runs", "--tracking-uri", uri)
    assert (found.code, found.out) == (2, "")
    assert said in found.err
    assert len(found.err.strip().splitlines()) == 1


def test_without_sync_the_cache_is_read_and_without_cache_one_is_told(assay: Assay, digits: Store) -> None:
    asked = ("runs", "--no-sync", "--json", "--tracking-uri", digits.uri)
    missing = assay(*asked)
    assert missing.code == 2
    assert "sync" in missing.err
    assay("sync", "--tracking-uri", digits.uri)
    assert len(assay(*asked).object["runs"]) == 22


def test_a_store_that_went_away_is_a_warning_while_there_is_a_cache(assay: Assay, tmp_path: Path) -> None:
    store = Store.sqlite(tmp_path / "store" / "mlflow.db")
    store.run("e", params={"a": 1}, metrics={"m": 1.0})
    assay("sync", "--tracking-uri", store.uri)
    (tmp_path / "store").rename(tmp_path / "away")
    found = assay("runs", "--json", "--tracking-uri", store.uri)
    assert found.code == 0
    assert len(found.object["runs"]) == 1
    assert "warning" in found.err


def test_deleted_runs_are_listed_only_with_all(assay: Assay, tmp_path: Path) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    run_id = store.run("e", metrics={"m": 1.0})
    store.run("e", metrics={"m": 2.0})
    store.client.delete_run(run_id)
    asked = ("runs", "--json", "--tracking-uri", store.uri)
    assert len(assay(*asked).object["runs"]) == 1
    assert {run["lifecycle_stage"] for run in assay(*asked, "--all").object["runs"]} == {"active", "deleted"}
    people = ("runs", "--tracking-uri", store.uri)
    assert "deleted" not in assay(*people).out
    [marked] = [line for line in assay(*people, "--all").out.splitlines() if line.endswith("  deleted")][1:]
    assert marked.startswith(run_id[:8])


def test_an_experiment_of_deleted_runs_alone_names_the_way_to_them(assay: Assay, tmp_path: Path) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    store.client.delete_run(store.run("gone", metrics={"m": 1.0}))
    store.run("e", metrics={"m": 2.0})
    people = ("runs", "--tracking-uri", store.uri, "--experiment")
    assert "1 run here was deleted in MLflow; --all lists them." in assay(*people, "gone").err
    for asked in ((*people, "gone", "--all"), (*people, "e"), (*people, "e", "--filter", "metrics.m > 3")):
        assert "--all" not in assay(*asked).err


def test_the_command_is_installed_and_knows_its_version() -> None:
    from assay import __version__

    command = Path(sys.executable).with_name("assay")
    told = subprocess.run([command, "--version"], capture_output=True, text=True, check=True, timeout=60)
    assert __version__ in told.stdout


def test_nothing_that_a_run_is_called_acts_on_the_terminal(assay: Assay, tmp_path: Path) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for model in ("a\x1b]0;pwn\x07", "b\x1b[2J"):
        for seed in (1, 2):
            store.run(
                "e\x1b[31m", params={"model": model, "seed": seed}, metrics={"m": float(seed)}, name=f"{model}\nx"
            )
    uri = ("--tracking-uri", store.uri)
    said = [assay("runs", *uri), assay("runs", "--group-by", "auto", *uri)]
    said.append(
        assay("compare", "--metric", "m", "--baseline", "params.seed = '1'", "--candidate", "params.seed = '2'", *uri)
    )
    said.append(assay("runs", "--experiment", "no\x1b[2J", *uri))
    assert not [one for one in said if "\x1b" in one.out + one.err or "\x07" in one.out + one.err]


def test_a_level_that_is_no_number_is_refused(assay: Assay, digits: Store) -> None:
    asked = ("--metric", "accuracy", "--baseline", SVC, "--candidate", LOGREG, "--tracking-uri", digits.uri)
    found = assay("compare", "--level", "nan", *asked)
    assert (found.code, found.out) == (2, "")
    assert "0.95" in found.err


@pytest.mark.parametrize("grouped", [(), ("--group-by", "auto"), ("--group-by", "C")])
def test_a_param_that_no_run_carries_is_said_instead_of_an_empty_list_alone(
    assay: Assay, digits: Store, grouped: tuple[str, ...]
) -> None:
    asked = ("runs", "--filter", "params.modl = 'svc'", *grouped, "--tracking-uri", digits.uri)
    found = assay(*asked)
    assert found.code == 0
    assert "assay: warning: There is no param 'modl'. The runs looked at carry 'model'" in found.err
    assert "There is no param 'modl'." in assay(*asked, "--json").object["warnings"][0]


@pytest.mark.parametrize("unit", ["seeds", "examples", "both"])
def test_a_side_that_asks_for_a_param_that_no_run_carries_is_told_so(assay: Assay, digits: Store, unit: str) -> None:
    asked = ("--metric", "accuracy", "--unit", unit, "--tracking-uri", digits.uri)
    sides = ("compare", "--baseline", "params.modl = 'logreg'", "--candidate", SVC)
    assert "assay: warning: There is no param 'modl'." in assay(*sides, *asked).err
    assert "There is no param 'modl'." in " ".join(assay(*sides, *asked, "--json").object["warnings"])


def test_a_server_with_a_wrong_setting_says_so_in_one_line() -> None:
    app = Path(__file__).resolve().parents[2] / "app.py"
    told = subprocess.run(
        [sys.executable, app], capture_output=True, text=True, timeout=60, check=False, env={"ASSAY_SYNC_SECONDS": "x"}
    )
    assert told.returncode != 0
    assert told.stderr.strip().splitlines()[-1].startswith("assay: ASSAY_SYNC_SECONDS is 'x'")
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(("host", "why"), [("", "--host is empty"), ("nonsense.invalid", "can't listen on nonsense")])
def test_an_address_that_nobody_can_listen_on_is_bad_input(assay: Assay, host: str, why: str) -> None:
    found = assay("serve", "--host", host)
    assert (found.code, found.out, len(found.err.splitlines())) == (2, "", 1)
    assert why in found.err


def test_a_port_that_another_serves_is_bad_input(assay: Assay) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        found = assay("serve", "--port", str(port))
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(f"assay: can't listen on 127.0.0.1, port {port}: ")


def test_a_folder_below_the_home_of_nobody_is_bad_input(assay: Assay) -> None:
    found = assay("sync", "--data", "~nobody-of-that-name/x")
    assert (found.code, len(found.err.splitlines())) == (2, 1)


def test_a_line_break_in_a_name_begins_no_line_of_the_command(assay: Assay, tmp_path: Path) -> None:
    found = assay("sync", "--tracking-uri", f"{tmp_path}/a\nassay: all is well")
    assert (found.code, len(found.err.splitlines())) == (2, 1)
