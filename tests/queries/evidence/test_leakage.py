"""Every check on the runs of a selection: what is a row, what is read, what is counted, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assay.errors import FilterError, SelectionError
from assay.model.evidence.check import CheckStatus
from assay.model.evidence.leakage import OF_SPLITS, Leakage, LeakageCheck
from assay.model.evidence.notes import EvidenceNote, SplitFiles
from assay.model.runs.notes import RunNote
from assay.queries.evidence import leakage as leakages
from assay.queries.evidence import rows
from assay.workspace import Workspace
from evidenced import Evidenced, asked
from noted import has, of, only
from saying import refused, said
from splitted import parted
from stores import Store

WorkOf = Callable[[Store], Workspace]
PASS, NOT_LOGGED, WARN, FAIL = CheckStatus
SHARED, APART = parted(40, 40, group="g"), parted(40, 40, group=[f"g{k}" for k in range(80)])
GROUPS, EQUAL = LeakageCheck.GROUP_OVERLAP, LeakageCheck.TRAIN_EQUALS_TEST


@pytest.fixture
def store(tmp_path: Path) -> Evidenced:
    return Evidenced(tmp_path)


def run(store: Evidenced, model: str, seed: int, *, experiment: str = "e", leaky: bool | None = None) -> str:
    """`leaky`: None logs no splits."""
    run_id = store.run(experiment, params={"model": model, "seed": seed}, metrics={"accuracy": 0.5 + seed / 1e3})
    if leaky is not None:
        store.splits(run_id, SHARED if leaky else APART)
    return run_id


def row_of(found: Leakage, label: str) -> dict[LeakageCheck, CheckStatus]:
    [row] = [row for row in found.rows if row.label == label]
    return {LeakageCheck(cell.check.check): cell.check.status for cell in row.cells}


def test_a_row_is_a_configuration_with_the_worst_of_its_runs(store: Evidenced, work_of: WorkOf) -> None:
    runs = [run(store, "a", 0, leaky=False), run(store, "a", 1, leaky=True), run(store, "a", 2)]
    run(store, "b", 0, leaky=False)
    found = asked(work_of(store))
    assert [row.label for row in found.rows] == ["b", "a"]
    [_, leaky] = found.rows
    cell = leaky.cell(GROUPS)
    assert (cell.check.status, cell.run_id, cell.alike) == (FAIL, runs[1], (runs[1],))
    assert (leaky.run_id, leaky.run_ids, leaky.experiment) == (runs[2], tuple(reversed(runs)), "e")
    assert [own.check.check for own in leaky.cells] == [*LeakageCheck]
    assert found.failing == (leaky,)
    assert found.worst == leaky
    assert (found.total, found.runs, found.read) == (2, 4, 4)


def test_a_row_is_found_by_its_filter(store: Evidenced, work_of: WorkOf) -> None:
    for model in ('it\'s "odd"', "b"):
        run(store, model, 0)
        run(store, model, 1)
    work = work_of(store)
    for single in (False, True):
        for row in asked(work, single=single).rows:
            again = asked(work, "e", filter=row.filter, single=single)
            assert [own.run_ids for own in again.rows] == [row.run_ids]


def test_single_runs_are_rows_of_their_own(store: Evidenced, work_of: WorkOf) -> None:
    runs = [run(store, "a", 0, leaky=False), run(store, "a", 1, leaky=True)]
    found = asked(work_of(store), single=True)
    assert [row.run_ids for row in found.rows] == [(runs[1],), (runs[0],)]
    assert [row.cell(GROUPS).check.status for row in found.rows] == [FAIL, PASS]


def test_the_summary_counts_every_run(store: Evidenced, work_of: WorkOf) -> None:
    for seed, leaky in enumerate((True, True, False, None)):
        run(store, "a", seed, leaky=leaky)
    work = work_of(store)
    for more in ({}, {"single": True}):
        found = asked(work, **more)
        assert {status: n for status, n in found.summary[GROUPS].items() if n} == {FAIL: 2, PASS: 1, NOT_LOGGED: 1}
        assert all(sum(own.values()) == 4 for own in found.summary.values())
    cut = asked(work, single=True, most=1)
    assert (len(cut.rows), cut.total, cut.read, cut.runs) == (1, 4, 1, 4)
    assert cut.summary[GROUPS][NOT_LOGGED] == 4  # the newest logged none, and the others were not read
    assert all(sum(own.values()) == 4 for own in cut.summary.values())


def test_pages_of_rows_hold_every_row_once(store: Evidenced, work_of: WorkOf) -> None:
    for seed in range(7):
        run(store, f"m{seed}", 0, leaky=seed == 3)
    work = work_of(store)
    pages = [asked(work, first=first, most=3) for first in (0, 3, 6, 9)]
    assert [len(page.rows) for page in pages] == [3, 3, 1, 0]
    assert {row.run_id for page in pages for row in page.rows} == {row.run_id for row in asked(work).rows}
    assert {page.total for page in pages} == {7}
    assert pages[3].worst is None


def test_a_last_page_of_few_rows_stands_on_the_one_before(store: Evidenced, work_of: WorkOf) -> None:
    for seed in range(7):
        run(store, f"m{seed}", 0)
    work = work_of(store)
    assert [len(asked(work, first=first, most=3, spare=1).rows) for first in (0, 3, 6)] == [3, 4, 1]
    assert len(asked(work, first=0, most=3, spare=4).rows) == 7


def test_where_few_runs_are_found_no_leak_waits_on_a_later_page(store: Evidenced, work_of: WorkOf) -> None:
    leaky = run(store, "leaky", 0, leaky=True)
    for seed in range(4):
        store.run("e", params={"model": f"gap{seed}"}, metrics={"train_accuracy": 0.99, "accuracy": 0.5})
    work = work_of(store)
    assert leaky not in {row.run_id for row in asked(work, most=2, whole=4).rows}
    found = asked(work, most=2, whole=5)
    assert (found.rows[0].run_id, found.read, len(found.rows), found.total) == (leaky, 5, 2, 5)
    assert found.summary[GROUPS][FAIL] == 1
    assert len(found.beyond) == 3
    assert leaky not in {row.run_id for row in asked(work, first=2, most=2, whole=5).rows}
    assert asked(work, first=9, most=2, whole=5).read == 0


def test_a_twin_may_stand_on_another_page(store: Evidenced, work_of: WorkOf) -> None:
    honest = run(store, "honest", 0, leaky=False)
    run(store, "leaky", 0, leaky=True)
    work = work_of(store)
    found = asked(work, most=1, whole=2)
    [leaky] = found.rows
    assert found.honest(leaky, GROUPS) == ((honest,),)
    assert asked(work, most=1).beyond == ()


def test_of_runs_that_warn_the_one_of_the_worst_value_is_shown(store: Evidenced, work_of: WorkOf) -> None:
    runs = [
        store.run("e", params={"seed": seed}, metrics={"train_accuracy": 0.99, "accuracy": accuracy})
        for seed, accuracy in enumerate([0.61, 0.523, 0.655])
    ]
    [row] = asked(work_of(store)).rows
    cell = row.cell(LeakageCheck.TRAIN_TEST_GAP)
    assert (cell.check.status, cell.run_id, cell.alike) == (WARN, runs[1], (runs[1], runs[0], runs[2]))
    assert (cell.check.value, cell.mean) == pytest.approx((0.467, 0.394), abs=1e-9)


def test_the_worst_by_their_metrics_come_first_where_not_all_are_in_view(store: Evidenced, work_of: WorkOf) -> None:
    run(store, "plain", 0)
    both = {"train_accuracy": 0.9312, "accuracy": 0.9312, "train_f1": 0.8871, "f1": 0.8871}
    store.run("e", params={"model": "leaky"}, metrics=both)
    store.run("e", params={"model": "good"}, metrics={"accuracy": 0.999})
    warned = {"train_accuracy": 0.97, "accuracy": 0.5, "f1": 0.999, "std_test_accuracy": 0.2}
    store.run("e", params={"model": "warned"}, metrics=warned)
    run(store, "newest", 0)
    work = work_of(store)
    assert [row.label for row in asked(work, most=4).rows] == ["leaky", "warned", "good", "newest"]
    assert [row.label for row in asked(work, most=5).rows] == ["newest", "warned", "good", "leaky", "plain"]


def test_nothing_found_is_an_answer_that_says_why(store: Evidenced, work_of: WorkOf) -> None:
    run(store, "a", 0, leaky=True)
    work = work_of(store)
    found = asked(work, filter="params.model = 'z'")
    assert (found.rows, found.total, found.runs, found.read, found.worst) == ((), 0, 0, 0, None)
    assert "z" in said(only(found.notes, RunNote.UNKNOWN_VALUE))
    assert all(sum(own.values()) == 0 for own in found.summary.values())
    assert has(asked(work, filter="params.modle = 'a'").notes, RunNote.UNKNOWN_NAME)
    empty = asked(work_of(Store.sqlite(store.folder / "other" / "mlflow.db")))
    assert (empty.rows, empty.runs, empty.failing, empty.worst) == ((), 0, (), None)


def test_no_row_in_view_reads_no_file(store: Evidenced, work_of: WorkOf) -> None:
    run(store, "a", 0, leaky=True)
    work = work_of(store)
    found = asked(work, most=0)
    assert (found.rows, found.total, found.read) == ((), 1, 0)
    assert found.summary[GROUPS][NOT_LOGGED] == 1
    assert not (work.settings.data / "artifacts").exists()


def test_what_nobody_knows_is_refused(store: Evidenced, work_of: WorkOf) -> None:
    run(store, "a", 0)
    work = work_of(store)
    with refused(SelectionError, "digitz"):
        asked(work, "digitz")
    with refused(SelectionError, "modle.*model"):
        asked(work, ignore=("modle",))
    with refused(FilterError, "."):
        asked(work, filter="params.model ~ 'a'")


def test_ignored_params_make_no_configuration(store: Evidenced, work_of: WorkOf) -> None:
    for k in range(3):
        params = {"model": "a", "note": f"n{k}"}
        store.run("e", params=params, metrics={"train_accuracy": 0.9312 + k / 1e3, "accuracy": 0.9312 + k / 1e3})
    work = work_of(store)
    apart, together = asked(work), asked(work, ignore=("note",))
    assert (len(apart.rows), len(together.rows)) == (3, 1)
    assert {row.cell(EQUAL).check.status for row in apart.rows} == {WARN}
    assert together.rows[0].cell(EQUAL).check.status is FAIL  # three replicates


def test_deleted_runs_are_looked_at_where_they_are_asked_for(store: Evidenced, work_of: WorkOf) -> None:
    gone, kept = run(store, "a", 0, leaky=True), run(store, "b", 0, leaky=False)
    store.client.delete_run(gone)
    work = work_of(store)
    assert [row.run_id for row in asked(work).rows] == [kept]
    found = asked(work, deleted=True)
    assert {row.run_id: row.cell(GROUPS).check.status for row in found.rows} == {kept: PASS, gone: FAIL}
    assert all(row.label for row in found.rows)


def test_failed_and_running_runs_are_looked_at(store: Evidenced, work_of: WorkOf) -> None:
    for status in ("FAILED", None):
        run_id = store.run("e", params={"model": f"m{status}"}, metrics={"accuracy": 0.999}, status=status)
        store.splits(run_id, SHARED)
    found = asked(work_of(store))
    assert {row.cell(GROUPS).check.status for row in found.rows} == {FAIL}
    assert {row.cell(LeakageCheck.SUSPICIOUS_SCORE).check.status for row in found.rows} == {WARN}


def test_more_runs_than_one_question_reads_are_counted(
    store: Evidenced, work_of: WorkOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(6):
        run(store, "a", seed, leaky=True)
    for module in (rows, leakages):
        monkeypatch.setattr(module, "MOST_READ", 4)
    found = asked(work_of(store))
    assert (found.read, found.runs) == (4, 6)
    assert of(only(found.notes, EvidenceNote.FILES_CUT), EvidenceNote.FILES_CUT) == {"n": 2, "most": 4}
    assert {status: n for status, n in found.summary[GROUPS].items() if n} == {FAIL: 4, NOT_LOGGED: 2}
    assert found.rows[0].cell(GROUPS).check.status is FAIL
    alone = asked(work_of(store), single=True, most=6)
    unread = [row for row in alone.rows if row.cell(GROUPS).check.status is NOT_LOGGED]
    assert len(unread) == 2
    assert "were not looked at" in said(unread[0].cell(GROUPS).check.note)


def test_what_is_odd_about_files_is_said_once(store: Evidenced, work_of: WorkOf) -> None:
    odd = SHARED.assign(split=["train"] * 40 + ["odd"] * 40)
    for seed in range(3):
        store.splits(run(store, "a", seed), odd)
    found = asked(work_of(store))
    assert of(only(found.notes, SplitFiles.SPLITS_UNKNOWN), SplitFiles.SPLITS_UNKNOWN)["rows"] == 40


def test_limits_of_the_policy_decide_and_files_are_not_counted_again(store: Evidenced, work_of: WorkOf) -> None:
    store.splits(run(store, "a", 0), parted(100, 30, content_hash=[*range(129), 0]))
    work = work_of(store)
    check = LeakageCheck.DUPLICATE_ROWS
    assert asked(work).rows[0].cell(check).check.status is WARN
    [facts] = (work.settings.data / "facts").iterdir()
    before = facts.stat().st_mtime_ns
    unique = replace(work, policy=replace(work.policy, leakage=replace(work.policy.leakage, rows="unique")))
    assert asked(unique).rows[0].cell(check).check.status is FAIL
    assert facts.stat().st_mtime_ns == before


def test_an_answer_is_asked_again_while_the_store_is_away(store: Evidenced, work_of: WorkOf) -> None:
    run(store, "a", 0, leaky=True)
    work = work_of(store)
    (store.folder / "mlflow.db").rename(store.folder / "mlflow.away")
    away = asked(work)
    assert away.keeps_seconds < 60
    assert {away.rows[0].cell(check).check.status for check in OF_SPLITS} == {NOT_LOGGED}
    (store.folder / "mlflow.away").rename(store.folder / "mlflow.db")
    assert asked(work).keeps_seconds == float("inf")
    assert asked(work).rows[0].cell(GROUPS).check.status is FAIL


def test_runs_without_anything_have_a_sentence_for_every_check(store: Evidenced, work_of: WorkOf) -> None:
    store.run("e")
    [row] = asked(work_of(store)).rows
    assert {cell.check.status for cell in row.cells} == {NOT_LOGGED}
    assert all(said(cell.check.note).endswith((".", ")")) for cell in row.cells)


def test_the_shared_store_has_rows_of_every_experiment(work: Workspace) -> None:
    found = asked(work)
    assert {row.experiment for row in found.rows} == {"digits", "한국어 실험"}
    assert found.runs == sum(len(row.run_ids) for row in found.rows) == 22
    assert not any(one.check.status is FAIL for row in found.rows for one in row.cells)
