"""Evidence files of real runs: fetched once, counted once, and what is wrong with one stops no other."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from mlflow.entities import RunTag

from assay import artifacts
from assay.model.evidence.files import FEATURE_IMPORTANCE, PREPROCESSING, SPLITS, tag_of
from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.notes import EvidenceNote
from assay.model.policy import Policy
from assay.queries.evidence import asking, folder
from assay.queries.evidence.files import evidence
from assay.queries.evidence.folder import file_of
from assay.queries.evidence.leakage import checks_of
from assay.workspace import Workspace
from evidenced import Evidenced, forgotten
from looking import looked_at
from noted import has
from saying import said
from splitted import between, parted
from stores import Store

WorkOf = Callable[[Store], Workspace]
SHARED, APART = parted(40, 40, group="g"), parted(40, 40, group=[f"g{k}" for k in range(80)])


@pytest.fixture
def store(tmp_path: Path) -> Evidenced:
    return Evidenced(tmp_path)


def run(store: Evidenced, frame: pd.DataFrame | None = None, *, tagged: bool = True, tag: str | None = None) -> str:
    run_id = store.run("e", params={"model": "m"}, metrics={"accuracy": 0.5})
    if frame is not None:
        store.splits(run_id, frame, tagged=tagged, tag=tag)
    return run_id


def groups(work: Workspace, run_id: str) -> str:
    """The status of group_overlap of one run."""
    return checks_of(evidence(work, [run_id])[run_id], work.policy)[LeakageCheck.GROUP_OVERLAP].status.value


def fetched(work: Workspace) -> set[str]:
    """Runs of which a file of splits was ever fetched."""
    return {path.parts[-3] for path in (work.settings.data / "artifacts").rglob("splits.parquet")}


def away(work: Workspace) -> Workspace:
    """The same look at a store that is not there any more."""
    folder = Path(work.settings.tracking_uri.removeprefix("sqlite:///")).parent
    (folder / "mlflow.db").rename(folder / "mlflow.away")
    return work


def test_equal_files_are_fetched_once_by_their_tags(store: Evidenced, work_of: WorkOf) -> None:
    runs = [run(store, SHARED) for _ in range(5)] + [run(store, APART)]
    work = work_of(store)
    found = evidence(work, runs)
    assert fetched(work) == {runs[0], runs[5]}
    assert len(list((work.settings.data / "facts").iterdir())) == 2
    assert [groups(work, one) for one in runs] == ["fail"] * 5 + ["pass"]
    assert all(found[one].splits == found[runs[0]].splits for one in runs[:5])


def test_runs_without_tags_are_looked_into(store: Evidenced, work_of: WorkOf) -> None:
    runs = [run(store, SHARED, tagged=False), run(store, SHARED, tagged=False), run(store)]
    work = work_of(store)
    found = evidence(work, runs)
    assert [found[one].splits is None for one in runs] == [False, False, True]
    assert fetched(work) == {*runs[:2]}
    assert len(list((work.settings.data / "facts").iterdir())) == 1
    assert found[runs[2]].reasons == {}
    assert not any(one.waiting for one in found.values())


def test_a_tag_that_lies_about_its_file_is_noticed_and_the_file_counts(store: Evidenced, work_of: WorkOf) -> None:
    other = hashlib.sha256(b"something else").hexdigest()
    liar = run(store, SHARED, tag=other)
    work = work_of(store)
    for _ in range(2):
        found = evidence(work, [liar])[liar]
        assert found.splits is not None
        assert said(*found.notes) == (
            "evidence/splits.parquet is another file now than the run's tag says; what it holds now is told."
        )
    [kept] = (work.settings.data / "facts").iterdir()
    assert kept.stem != other


@pytest.mark.parametrize("tag", ["../../x", "yes", "A" * 64, "/etc/passwd"])
def test_a_hostile_tag_is_no_path(store: Evidenced, work_of: WorkOf, tag: str) -> None:
    liar = run(store, SHARED, tag=tag)
    work = work_of(store)
    assert groups(work, liar) == "fail"
    assert has(evidence(work, [liar])[liar].notes, EvidenceNote.OTHER_THAN_TAGGED)
    [kept] = [path for path in work.settings.data.rglob("*.json") if "facts" in path.parts]
    assert len(kept.stem) == 64


def test_runs_that_have_nothing_are_asked_once_until_the_store_changes(
    store: Evidenced, policy: Policy, tmp_path: Path
) -> None:
    one, other = run(store), run(store, SHARED, tagged=False)
    work = looked_at(store, tmp_path / "data", policy)
    told: list[tuple[int, int]] = []
    for _ in range(2):
        found = evidence(work, [one, other], lambda done, of: told.append((done, of)))
        assert (found[one].splits is None, found[other].splits is None) == (True, False)
    assert told[-1] == (2, 2)
    assert not evidence(away(work), [one])[one].waiting
    (tmp_path / "mlflow.away").rename(tmp_path / "mlflow.db")
    store.splits(one, SHARED)
    assert groups(looked_at(store, tmp_path / "data", policy), one) == "fail"


def test_a_hostile_name_of_a_step_is_no_path(store: Evidenced, work_of: WorkOf, tmp_path: Path) -> None:
    """MLflow's client refuses such a tag; a database that somebody wrote to does not."""
    content = json.dumps({"step": "secret", "fitted_on": "train"}).encode()
    victim = run(store, APART)
    store.fitted(victim, "scaler", "train")
    with sqlite3.connect(tmp_path / "mlflow.db") as database:
        for name in ("../../../secret", "/etc/passwd", "x/../../secret", "a\0b"):
            tag = tag_of(f"{PREPROCESSING}/x.json").removesuffix("x") + name
            row = (tag, hashlib.sha256(content).hexdigest(), victim)
            database.execute("INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)", row)
    work = work_of(store)
    artifacts.folder(work.settings, victim).parent.mkdir(parents=True)
    (artifacts.folder(work.settings, victim).parent / "secret.json").write_bytes(content)
    for _ in range(2):
        found = evidence(work, [victim])[victim]
        assert [one.name for one in found.steps] == ["scaler"]
        assert said(found.reasons[PREPROCESSING])


