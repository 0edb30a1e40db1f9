"""Leakage and records in stores that nobody here wrote."""

import tarfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from assay import settings as configuration
from assay import sync
from assay.model.evidence.check import CheckStatus
from assay.model.evidence.leakage import OF_SPLITS, LeakageCheck
from assay.model.evidence.notes import ScoreNote
from assay.model.evidence.record import RecordCheck
from assay.model.evidence.reproducibility import Field, FieldKind, ReproducibilityQuestion
from assay.model.policy import Policy
from assay.queries import freshness
from assay.queries.evidence.reproducibility import reproducibility
from assay.workspace import Workspace
from evidenced import asked
from saying import said

pytestmark = pytest.mark.samples
COMMIT = Field(FieldKind.CODE, "commit")
RUNS = {"automl_tools": ("mlruns", 828), "packt_hpo": ("mlruns", 2), "bilevel_rl": ("experiments", 3)}


@pytest.fixture(scope="module")
def work_in(samples: Path, policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Workspace]:
    """A look at a public store, which is unpacked and synced once."""

    @cache
    def look(name: str) -> Workspace:
        folder = tmp_path_factory.mktemp(name)
        with tarfile.open(samples / f"{name}.tar.gz") as packed:
            packed.extractall(folder, filter="data")
        [store] = folder.rglob(RUNS[name][0])
        own = configuration.read({}, tracking_uri=str(store), data=folder / "data")
        sync.sync(own)
        snapshot = freshness.current(own).snapshot
        assert snapshot is not None
        return Workspace(own, policy, snapshot)

    return look


WorkIn = Callable[[str], Workspace]


@pytest.mark.parametrize("name", RUNS)
def test_every_run_has_an_answer_and_none_fails(work_in: WorkIn, name: str) -> None:
    found = asked(work_in(name), single=True, most=2_000)
    assert (found.runs, len(found.rows)) == (RUNS[name][1],) * 2
    assert found.failing == ()
    for check in OF_SPLITS:
        assert found.summary[check][CheckStatus.NOT_LOGGED] == found.runs
    again = reproducibility(work_in(name), ReproducibilityQuestion(single=True, most=2_000))
    assert (again.runs, again.read) == (found.runs, found.runs)
    assert not any(counts[CheckStatus.FAIL] for counts in again.summary.values())
    for record in (RecordCheck.PACKAGES, RecordCheck.DATA_VERSION, RecordCheck.CODE_CLEAN, RecordCheck.CONTAINER):
        assert again.summary[record][CheckStatus.NOT_LOGGED] == again.runs
    assert all(said(cell.check.note) for row in (*found.rows, *again.rows) for cell in row.cells)


def test_scores_above_99_per_cent_are_warned_of_and_nothing_else(work_in: WorkIn) -> None:
    found = asked(work_in("automl_tools"), single=True, most=2_000)
    warned = [cell.check for row in found.rows for cell in row.cells if cell.check.status is CheckStatus.WARN]
    assert {one.check for one in warned} == {LeakageCheck.SUSPICIOUS_SCORE}
    kinds = Counter("accuracy" if "accuracy" in str(one.note["metric"]).lower() else "auc" for one in warned)
    assert kinds == {"accuracy": 17, "auc": 16}
    assert {one.note.code for one in warned} == {ScoreNote.TOO_GOOD}
    named = {str(one.note["metric"]) for one in warned}
    assert not any(word in name for name in named for word in ("training", "rank"))
    assert all((one.value or 0) > (one.limit or 0) for one in warned)


def test_one_training_came_out_the_same_under_two_commits_and_one_experiment_mixes_three(work_in: WorkIn) -> None:
    [repeat] = reproducibility(work_in("automl_tools"), ReproducibilityQuestion()).repeats
    assert (repeat.status, repeat.seed, len(repeat.run_ids), repeat.compared) == (CheckStatus.PASS, "1", 2, 3)
    assert repeat.across == (COMMIT,)
    asked_of = ReproducibilityQuestion(filter=f"run_id IN ({', '.join(map(repr, repeat.run_ids))})")
    [commits] = reproducibility(work_in("automl_tools"), asked_of).differences
    assert {(one.value or "")[:7] for one in commits.values} == {"21cd145", "6bc767a"}
    mixed = reproducibility(work_in("automl_tools"), ReproducibilityQuestion(("breast_cancer",)))
    [commits] = mixed.differences
    assert (commits.field, [len(one.run_ids) for one in commits.values]) == (COMMIT, [200, 100, 100])
    assert mixed.runs == 400
