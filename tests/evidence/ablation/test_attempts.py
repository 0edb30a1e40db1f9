from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import mlflow
import pytest
from mlflow.entities import Run, ViewType

from assay.evidence.ablation.attempts import CELL_TAG, PROCESS_TAG, Attempts, LeftToOther, log_metrics, metrics_of_run
from assay.model.ablation.tags import COMPONENTS_TAG, STUDY_TAG
from stores import Store

ELSEWHERE = "another-host 1 1"


class Hasty(Attempts):
    """Looked the moment before somebody else's claim stood."""

    def taken(self, cell: str = "") -> dict[str, Run]:  # noqa: ARG002 - whichever
        return {}


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[Store]:
    store, before = Store.sqlite(tmp_path / "mlflow.db"), mlflow.get_tracking_uri()
    mlflow.set_tracking_uri(store.uri)
    yield store
    mlflow.set_tracking_uri(before)


def _rival(store: Store, cell: str, process: str = ELSEWHERE) -> str:
    """Somebody's claim of a cell, not yet looked at by them."""
    tags = {STUDY_TAG: "ablation", COMPONENTS_TAG: "abc", CELL_TAG: cell, PROCESS_TAG: process}
    return store.run("Default", tags=tags, status=None)


def _runs(store: Store, view: int = ViewType.ACTIVE_ONLY) -> list[Run]:
    return list(store.client.search_runs(["0"], run_view_type=view))


def test_who_has_begun_is_left_the_cell_and_the_claim_beside_it_goes(logged: Store) -> None:
    rival = _rival(logged, "full, seed 1")
    logged.client.log_param(rival, "seed", 1)
    with pytest.raises(LeftToOther) as left, Hasty("0", "ablation", "abc").begun("full, seed 1", {"seed": "1"}, {}):
        raise AssertionError("the cell was evaluated twice")
    assert left.value.run.info.run_id == rival
    assert [run.info.run_id for run in _runs(logged)] == [rival]
    [gone] = _runs(logged, ViewType.DELETED_ONLY)
    assert gone.info.status == "KILLED"
    assert mlflow.active_run() is None


def test_of_two_claims_at_once_the_lower_goes_on_when_the_higher_has_given_way(logged: Store) -> None:
    seen = set[str]()
    for number in range(40):
        cell = f"full, seed {number}"
        rival = _rival(logged, cell)
        away = Timer(0.1, logged.client.set_terminated, (rival, "KILLED"))
        away.start()
        try:
            with Hasty("0", "ablation", "abc").begun(cell, {"seed": str(number)}, {}) as run_id:
                assert run_id < rival
                assert logged.client.get_run(rival).info.status == "KILLED", "it had not given way"
                seen.add("went on")
        except LeftToOther as other:
            seen.add("gave way" if other.run.info.run_id == rival else "gave way to somebody else")
        away.join()
        if len(seen) == 2:
            break
    assert seen == {"went on", "gave way"}


def test_a_claim_of_this_very_process_that_nobody_is_at_any_more_holds_nothing_up(logged: Store) -> None:
    attempts = Attempts("0", "ablation", "abc")
    with attempts.begun("full, seed 1", {}, {}) as run_id:
        log_metrics(run_id, {"f1": 0.5})
        process = logged.client.get_run(run_id).data.tags[PROCESS_TAG]
        assert [*attempts.taken()] == ["full, seed 1"]
    lost = _rival(logged, "full, seed 2", process)
    assert [*attempts.taken()] == ["full, seed 1"]
    assert logged.client.get_run(lost).info.status == "KILLED"


def test_of_runs_elsewhere_that_are_not_of_this_study_none_is_touched(logged: Store) -> None:
    mine = Attempts("0", "ablation", "abc")
    others = [
        _rival(logged, "full, seed 1", ELSEWHERE),
        logged.run("Default", tags={STUDY_TAG: "ablation"}, status=None),
    ]
    assert {cell: run.info.run_id for cell, run in mine.taken().items()} == {"full, seed 1": others[0]}
    assert Attempts("0", "another", "abc").taken() == {}
    assert Attempts("0", "ablation", "abd").taken() == {}
    assert {run.info.status for run in _runs(logged)} == {"RUNNING"}


def test_more_params_than_mlflow_takes_at_once_are_all_logged(logged: Store) -> None:
    params = {f"c{n}": "on" for n in range(250)}
    with Attempts("0", "ablation", "abc").begun("full, seed 1", params, {}) as run_id:
        pass
    assert logged.client.get_run(run_id).data.params == params


def test_what_somebody_ended_by_hand_is_not_finished(logged: Store) -> None:
    logged.client.set_terminated(_rival(logged, "full, seed 1"), "FINISHED")
    with Attempts("0", "ablation", "abc").begun("full, seed 1", {}, {}) as run_id:
        log_metrics(run_id, {"f1": 0.5})
    [found] = Attempts("0", "ablation", "abc").taken().values()
    assert (found.info.run_id, metrics_of_run(found)) == (run_id, {"f1": 0.5})