def test_what_is_wrong_with_one_run_stops_no_other(store: Evidenced, work_of: WorkOf) -> None:
    whole = store.splits(good := run(store), SHARED)
    odd = {
        "empty file": b"",
        "cut": whole[:200],
        "no parquet": b"example_id,split\na,train\n",
        "no rows": None,
        "no columns": None,
    }
    runs = {}
    for name, content in odd.items():
        runs[name] = run(store)
        if content is not None:
            store.evidence(runs[name], SPLITS, content)
    store.splits(runs["no rows"], SHARED[:0])
    store.splits(runs["no columns"], SHARED[["group"]])
    gone = run(store)
    store.client.set_tag(gone, tag_of(SPLITS), "a" * 64)
    work = work_of(store)
    found = evidence(work, [*runs.values(), good, gone])
    assert groups(work, good) == "fail"
    for name in ("empty file", "cut", "no parquet"):
        assert said(found[runs[name]].reasons[SPLITS]) == (
            "splits.parquet is damaged or cut short and cannot be read; log it again."
        ), name
    assert said(found[runs["no rows"]].reasons[SPLITS]) == "splits.parquet holds no rows."
    assert "no column example_id and split" in said(found[runs["no columns"]].reasons[SPLITS])
    assert said(found[gone].reasons[SPLITS]) == "The run has no file 'evidence/splits.parquet' now."
    for run_id in (*runs.values(), gone):
        own = checks_of(found[run_id], work.policy)
        assert {own[check].status.value for check in list(LeakageCheck)[:6]} == {"not_logged"}
        assert own[LeakageCheck.GROUP_OVERLAP].note == found[run_id].reasons[SPLITS]


