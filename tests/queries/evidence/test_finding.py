"""What is behind one finding and what it is worth, asked of real runs with splits and example scores."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ttest_1samp, ttest_ind

from assay.model.evidence.leakage import Finding, FindingQuestion, LeakageCheck
from assay.model.evidence.notes import WorthNote
from assay.queries.evidence.finding import finding
from assay.workspace import Workspace
from evidenced import Evidenced, asked
from saying import said
from splitted import parted
from stores import Store

WorkOf = Callable[[Store], Workspace]
GROUPS = LeakageCheck.GROUP_OVERLAP
N, LEAKED = 100, 30
TEST_IDS = [f"x{k}" for k in range(N, 2 * N)]


@pytest.fixture
def store(tmp_path: Path) -> Evidenced:
    return Evidenced(tmp_path)


def splits(leaked: int = LEAKED) -> pd.DataFrame:
    """So many of the test rows have a training row's group."""
    groups = [f"g{k}" for k in range(2 * N)]
    groups[N : N + leaked] = groups[:leaked]
    return parted(N, N, group=groups)


def scores(seed: int, leaked: int = LEAKED) -> pd.DataFrame:
    """Examples that leaked are mostly right."""
    rng = np.random.default_rng(seed)
    easy = np.arange(N) < leaked
    right = (rng.random(N) < np.where(easy, 0.97, 0.6)).astype(float)
    label = np.where(rng.random(N) < 0.5, "cat", "dog")
    said_ = np.where(right == 1, label, np.where(label == "cat", "dog", "cat"))
    loss = rng.normal(np.where(easy, 0.2, 1.0), 0.1)
    return pd.DataFrame(
        {"example_id": TEST_IDS, "accuracy": right, "log_loss": loss, "label": label, "prediction": said_}
    )


def logged(store: Evidenced, n: int, leaked: int = LEAKED, **params: object) -> list[str]:
    made = []
    for seed in range(n):
        run_id = store.scored(scores(seed, leaked), seed=seed, **params)
        store.splits(run_id, splits(leaked))
        made.append(run_id)
    return made


def found_in(work: Workspace, run_ids: list[str], check: str = GROUPS, **more: object) -> Finding:
    return finding(work, FindingQuestion(tuple(run_ids), check, **more))  # type: ignore[arg-type]


def test_the_worth_of_several_trainings_is_told_by_their_spread(store: Evidenced, work_of: WorkOf) -> None:
    runs = logged(store, 4, model="a")
    worth = found_in(work_of(store), runs).worth
    assert worth is not None
    frames = [scores(seed)["accuracy"].to_numpy() for seed in range(4)]
    gaps = np.array([own.mean() - own[LEAKED:].mean() for own in frames])
    ends = ttest_1samp(gaps, 0).confidence_interval(0.95)
    assert (worth.metric.name, worth.runs, worth.over_seeds, worth.lost) == ("accuracy", 4, True, (30, 30))
    assert worth.logged.mean == pytest.approx(np.mean(frames))
    assert worth.without is not None
    assert (worth.without.mean, worth.without.n) == pytest.approx((np.mean([own[LEAKED:] for own in frames]), 70))
    assert worth.difference == pytest.approx(gaps.mean())
    assert worth.interval == pytest.approx((ends.low, ends.high))


def test_the_worth_of_one_training_is_told_over_its_examples(store: Evidenced, work_of: WorkOf) -> None:
    [run] = logged(store, 1, model="a")
    worth = found_in(work_of(store), [run], metric="log_loss").worth
    assert worth is not None
    loss = scores(0)["log_loss"].to_numpy()
    apart = ttest_ind(loss[:LEAKED], loss[LEAKED:], equal_var=False).confidence_interval(0.95)
    assert (worth.metric.name, worth.over_seeds) == ("log_loss", False)
    assert worth.interval == pytest.approx((0.3 * apart.low, 0.3 * apart.high))
    assert worth.difference == pytest.approx(loss.mean() - loss[LEAKED:].mean())


