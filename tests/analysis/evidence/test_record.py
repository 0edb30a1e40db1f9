"""Every check of the record on what a run has, has in part, and has not."""

from dataclasses import replace

import pytest

from assay.analysis.evidence.code import commit_of
from assay.analysis.evidence.record import records
from assay.model.evidence.check import Check, CheckStatus
from assay.model.evidence.environment import (
    Changes,
    CodeState,
    Environment,
    LoggedEnvironment,
    PackageSource,
    Requirements,
)
from assay.model.evidence.files import CHANGES, ENVIRONMENT, RECIPE, SPLITS
from assay.model.evidence.notes import RecordNote as Says
from assay.model.evidence.record import RECORDS, RecordCheck, RecordedReplicates, RunRecord
from assay.model.note import Quote, note
from assay.model.runs.data import Dataset

PASS, NOT_LOGGED, WARN, _ = CheckStatus
COMMIT = "42d9398" + "0" * 33
DIGEST = "a" * 64
LEVELS = ("random", "numpy", "torch_cpu", "torch_gpus", "cudnn", "pythonhashseed", "tensorflow")
SEEDS = {"seed": "42", **dict.fromkeys(LEVELS, "set"), "pythonhashseed": "set for child processes only"}
WHOLE = Environment(
    version=2, python="3.11.7", platform="Linux", packages={"numpy": "2.1"}, cpu="Xeon", cpus=2, ram_bytes=2**34,
    image=f"train@sha256:{DIGEST}", code=CodeState(COMMIT, dirty=False), command="python train.py",
    argv=("python", "train.py"), seeds=SEEDS,
)  # fmt: skip
DATA = Dataset("digits", "9f3c1e07", "training", "http", "https://example.org/digits.csv")
VERSIONS = ((DATA,), ())
COMPLETE = RunRecord(
    "a", params=3, metrics=2, datasets=(DATA,), hashes={RECIPE: DIGEST}, logged=LoggedEnvironment(WHOLE), has_model=True
)
DIRTY = replace(WHOLE, code=CodeState(COMMIT, dirty=True))
KEPT = replace(DIRTY, changes=Changes(DIGEST, 12, 400))


def ran(**changes: object) -> RunRecord:
    """A complete run on another environment."""
    return replace(COMPLETE, logged=LoggedEnvironment(replace(WHOLE, **changes)))  # type: ignore[arg-type]


def used(**changes: object) -> RunRecord:
    return replace(COMPLETE, datasets=(replace(DATA, **changes),))  # type: ignore[arg-type]


def checks(run: RunRecord) -> dict[str, Check]:
    return {one.check: one for one in records(run)}


def asked(*lines: str) -> RunRecord:
    return RunRecord("a", logged=LoggedEnvironment(requirements=Requirements("model/requirements.txt", lines)))


def test_a_complete_run_passes_every_check_in_their_order() -> None:
    assert [one.check for one in records(COMPLETE)] == [*RECORDS]
    assert {one.status for one in records(COMPLETE)} == {PASS}
    assert dict(checks(COMPLETE)["seeds"].note.values)["child"]


def test_nothing_logged_is_not_logged_in_every_check_each_with_the_line_that_logs_it() -> None:
    for one in records(RunRecord("a")):
        assert one.status is NOT_LOGGED
        assert isinstance(one.note["line"], Quote)