def test_kept_files_do_while_the_store_is_away(store: Evidenced, work_of: WorkOf) -> None:
    tagged, untagged, unseen = run(store, SHARED), run(store, SHARED, tagged=False), run(store, APART)
    store.fitted(tagged, "scaler", "all")
    store.importance(untagged, {"patient_id": 1.0}, tagged=False)
    work = work_of(store)
    before = evidence(work, [tagged, untagged])
    forgotten(away(work).settings.data)
    after = evidence(work, [tagged, untagged, unseen])
    assert (after[tagged].splits, after[tagged].steps) == (before[tagged].splits, before[tagged].steps)
    assert (after[untagged].splits, after[untagged].features) == (before[untagged].splits, before[untagged].features)
    assert (after[tagged].waiting, after[unseen].waiting) == (False, True)
    assert after[unseen].splits is None
    assert "mlflow.db" in said(after[unseen].reasons[SPLITS])


def test_facts_outlive_store_and_file(store: Evidenced, work_of: WorkOf) -> None:
    one, same = run(store, SHARED), run(store, SHARED)
    work = work_of(store)
    evidence(work, [one])
    for path in (work.settings.data / "artifacts").rglob("splits.parquet"):
        path.unlink()
    assert groups(away(work), same) == "fail"


def test_damaged_facts_are_counted_anew(store: Evidenced, work_of: WorkOf) -> None:
    one = run(store, SHARED)
    work = work_of(store)
    evidence(work, [one])
    [kept] = (work.settings.data / "facts").iterdir()
    kept.write_text(kept.read_text()[:50])
    assert groups(work, one) == "fail"
    assert json.loads(kept.read_text())["facts"]["rows"] == 80


def test_a_file_that_was_logged_again_is_fetched_again(store: Evidenced, policy: Policy, tmp_path: Path) -> None:
    for tagged in (True, False):
        one = run(store, SHARED, tagged=tagged)
        assert groups(looked_at(store, tmp_path / "data", policy), one) == "fail"
        store.splits(one, APART, tagged=tagged)
        assert groups(looked_at(store, tmp_path / "data", policy), one) == "pass"


def test_steps_of_preprocessing_are_read_by_tags_or_by_their_folder(store: Evidenced, work_of: WorkOf) -> None:
    tagged, listed, broken, other = run(store), run(store, APART, tagged=False), run(store), run(store, APART)
    for run_id, how in ((tagged, True), (listed, False)):
        store.fitted(run_id, "scaler", "train", tagged=how)
        store.fitted(run_id, "select", "all", tagged=how)
    store.fitted(broken, "scaler", "train")
    store.evidence(broken, f"{PREPROCESSING}/pca.json", b"{")
    found = evidence(work_of(store), [tagged, listed, broken, other])
    assert [(one.name, one.fitted_on) for one in found[tagged].steps] == [("scaler", "train"), ("select", "all")]
    assert found[listed].steps == found[tagged].steps
    assert found[other].steps == ()
    rules = work_of(store).policy
    check = LeakageCheck.PREPROCESSING_FIT
    assert checks_of(found[tagged], rules)[check].status.value == "fail"
    assert checks_of(found[other], rules)[check].status.value == "not_logged"
    half = checks_of(found[broken], rules)[check]
    assert (half.status.value, "pca.json holds no fitted step" in said(half.note)) == ("not_logged", True)