def test_offenders_stand_with_label_and_answer(store: Evidenced, work_of: WorkOf) -> None:
    [run] = logged(store, 1, model="a")
    found = found_in(work_of(store), [run])
    frame = scores(0).set_index("example_id")
    assert len(found.rows) == LEAKED
    for row in found.rows:
        own = frame.loc[row.offender.example_id]
        assert (row.label, row.said, row.offender.others) == (own["label"], own["prediction"], 1)


def test_no_clean_test_row_left_is_an_answer(store: Evidenced, work_of: WorkOf) -> None:
    runs = logged(store, 3, leaked=N, model="a")
    worth = found_in(work_of(store), runs).worth
    assert worth is not None
    assert (worth.without, worth.difference, worth.lost) == (None, None, (N, N))
    assert worth.logged.n == N


def test_examples_that_nobody_scored_have_no_worth(store: Evidenced, work_of: WorkOf) -> None:
    run = store.scored(scores(0).assign(example_id=[f"other {k}" for k in range(N)]), model="a")
    store.splits(run, splits())
    found = found_in(work_of(store), [run])
    assert (found.worth, len(found.rows)) == (None, LEAKED)
    assert said(found.reason) == (
        "None of 30 examples that are named has a score of its own, so nothing can be left out."
    )
    assert {(row.label, row.said) for row in found.rows} == {(None, None)}


def test_runs_without_scores_have_offenders_and_a_reason(store: Evidenced, work_of: WorkOf) -> None:
    run = store.run("e", params={"model": "a"}, metrics={"accuracy": 0.5})
    store.splits(run, splits())
    found = found_in(work_of(store), [run])
    assert (len(found.rows), found.worth) == (LEAKED, None)
    assert "evidence.log_scores(frame)" in said(found.reason)


def test_a_metric_that_no_example_has_is_named(store: Evidenced, work_of: WorkOf) -> None:
    [run] = logged(store, 1, model="a")
    found = found_in(work_of(store), [run], metric="f1")
    assert found.worth is None
    assert said(found.reason) == (
        "No example has a score of a metric f1, so what the finding is worth can't be told; there are accuracy, log_loss."
    )


@pytest.mark.parametrize(
    "check",
    [LeakageCheck.SPLIT_SIZES, LeakageCheck.TRAIN_EQUALS_TEST, LeakageCheck.TEST_LOOKS, LeakageCheck.SHARED_IDS],
)
def test_a_check_that_names_no_examples_says_so(store: Evidenced, work_of: WorkOf, check: str) -> None:
    [run] = logged(store, 1, model="a")
    found = found_in(work_of(store), [run], check)
    assert (found.rows, found.worth) == ((), None)
    assert said(found.reason) == "This check names no examples, so no score without them can be told."


def test_trainings_that_lack_a_file_are_left_out(store: Evidenced, work_of: WorkOf) -> None:
    runs = logged(store, 3, model="a")
    bare = store.run("e", params={"model": "a", "seed": 7}, metrics={"accuracy": 0.9, "f1": 0.9})
    unsplit = store.scored(scores(8), seed=8, model="a")
    worth = found_in(work_of(store), [*runs, bare, unsplit]).worth
    assert worth is not None
    assert worth.runs == 3


def test_a_training_that_was_logged_twice_counts_once(store: Evidenced, work_of: WorkOf) -> None:
    runs = logged(store, 3, model="a")
    again = store.scored(scores(0), seed=0, model="a")
    store.splits(again, splits())
    failed = store.run("e", params={"model": "a", "seed": 9}, metrics={"accuracy": 0.1}, status="FAILED")
    worth = found_in(work_of(store), [*runs, again, failed]).worth
    assert worth is not None
    assert worth.runs == 3


def test_examples_on_the_wrong_side_in_time_are_weighed_too(store: Evidenced, work_of: WorkOf) -> None:
    run = store.scored(scores(0), model="a")
    times = [*range(N - 1), N + 9.5, *range(N, 2 * N)]
    store.splits(run, parted(N, N, time=times))
    found = found_in(work_of(store), [run], LeakageCheck.TEMPORAL_OVERLAP)
    assert [row.offender.shared for row in found.rows] == [str(N + k) for k in range(10)]
    assert found.worth is not None
    assert found.worth.lost == (10, 10)