@pytest.mark.parametrize(
    ("run", "check", "status", "code"),
    [
        (RunRecord("a", commit=COMMIT), "code_version", PASS, Says.COMMIT_KNOWN),
        (RunRecord("a", commit="v1; rm -rf /"), "code_version", WARN, Says.COMMIT_NO_HASH),
        (replace(COMPLETE, replicates=RecordedReplicates(3, (COMMIT, "b" * 40))), "code_version", WARN, Says.COMMITS_VARY),
        (RunRecord("a", commit=COMMIT), "code_clean", NOT_LOGGED, Says.NO_TREE),
        (ran(code=DIRTY.code), "code_clean", WARN, Says.TREE_DIRTY),
        (replace(COMPLETE, logged=LoggedEnvironment(KEPT)), "code_clean", PASS, Says.TREE_KEPT),
        (replace(COMPLETE, logged=LoggedEnvironment(KEPT), hashes={CHANGES: "b" * 64}), "code_clean", WARN, Says.TREE_DIRTY),
        (ran(code=DIRTY.code, changes=Changes(None, 9, 2_000_000)), "code_clean", WARN, Says.TREE_TOO_LARGE),
        (ran(code=CodeState(COMMIT, dirty=False, script="t.py", tracked=False)), "code_clean", WARN, Says.SCRIPT_UNTRACKED),
        (used(source_type="local", source="/home/a/digits.csv"), "data_access", WARN, Says.DATA_LOCAL),
        (used(source_type="local", source="file:///home/a/digits.csv"), "data_access", WARN, Says.DATA_LOCAL),
        (used(source_type="local", source='{"uri": "/home/a/digits.csv"}'), "data_access", WARN, Says.DATA_LOCAL),
        (used(source_type="http", source='{"url": "https://data.example/digits.csv"}'), "data_access", PASS, Says.DATA_REACHED),
        (used(source_type="s3", source='{"uri": "s3://team/digits.csv"}'), "data_access", PASS, Says.DATA_REACHED),
        (used(source_type="delta_table", source='{"delta_table_name": "a.b"}'), "data_access", PASS, Says.DATA_REACHED),
        (used(source_type="delta_table", source='{"path": "/mnt/a"}'), "data_access", WARN, Says.DATA_LOCAL),
        (used(source_type="spark", source="{}"), "data_access", WARN, Says.DATA_LOCAL),
        (used(source_type="hugging_face", source='{"path": "digits"}'), "data_access", PASS, Says.DATA_REACHED),
        (used(source_type="hugging_face", source='{"path": "csv", "data_files": {"train": ["/home/a.csv"]}}'), "data_access", WARN, Says.DATA_LOCAL),
        (used(source_type="hugging_face", source='{"path": "csv", "data_files": "hf://datasets/a/b.csv"}'), "data_access", PASS, Says.DATA_REACHED),
        (used(source_type="hugging_face", source='{"path": "/home/a"}'), "data_access", WARN, Says.DATA_LOCAL),
        (used(source_type="code", source="{}"), "data_access", PASS, Says.DATA_FROM_CODE),
        (replace(used(source_type="code"), logged=LoggedEnvironment()), "data_access", WARN, Says.DATA_FROM_UNKNOWN_CODE),
        (used(digest=""), "data_version", WARN, Says.DIGESTS_LACK),
        (replace(used(digest=""), hashes={SPLITS: DIGEST}), "data_version", PASS, Says.SPLITS_HASHED),
        (replace(COMPLETE, replicates=RecordedReplicates(2, data=VERSIONS)), "data_version", WARN, Says.DATA_VARIES),
        (replace(COMPLETE, replicates=RecordedReplicates(2, (), VERSIONS, by_seed=True)), "data_version", PASS, Says.DATA_BY_SEED),
        (RunRecord("a", seeds=(("seed", "1"),)), "seeds", WARN, Says.SEED_PARAM),
        (ran(seeds={"numpy": "1"}), "seeds", WARN, Says.SEEDS_PARTLY),
        (ran(seeds={**WHOLE.seeds, "numpy": "not set"}), "seeds", WARN, Says.SEEDS_PARTLY),
        (ran(python=None), "environment", WARN, Says.ENVIRONMENT_PARTLY),
        (ran(sources={"own": PackageSource("file:///home/a/own", editable=True)}), "packages", WARN, Says.PACKAGES_LOCAL),
        (ran(sources={"own": PackageSource("https://git.example/own", COMMIT)}), "packages", PASS, Says.PACKAGES_KNOWN),
        (ran(sources={"own": PackageSource("file:///home/a/work/own", folder="own")}), "packages", PASS, Says.PACKAGES_KNOWN),
        (asked("numpy==2.1", "scipy[all] == 1.14 ; python_version > '3'"), "packages", PASS, Says.REQUIREMENTS_PINNED),
        (asked("numpy==2.1", "scipy>=1.14"), "packages", WARN, Says.REQUIREMENTS_LOOSE),
        (asked("numpy==2.*"), "packages", WARN, Says.REQUIREMENTS_LOOSE),
        (ran(cpu=None), "hardware", WARN, Says.HARDWARE_PARTLY),
        (ran(image="train:latest"), "container", WARN, Says.IMAGE_LOOSE),
        (ran(image=None, container="docker"), "container", WARN, Says.IMAGE_UNKNOWN),
        (ran(image=None), "container", NOT_LOGGED, Says.NO_CONTAINER),
        (ran(command="python t.py --token ***", argv=()), "command", WARN, Says.COMMAND_HIDDEN),
        (RunRecord("a", started="train.py"), "command", WARN, Says.COMMAND_SOURCE),
        (RunRecord("a", project="main"), "pipeline", PASS, Says.PIPELINE_PROJECT),
        (RunRecord("a", metrics=3), "logging", WARN, Says.LOGGED_METRICS),
        (RunRecord("a", params=3), "logging", WARN, Says.LOGGED_PARAMS),
    ],
)  # fmt: skip
def test_what_is_there_in_part_is_said(run: RunRecord, check: str, status: CheckStatus, code: Says) -> None:
    found = checks(run)[check]
    assert (found.status, found.note.code) == (status, code)


def test_a_file_that_cannot_be_read_is_the_reason_of_what_it_would_tell() -> None:
    why = note(Says.ENVIRONMENT_DAMAGED, file="environment.json")
    found = checks(RunRecord("a", logged=LoggedEnvironment(reasons={ENVIRONMENT: why})))
    assert {name for name, one in found.items() if one.note == why} == {
        "code_version", "code_clean", "seeds", "environment", "packages", "hardware", "container", "command",
    }  # fmt: skip


def test_the_commit_of_the_evidence_comes_before_that_of_mlflow() -> None:
    assert commit_of(replace(COMPLETE, commit="b" * 40)) == COMMIT
    assert commit_of(RunRecord("a", commit="B" * 40)) == "b" * 40
    assert RecordCheck.REPEATS not in checks(COMPLETE)