def test_features_are_judged_by_name_and_share(store: Evidenced, work_of: WorkOf) -> None:
    shares = [
        {"age": 0.4, "patient_id": 0.3, "bmi": 0.3},
        {"age": 0.4, "patient_id": 0.3, "readmitted_label": 0.3},
        {"age": 0.9, "bmi": 0.1},
        {"age": 0.4, "bmi": 0.3, "sex": 0.3, "a": 0.0, "b": 0.0, "row_id": 0.0},
        {"a": 9.0, "b": 8.0, "c": 7.0, "d": 6.0, "e": 5.0, "visit_id": 4.0},
        {"a": 0.0},
    ]
    runs = [run(store) for _ in shares]
    for run_id, own in zip(runs, shares, strict=True):
        store.importance(run_id, own)
    work = work_of(store)
    found = [checks_of(one, work.policy)[LeakageCheck.FEATURE_NAMES] for one in evidence(work, runs).values()]
    assert [one.status.value for one in found] == ["warn", "warn", "warn", "pass", "pass", "not_logged"]
    assert said(found[0].note).startswith("Among the 3 most important features is patient_id: named like an identifier")
    assert "readmitted_label: named like a target" in said(found[1].note)
    assert said(found[2].note).startswith("age alone has 90 % of all importance, more than 80 %")
    assert said(found[3].note) == "Nothing odd among the 3 most important features; age leads with 40 %."
    rules = replace(work.policy.leakage, expected_features=("age", "BM*"), top_features=6)
    strict = replace(work.policy, leakage=rules)
    told = [checks_of(one, strict)[LeakageCheck.FEATURE_NAMES] for one in evidence(work, runs).values()]
    assert "sex: not among those that the policy expects" in said(told[3].note)
    assert "visit_id: named like an identifier" in said(told[4].note)


def test_whoever_waits_is_told_how_far_it_is(store: Evidenced, work_of: WorkOf) -> None:
    runs = [run(store, SHARED if k % 2 else APART) for k in range(30)] + [run(store) for _ in range(30)]
    told: list[tuple[int, int]] = []
    evidence(work_of(store), runs, lambda done, of: told.append((done, of)))
    assert told[-1] == (60, 60)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert evidence(work_of(store), []) == {}


def test_a_store_that_is_too_slow_is_said_and_asked_again(
    store: Evidenced, work_of: WorkOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = run(store, SHARED)
    monkeypatch.setattr(asking, "_SECONDS", 0.0)
    monkeypatch.setattr(asking, "_SILENCE", 0.0)
    found = evidence(work_of(store), [one])[one]
    assert found.waiting
    assert {*found.reasons} == {SPLITS, PREPROCESSING, FEATURE_IMPORTANCE}
    assert "asking again goes on" in said(found.reasons[SPLITS])
    monkeypatch.undo()
    assert groups(work_of(store), one) == "fail"


def test_a_file_of_more_bytes_than_anybody_reads_is_left_where_it_is(
    store: Evidenced, work_of: WorkOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = run(store, SHARED)
    monkeypatch.setattr(folder, "_LARGEST", 100)
    work = work_of(store)
    assert said(evidence(work, [one])[one].reasons[SPLITS])
    assert fetched(work) == set()


def test_one_file_is_there_as_it_was_tagged(store: Evidenced, work_of: WorkOf) -> None:
    one = run(store, SHARED)
    work = work_of(store)
    path = file_of(work, one, SPLITS)
    assert path == artifacts.folder(work.settings, one) / SPLITS
    assert file_of(away(work), one, SPLITS) == path
    assert between(evidence(work, [one])[one].splits).ids.n == 0  # type: ignore[arg-type]


def test_a_tag_that_nobody_knows_hides_no_file(store: Evidenced, work_of: WorkOf) -> None:
    """Some write tags of their own below ours, others tag a run of an earlier version."""
    one = run(store, SHARED, tagged=False)
    store.client.log_batch(
        one, tags=[RunTag("assay.evidence.note", "by hand"), RunTag("assay.evidence.test_rows", "ids:1")]
    )
    assert groups(work_of(store), one) == "fail"


def test_artifacts_that_lie_where_nobody_reads_are_a_reason_and_not_asked_for_again(
    tmp_path: Path, policy: Policy
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    store.client.create_experiment("e", "s3://bucket/e")
    one = store.run("e", metrics={"accuracy": 0.5})
    work = looked_at(store, tmp_path / "data", policy)
    for _ in range(2):
        found = evidence(work, [one])[one]
        assert not found.waiting
        assert "s3" in said(found.reasons[SPLITS])
    checks = checks_of(found, policy)
    assert {one.status.value for one in checks.values()} == {"not_logged"}
