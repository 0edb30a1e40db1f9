"""Evidence files of stores that are damaged, silent, or up to no good."""

import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from mlflow.entities import RunTag

from assay.cache import reads
from assay.model.evidence.check import CheckStatus
from assay.model.evidence.files import PREPROCESSING, SPLITS, TAG
from assay.model.evidence.leakage import FindingQuestion, LeakageCheck
from assay.model.evidence.notes import EvidenceNote
from assay.model.problems import Artifacts
from assay.model.runs.notes import ArtifactNote
from assay.queries.evidence import asking, files
from assay.queries.evidence.files import evidence
from assay.queries.evidence.finding import finding
from assay.queries.evidence.leakage import checks_of
from assay.workspace import Workspace
from leaking import logged
from noted import of
from saying import said
from scored import Scored
from sources.servers import Reply, Request, answering, silent

Look = Callable[[Scored], Workspace]
STEPS = f"{TAG}.preprocessing."


@pytest.fixture
def store(tmp_path: Path) -> Scored:
    (tmp_path / "store").mkdir()
    return Scored(tmp_path / "store")


def fitted(store: Scored, run_id: str, name: str, fitted_on: str, *, tagged: bool = True) -> None:
    store.log(run_id, f"{name}.json", json.dumps({"step": name, "fitted_on": fitted_on}).encode(), PREPROCESSING)
    if tagged:
        store.client.set_tag(run_id, f"{STEPS}{name}", "0" * 64)


def own_files(store: Scored, run_id: str) -> Path:
    return store.folder / "artifacts" / run_id / "artifacts"


def served(store: Scored, request: Request, *, more: bytes = b"", size: int | None = None) -> Reply:
    """What a tracking server with this store's artifacts answers; `more` is sent with every file, `size` listed."""
    asked = urlsplit(request.path)
    query = {name: values[0] for name, values in parse_qs(asked.query).items()}
    path = own_files(store, query["run_id"]) / query.get("path", "")
    if asked.path == "/get-artifact":
        return Reply(body=path.read_bytes() + more, kind="application/octet-stream")
    listed = sorted(path.iterdir()) if path.is_dir() else []
    found = [
        {"path": f"{query['path']}/{file.name}", "is_dir": file.is_dir(), "file_size": size or file.stat().st_size}
        for file in listed
    ]
    return Reply(body=json.dumps({"files": found}).encode())


def at(work: Workspace, uri: str) -> Workspace:
    """The same runs, with artifacts of the server at `uri`."""
    return replace(work, settings=replace(work.settings, tracking_uri=uri))


@pytest.mark.parametrize("gone", ["whole folder", "file", "folder in its place", "pipe", "link out of the store"])
def test_a_file_that_the_tags_name_and_the_store_has_not_is_said_to_be_gone(
    store: Scored, tmp_path: Path, work_of: Look, gone: str
) -> None:
    run_id = logged(store, "e", "a", 0, shared=40)
    file = own_files(store, run_id) / SPLITS
    if gone == "whole folder":
        shutil.rmtree(own_files(store, run_id))
    elif gone == "link out of the store":
        file.rename(tmp_path / "outside")
        file.symlink_to(tmp_path / "outside")
    else:
        file.unlink()
    if gone == "folder in its place":
        file.mkdir()
    elif gone == "pipe":
        os.mkfifo(file)
    work = work_of(store)
    found = evidence(work, (run_id,))[run_id]
    assert found.splits is None
    assert found.reasons[SPLITS].code in (ArtifactNote.NO_ARTIFACT, Artifacts.ABSENT)
    check = checks_of(found, work.policy)[LeakageCheck.GROUP_OVERLAP]
    assert (check.status, check.note) == (CheckStatus.NOT_LOGGED, found.reasons[SPLITS])


def test_a_step_that_cannot_be_read_lets_no_other_one_pass(store: Scored, work_of: Look) -> None:
    passing, failing = (logged(store, "e", name, 0, shared=40) for name in "ab")
    for run_id, fitted_on in ((passing, "train"), (failing, "all")):
        fitted(store, run_id, "scaler", fitted_on)
        store.log(run_id, "broken.json", b"{", PREPROCESSING)
        store.client.set_tag(run_id, f"{STEPS}broken", "0" * 64)
    work = work_of(store)
    checks = {run: checks_of(own, work.policy) for run, own in evidence(work, (passing, failing)).items()}
    unread = checks[passing][LeakageCheck.PREPROCESSING_FIT]
    assert unread.status is CheckStatus.NOT_LOGGED
    assert said(unread.note) == "broken.json holds no fitted step that can be read; log it again."
    assert checks[failing][LeakageCheck.PREPROCESSING_FIT].status is CheckStatus.FAIL