def test_the_twin_is_the_honest_row_that_differs_least(store: Evidenced, work_of: WorkOf) -> None:
    leaky = logged(store, 3, model="a", split="visit", depth=3)
    near = logged(store, 3, leaked=0, model="a", split="patient", depth=3)
    far = logged(store, 3, leaked=0, model="b", split="patient", depth=9)
    work = work_of(store)
    found = found_in(work, leaky, honest=(tuple(far), tuple(near)))
    twin = found.twin
    assert twin is not None
    assert (twin.run_id, twin.params) == (near[0], ("split",))
    assert twin.logged is not None
    frames = [scores(seed, 0)["accuracy"].to_numpy() for seed in range(3)]
    assert (twin.logged.mean, twin.logged.n) == pytest.approx((np.mean(frames), N))
    assert {*asked(work, "e", filter=twin.filter).rows[0].run_ids} == {*near}
    assert found_in(work, leaky).twin is None
    row = next(row for row in asked(work, "e").rows if {*row.run_ids} == {*leaky})
    assert asked(work, "e").honest(row, GROUPS) in (
        (tuple(reversed(far)), tuple(reversed(near))),
        (tuple(reversed(near)), tuple(reversed(far))),
    )


def test_a_row_that_differs_in_much_is_no_twin(store: Evidenced, work_of: WorkOf) -> None:
    leaky = logged(store, 1, model="a", b=1, c=1, d=1, e=1)
    other = logged(store, 1, leaked=0, model="z", b=2, c=2, d=2, e=2)
    assert found_in(work_of(store), leaky, honest=(tuple(other),)).twin is None


def test_another_seed_that_does_not_leak_keeps_no_twin_away(store: Evidenced, work_of: WorkOf) -> None:
    [leaky] = logged(store, 1, split="visit")
    lucky = store.scored(scores(1, 0), seed=1, split="visit")
    [near] = logged(store, 1, leaked=0, split="patient")
    work = work_of(store)
    twin = found_in(work, [leaky], honest=((lucky,), (near,))).twin
    assert twin is not None
    assert twin.run_id == near
    assert found_in(work, [leaky], honest=((lucky,),)).twin is None


def test_params_that_the_question_ignores_tell_no_twin_apart(store: Evidenced, work_of: WorkOf) -> None:
    leaky = logged(store, 1, split="visit", host="a")
    near = logged(store, 1, leaked=0, split="patient", host="b")
    found = found_in(work_of(store), leaky, honest=(tuple(near),), ignore=("host",))
    assert found.twin is not None
    assert (found.twin.params, "host" in found.twin.label) == (("split",), False)


def test_params_that_are_ignored_make_no_trainings(store: Evidenced, work_of: WorkOf) -> None:
    runs = [logged(store, 1, split="visit", host=host)[0] for host in "abc"]
    work = work_of(store)
    apart, together = found_in(work, runs).worth, found_in(work, runs, ignore=("host",)).worth
    assert apart is not None
    assert together is not None
    assert (apart.runs, together.runs) == (3, 1)


def test_a_twin_without_scores_is_named_all_the_same(store: Evidenced, work_of: WorkOf) -> None:
    leaky = logged(store, 1, split="visit")
    bare = store.run("e", params={"split": "patient", "seed": 0}, metrics={"accuracy": 0.5})
    twin = found_in(work_of(store), leaky, honest=((bare,),)).twin
    assert twin is not None
    assert (twin.run_id, twin.logged) == (bare, None)


def test_files_that_are_kept_do_while_the_store_is_away(store: Evidenced, work_of: WorkOf) -> None:
    runs = logged(store, 3, model="a")
    work = work_of(store)
    before = found_in(work, runs)
    (store.folder / "mlflow.db").rename(store.folder / "mlflow.away")
    after = found_in(work, runs)
    assert (after.worth, after.rows) == (before.worth, before.rows)


def test_every_reason_is_one_of_the_known_ones(store: Evidenced, work_of: WorkOf) -> None:
    [run] = logged(store, 1, leaked=0, model="a")
    found = found_in(work_of(store), [run])
    assert found.reason is not None
    assert found.reason.code is WorthNote.NAMES_NO_EXAMPLES
