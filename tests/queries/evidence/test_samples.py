"""Leakage in stores that nobody here wrote."""

import tarfile
from collections import Counter
from pathlib import Path

import pytest

from assay import settings as configuration
from assay import sync
from assay.model.evidence.check import CheckStatus
from assay.model.evidence.leakage import OF_SPLITS, Leakage, LeakageCheck
from assay.model.evidence.notes import ScoreNote
from assay.model.policy import Policy
from assay.queries import freshness
from assay.workspace import Workspace
from evidenced import asked
from saying import said

pytestmark = pytest.mark.samples
RUNS = {"automl_tools": ("mlruns", 828), "packt_hpo": ("mlruns", 2), "bilevel_rl": ("experiments", 3)}


def found_in(samples: Path, name: str, tmp_path: Path, policy: Policy) -> Leakage:
    with tarfile.open(samples / f"{name}.tar.gz") as packed:
        packed.extractall(tmp_path, filter="data")
    [store] = tmp_path.rglob(RUNS[name][0])
    own = configuration.read({}, tracking_uri=str(store), data=tmp_path / "data")
    sync.sync(own)
    snapshot = freshness.current(own).snapshot
    assert snapshot is not None
    return asked(Workspace(own, policy, snapshot), single=True, most=2_000)


@pytest.mark.parametrize("name", RUNS)
def test_every_run_has_an_answer_and_none_fails(samples: Path, name: str, tmp_path: Path, policy: Policy) -> None:
    found = found_in(samples, name, tmp_path, policy)
    assert (found.runs, len(found.rows)) == (RUNS[name][1],) * 2
    assert found.failing == ()
    for check in OF_SPLITS:
        assert found.summary[check][CheckStatus.NOT_LOGGED] == found.runs
    assert all(said(cell.check.note) for row in found.rows for cell in row.cells)


def test_scores_above_99_per_cent_are_warned_of_and_nothing_else(samples: Path, tmp_path: Path, policy: Policy) -> None:
    found = found_in(samples, "automl_tools", tmp_path, policy)
    warned = [cell.check for row in found.rows for cell in row.cells if cell.check.status is CheckStatus.WARN]
    assert {one.check for one in warned} == {LeakageCheck.SUSPICIOUS_SCORE}
    kinds = Counter("accuracy" if "accuracy" in str(one.note["metric"]).lower() else "auc" for one in warned)
    assert kinds == {"accuracy": 17, "auc": 16}
    assert {one.note.code for one in warned} == {ScoreNote.TOO_GOOD}
    named = {str(one.note["metric"]) for one in warned}
    assert not any(word in name for name in named for word in ("training", "rank"))
    assert all((one.value or 0) > (one.limit or 0) for one in warned)