def test_steps_beyond_those_that_are_read_are_counted_and_make_no_pass(
    store: Scored, work_of: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_MOST_STEPS", 2)
    run_id = logged(store, "e", "a", 0, shared=40)
    for name in ("a", "b", "c"):
        fitted(store, run_id, name, "all" if name == "c" else "train")
    work = work_of(store)
    check = checks_of(evidence(work, (run_id,))[run_id], work.policy)[LeakageCheck.PREPROCESSING_FIT]
    assert check.status is CheckStatus.NOT_LOGGED
    assert said(check.note) == "1 step more is logged than the 2 that are looked at."


def test_tags_of_any_name_and_number_cost_no_time_and_lead_nowhere(store: Scored, work_of: Look) -> None:
    run_id = logged(store, "e", "a", 0, shared=40)
    names = ["a/b", "", ".", "가" * 200, "/etc/passwd", *(f"s{k}" for k in range(90))]
    store.client.log_batch(run_id, tags=[RunTag(f"{STEPS}{name}", "0" * 64) for name in names])
    store.client.set_tag(run_id, f"{TAG}.splits", "../../etc/passwd")
    found = evidence(work_of(store), (run_id,))[run_id]
    assert found.splits is not None
    assert [one.code for one in found.notes] == [EvidenceNote.OTHER_THAN_TAGGED]
    assert found.reasons[PREPROCESSING].code is ArtifactNote.NO_ARTIFACT


def test_each_run_has_its_own_tags_however_many_names_there_are(store: Scored, work_of: Look) -> None:
    runs = [store.run("e", tags={f"{TAG}.preprocessing.{k}": "0" * 64, f"{TAG}ual": "no"}) for k in range(3)]
    work = work_of(store)
    found = reads.tags_below(work.snapshot, (*runs, "unknown"), f"{TAG}.")
    assert found == {run: {f"{TAG}.preprocessing.{k}": "0" * 64} for k, run in enumerate(runs)} | {"unknown": {}}


def test_a_server_that_sends_more_than_it_lists_is_not_listened_to(store: Scored, work_of: Look) -> None:
    run_id = logged(store, "e", "a", 0, shared=40)
    with answering(lambda request: served(store, request, more=b"x" * 3_000_000, size=100)) as uri:
        work = at(work_of(store), uri)
        found = evidence(work, (run_id,))[run_id]
    assert of(found.reasons[SPLITS], Artifacts.SENDS_MORE)["size"] == 100
    assert "than the 100 bytes that it lists" in said(found.reasons[SPLITS])
    assert not [path for path in work.settings.data.rglob("*") if path.name.endswith("parquet")]


def test_a_silent_server_is_asked_for_a_few_runs_and_what_is_kept_is_read(
    store: Scored, work_of: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = [logged(store, "e", "a", seed, shared=40 + seed) for seed in range(9)]
    work = work_of(store)
    with answering(lambda request: served(store, request)) as uri:
        before = at(work, uri)
        assert evidence(before, runs[-1:])[runs[-1]].splits is not None
    monkeypatch.setattr(asking, "_SILENCE", 0.4)
    with silent() as uri:
        began = time.monotonic()
        found = evidence(replace(before, settings=replace(before.settings, tracking_uri=uri)), runs)
        assert time.monotonic() - began < 5
    assert [found[run].splits is not None for run in runs] == [False] * 8 + [True]
    assert all(found[run].waiting for run in runs[:-1])
    assert "did not hand out the evidence within 0 seconds" in said(found[runs[0]].reasons[SPLITS])


def test_a_server_that_fails_for_the_first_runs_is_not_asked_for_the_others(
    store: Scored, work_of: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    runs = [logged(store, "e", "a", seed, shared=40 + seed) for seed in range(9)]
    asked: list[str] = []

    def failing(request: Request) -> Reply:
        asked.append(request.path)
        return Reply(500)

    with answering(failing) as uri:
        found = evidence(at(work_of(store), uri), runs)
    assert len(asked) == 6
    assert all("keeps failing (500)" in said(found[run].reasons[SPLITS]) for run in runs)


def test_a_finding_of_runs_whose_splits_are_gone_says_so(store: Scored, work_of: Look) -> None:
    runs = [logged(store, "e", "a", seed, shared=40) for seed in range(3)]
    work = work_of(store)
    assert finding(work, FindingQuestion(tuple(runs), LeakageCheck.GROUP_OVERLAP)).worth is not None
    shutil.rmtree(work.settings.data / "artifacts")
    for run_id in runs:
        (own_files(store, run_id) / SPLITS).unlink()
    found = finding(work, FindingQuestion(tuple(runs), LeakageCheck.GROUP_OVERLAP))
    assert found.worth is None
    assert found.reason is not None
    assert found.reason.code is ArtifactNote.NO_ARTIFACT


def test_a_run_that_is_in_no_snapshot_logged_nothing(store: Scored, work_of: Look) -> None:
    logged(store, "e", "a", 0, shared=40)
    work = work_of(store)
    found = evidence(work, ("no such run", "0" * 32))
    assert all(one.splits is None and not one.steps for one in found.values())
