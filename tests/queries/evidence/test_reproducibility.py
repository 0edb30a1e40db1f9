"""Record, differences and repeats of runs in a real store, and what stands in the way of telling."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assay.analysis.evidence.record import LOG_INPUT
from assay.errors import FilterError, SelectionError
from assay.model.evidence.check import CheckStatus
from assay.model.evidence.environment import PackageSource
from assay.model.evidence.files import COMMIT_TAG
from assay.model.evidence.notes import EvidenceNote, RecordNote
from assay.model.evidence.record import RecordCheck
from assay.model.evidence.reproducibility import Field, FieldKind, Repeat, Reproducibility, ReproducibilityQuestion
from assay.model.runs.notes import RunNote
from assay.queries.evidence import reproducibility as asking
from assay.queries.evidence import rows
from assay.queries.evidence.reproducibility import reproducibility
from assay.queries.evidence.reproduction import reproduction
from assay.workspace import Workspace
from evidenced import Evidenced
from noted import has, of
from stores import Store

WorkOf = Callable[[Store], Workspace]
PASS, NOT_LOGGED, WARN, FAIL = CheckStatus
OLD, NEW = "1" * 40, "2" * 40
COMMIT, THREADS = Field(FieldKind.CODE, "commit"), Field(FieldKind.THREADS, "blas")


@pytest.fixture
def store(tmp_path: Path) -> Evidenced:
    return Evidenced(tmp_path)


def ran(**changes: Any) -> dict[str, Any]:
    """An environment as version 2 writes it."""
    git = {"commit": OLD, "dirty": False}
    return {
        "version": 2,
        "python": "3.11.7",
        "packages": {"numpy": "2.1"},
        "git": git,
        "threads": {"blas": 1},
        **changes,
    }


def run(
    store: Evidenced, model: str, seed: int | None, score: float, *, on: dict[str, Any] | None = None, **metrics: float
) -> str:
    params = {"model": model} | ({} if seed is None else {"seed": seed})
    run_id = store.run("e", params=params, metrics={"accuracy": score, "latency_p50_ms": score * 7, **metrics})
    if on is not None:
        store.environment(run_id, on)
        store.client.set_tag(run_id, COMMIT_TAG, on["git"]["commit"])
    return run_id


def asked(work: Workspace, **more: Any) -> Reproducibility:
    return reproducibility(work, ReproducibilityQuestion(("e",), **more))


def repeats(found: Reproducibility) -> dict[tuple[str, str | None], Repeat]:
    return {(one.label, one.seed): one for one in found.repeats}


def test_repeats_agree_differ_or_disagree_and_only_what_nothing_explains_fails(
    store: Evidenced, work_of: WorkOf
) -> None:
    for model, digits, other in (
        ("agrees", 0.9, ran(git={"commit": NEW})),
        ("differs", 0.8, ran(threads={"blas": 4})),
        ("disagrees", 0.8, ran()),
    ):
        run(store, model, 1, 0.9, on=ran(), latency_p99_ms=1.0)
        run(store, model, 1, digits, on=other, latency_p99_ms=2.0)
        run(store, model, 2, 0.86, on=ran())
    run(store, "once", 1, 0.9, on=ran(), train_time_s=1.0)
    found = asked(work_of(store))
    known = repeats(found)
    assert [one.status for one in found.repeats] == [FAIL, WARN, PASS]
    agrees, differs, disagrees = (known[name, "1"] for name in ("agrees", "differs", "disagrees"))
    assert (agrees.identical, agrees.across, agrees.compared) == (True, (COMMIT,), 1)
    assert agrees.by_chance  # an accuracy of .9 is that of nine rows in ten, whichever they are
    assert (differs.identical, differs.across) == (False, (THREADS,))
    [apart] = disagrees.apart
    assert (apart.metric.name, apart.smallest, apart.largest, apart.seeds) == ("accuracy", 0.8, 0.9, 2)
    assert [apart.difference, apart.std] == pytest.approx([0.1, 0.0283], abs=1e-4)
    assert disagrees.looked > 3
    assert {*found.aside} == {"latency_p50_ms", "latency_p99_ms", "train_time_s"}
    assert [one.aside for one in found.repeats] == [2, 2, 2]
    cells = {row.label: row.cell("repeats").check for row in found.rows}
    assert {name: one.status for name, one in cells.items()} == {
        "agrees": PASS, "differs": WARN, "disagrees": FAIL, "once": NOT_LOGGED,
    }  # fmt: skip
    assert of(cells["differs"].note, RecordNote.REPEAT_DIFFERS)["fields"] == ("blas",)
    assert of(cells["disagrees"].note, RecordNote.REPEAT_DISAGREES)["first"] == LOG_INPUT
    assert found.summary[RecordCheck.REPEATS] == {PASS: 2, NOT_LOGGED: 4, WARN: 2, FAIL: 2}


def test_a_command_a_script_or_a_param_that_makes_no_configuration_may_be_why_repeats_disagree(
    store: Evidenced, work_of: WorkOf
) -> None:
    for rate, host, score in (("1", "a", 0.9), ("2", "b", 0.8)):
        run(store, "words", 1, score, on=ran(argv=["python", "t.py", "--lr", rate]))
        started = store.run("e", params={"model": "script", "seed": 1}, metrics={"accuracy": score})
        store.client.set_tag(started, "mlflow.source.name", f"{host}.py")
        for model, more in (("machine", {"device": host}), ("asked", {"lr": rate}), ("place", {"output_dir": host})):
            store.run("e", params={"model": model, "seed": 1, **more}, metrics={"accuracy": score})
    found = asked(work_of(store), ignore=("lr",))
    assert {one.label: (one.status, *(field.name for field in one.across)) for one in found.repeats} == {
        "words": (WARN, "command"), "script": (WARN, "script"), "machine": (WARN, "device"), "asked": (WARN, "lr"),
        "place": (FAIL,),
    }  # fmt: skip
    assert found.differences == ()


def test_data_differ_by_digest_within_one_use_and_not_by_name_or_by_what_one_run_did_not_log(
    store: Evidenced, work_of: WorkOf
) -> None:
    for seed, name in enumerate(("digits", "renamed", "digits")):
        run_id = run(store, "a", seed, 0.9 + seed / 100)
        store.used(run_id, "a" * 8, "training", name)
        if seed:
            store.used(run_id, "b" * 8, "test")
    [row] = asked(work_of(store)).rows
    assert row.cell("data_version").check.status is PASS


def test_a_filter_changes_nothing_that_a_row_says(store: Evidenced, work_of: WorkOf) -> None:
    first = run(store, "a", 1, 0.9, on=ran())
    run(store, "a", 1, 0.8, on=ran())
    run(store, "a", 2, 0.7, on=ran(git={"commit": NEW, "dirty": False}))
    work = work_of(store)
    whole, one = asked(work), asked(work, filter=f"run_id = '{first}'", single=True)
    for check in ("code_version", "repeats"):
        assert one.rows[0].cell(check).check == whole.rows[0].cell(check).check
    assert of(one.rows[0].cell("code_version").check.note, RecordNote.COMMITS_VARY)["commits"] == ("2" * 7, "1" * 7)
    assert one.repeats == whole.repeats


def test_replicates_of_other_data_are_no_replicates_but_each_seed_may_draw_its_own(
    store: Evidenced, work_of: WorkOf
) -> None:
    for model, digests in (("same", "aaa"), ("changed", "aab"), ("drawn", "abc")):
        for seed, digest in enumerate(digests):
            store.used(run(store, model, seed, 0.9 + seed / 100, on=ran()), digest * 8, "training")
    found = asked(work_of(store))
    said = {row.label: row.cell("data_version").check for row in found.rows}
    assert {name: one.status for name, one in said.items()} == {"same": PASS, "changed": WARN, "drawn": PASS}
    assert of(said["changed"].note, RecordNote.DATA_VARIES) == {"n": 2, "names": ("digits",), "runs": 3}
    assert has([said["drawn"].note], RecordNote.DATA_BY_SEED)
    [data] = found.differences
    assert (data.field, data.status, data.parts) == (Field(FieldKind.DATA, "train"), WARN, ("changed",))
    assert next((one.value, len(one.run_ids)) for one in data.values) == ("digits " + "a" * 8, 6)


def test_runs_are_held_against_others_field_by_field(store: Evidenced, work_of: WorkOf) -> None:
    run(store, "a", 1, 0.9, on=ran(packages={"numpy": "2.1", "extra": "1"}))
    run(store, "a", 2, 0.9, on=ran(packages={"numpy": "2.1", "extra": "1"}))
    base = run(store, "b", 1, 0.9, on=ran())
    run(store, "b", 2, 0.9)
    work = work_of(store)
    found = asked(work, filter="params.model = 'a'", against="params.model = 'b'")
    [extra] = found.differences
    assert extra.field == Field(FieldKind.PACKAGES, "extra")
    assert ([one.value for one in extra.values], [one.value for one in extra.against]) == (["1"], [None])
    assert (extra.against[0].run_ids, extra.unknown, extra.status) == ((base,), 1, PASS)
    assert found.against == 2
    assert found.compared[FieldKind.PACKAGES] == 2
    assert asked(work, filter="params.model = 'a'").differences == ()
    nobody = asked(work, filter="params.model = 'a'", against="params.model = 'c'")
    assert (nobody.against, [one.code for one in nobody.notes]) == (0, [RunNote.UNKNOWN_VALUE])


def test_values_that_both_sides_have_are_no_difference_unless_they_part_replicates(
    store: Evidenced, work_of: WorkOf
) -> None:
    for model in ("a", "b"):
        for seed in (1, 2):
            store.used(run(store, model, seed, 0.9), str(seed) * 8, "training")
    work = work_of(store)
    beside = {"filter": "params.model = 'a'", "against": "params.model = 'b'"}
    assert asked(work, **beside).differences == ()
    assert len(asked(work).differences) == 1


def test_repeats_without_a_seed_are_told_by_their_digits_and_never_disagree(store: Evidenced, work_of: WorkOf) -> None:
    for _ in range(2):
        run(store, "a", None, 0.9123456789012, log_loss=0.5123498765432)
    run(store, "a", None, 0.7, log_loss=0.6)
    run(store, "a", None, 0.8, log_loss=0.7)
    [one] = asked(work_of(store)).repeats
    assert (one.seed, len(one.run_ids), one.status, one.compared, one.telling) == (None, 2, PASS, 2, 2)
    assert not one.by_chance


def test_metrics_that_only_some_logged_or_that_are_no_numbers_are_told_apart(store: Evidenced, work_of: WorkOf) -> None:
    nan = float("nan")
    run(store, "odd", 1, 0.9, f1=nan)
    run(store, "odd", 1, 0.9, f1=0.5)
    run(store, "both", 1, 0.9, f1=nan)
    run(store, "both", 1, 0.9, f1=nan, more=1.0)
    store.run("e", params={"model": "apart", "seed": 1}, metrics={"x": 1.0})
    store.run("e", params={"model": "apart", "seed": 1}, metrics={"y": 1.0})
    known = repeats(asked(work_of(store)))
    assert (known["odd", "1"].status, [one.metric.name for one in known["odd", "1"].apart]) == (FAIL, ["f1"])
    assert (known["both", "1"].identical, known["both", "1"].compared) == (True, 2)
    assert (known["apart", "1"].status, known["apart", "1"].compared) == (NOT_LOGGED, 0)


def test_what_nobody_can_read_is_a_reason_and_stops_nothing_else(store: Evidenced, work_of: WorkOf) -> None:
    for content, code in (
        (b'{"python": "3.11', RecordNote.ENVIRONMENT_DAMAGED),
        (b"[]", RecordNote.ENVIRONMENT_DAMAGED),
        (json.dumps(ran(version=3)).encode(), RecordNote.ENVIRONMENT_OF_OTHER_VERSION),
        (json.dumps(ran(version="2; rm")).encode(), RecordNote.ENVIRONMENT_OF_OTHER_VERSION),
        (
            json.dumps(
                {**ran(), "packages": 7, "threads": [1], "git": "x", "seeds": None, "cpu": {"model": 3}}
            ).encode(),
            None,
        ),
    ):
        run_id = store.run("e", params={"model": str(code)}, metrics={"accuracy": 0.5})
        store.environment(run_id, content)
        found = asked(work_of(store), filter=f"run_id = '{run_id}'")
        check = found.rows[0].cell("packages").check
        assert (check.status, check.note.code) == (NOT_LOGGED, code or RecordNote.NO_PACKAGES)
        assert found.rows[0].cell("logging").check.status is PASS


def test_hostile_numbers_and_lists_of_models_neither_raise_nor_end_the_process(
    store: Evidenced, work_of: WorkOf
) -> None:
    odd = store.run("e", params={"model": "odd"}, metrics={"accuracy": 0.5})
    store.environment(odd, ran(ram_bytes=10**4_000, threads={"blas": 10**4_000}))
    unnamed = store.run("e", params={"model": "unnamed"}, metrics={"accuracy": 0.5})
    store.client.set_tag(unnamed, "mlflow.log-model.history", '[{"artifact_path": "\\ud800"}]')
    merged = "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 60))
    for text in ("[" * 50_000 + "]" * 50_000, f"a0: &a0 {{k: v}}\n{merged}"):
        run_id = store.run("e", params={"model": text[:9]}, metrics={"accuracy": 0.5})
        store.log(run_id, "conda.yaml", text.encode(), "model")
        store.client.set_tag(run_id, "mlflow.log-model.history", '[{"artifact_path": "model"}]')
    found = asked(work_of(store))
    assert [row.cell("packages").check.status for row in found.rows].count(NOT_LOGGED) >= 3
    assert next(row for row in found.rows if odd in row.run_ids).cell("hardware").check.status is NOT_LOGGED


def test_repeats_whose_files_are_away_do_not_fail(
    store: Evidenced, work_of: WorkOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for score in (0.9, 0.8, 0.7):
        run(store, "a", 1, score, on=ran())
    for module in (asking, rows):
        monkeypatch.setattr(module, "MOST_READ", 1)
    work = work_of(store)
    found = asked(work, most=1, single=True)
    assert [(one.status, one.unread) for one in found.repeats] == [(WARN, True)]
    assert has([found.rows[0].cell("repeats").check.note], RecordNote.REPEAT_UNREAD)
    assert not has(found.notes, EvidenceNote.FILES_CUT)
    assert of(asked(work, single=True).notes[0], EvidenceNote.FILES_CUT) == {"n": 2, "most": 1}


def test_the_file_of_a_run_is_asked_for_again_while_the_store_is_away(store: Evidenced, work_of: WorkOf) -> None:
    run_id = run(store, "a", 1, 0.9, on=ran())
    work = work_of(store)
    (store.folder / "mlflow.db").rename(store.folder / "mlflow.away")
    assert reproduction(work, run_id).keeps_seconds < 60
    (store.folder / "mlflow.away").rename(store.folder / "mlflow.db")
    found = reproduction(work, run_id)
    assert (found.keeps_seconds, found.environment.python) == (float("inf"), "3.11.7")


def test_what_nobody_knows_is_refused(store: Evidenced, work_of: WorkOf) -> None:
    run(store, "a", 1, 0.9)
    work = work_of(store)
    with pytest.raises(FilterError):
        asked(work, against="params.model ~ 1")
    with pytest.raises(SelectionError):
        asked(work, ignore=("modle",))
    with pytest.raises(SelectionError):
        reproduction(work, "0" * 32)


def test_what_should_come_out_is_within_what_repeats_of_the_same_code_and_data_show(
    store: Evidenced, work_of: WorkOf
) -> None:
    url = "file:///home/me/work/libs"
    first = run(store, "a", 1, 0.9, on=ran(sources={"team": {"url": url, "editable": True, "folder": "libs"}}))
    run(store, "a", 1, 0.88, on=ran(threads={"blas": 4}))
    run(store, "a", 1, 0.2, on=ran(git={"commit": NEW, "dirty": False}))
    found = reproduction(work_of(store), first)
    told = {one.metric.name: one for one in found.expected}
    assert [told["accuracy"].value, told["accuracy"].tolerance] == pytest.approx([0.9, 0.02])
    assert (told["latency_p50_ms"].measured, told["latency_p50_ms"].tolerance) == (True, None)
    assert (found.repeats, found.commit, found.seeds) == (2, OLD, (("seed", "1"),))
    codes = [one.code for one in found.missing]
    assert codes[0] is RecordNote.NO_REMOTE
    assert RecordNote.NO_CONTAINER in codes
    assert RecordNote.PACKAGES_LOCAL not in codes
    assert found.environment.sources == {"team": PackageSource(url, editable=True, folder="libs")}
