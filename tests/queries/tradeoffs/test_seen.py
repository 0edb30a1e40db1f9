"""How those that are looked at in full stand to the baseline."""

from collections.abc import Callable
from pathlib import Path

from assay.model.comparison.difference import Verdict
from assay.model.comparison.question import Question, Statistic
from assay.model.criteria import Objective
from assay.model.tradeoffs.front import Trade
from assay.model.tradeoffs.notes import FrontNote
from assay.model.tradeoffs.question import FrontQuestion
from assay.queries.comparison.answer import compare
from assay.queries.tradeoffs.front import front
from assay.queries.tradeoffs.seen import MOST_SEEN
from assay.workspace import Workspace
from noted import has, of, only
from stores import Store
from traded import BOTH, ask, model


def test_better_than_today_is_what_comparison_says_of_the_objectives_as_one_family(serving: Workspace) -> None:
    found = ask(serving, baseline="params.model = 'slow'")
    trades = {model(found.points[at]): own.trade for at, own in found.seen.items()}
    assert trades == {
        "large": Trade.BETTER, "close": Trade.BETTER, "small": Trade.BETTER, "slow": Trade.BASELINE,
        "<b>fast</b>": Trade.NOT_SHOWN,
    }  # fmt: skip
    both = Question(
        ("accuracy", "latency_ms"),
        "params.model = 'slow'",
        ("params.model = 'close'",),
        ("serving",),
        within="metrics.latency_ms > 1.5",
    )
    asked = compare(serving, both)
    own = found.seen[1]
    for mine, theirs in zip(own.differences, asked.metrics, strict=True):
        other = theirs.candidates[0].difference
        assert (mine.value, mine.p_value, mine.p_adjusted) == (other.value, other.p_value, other.p_adjusted)
        assert (mine.interval, mine.verdict, mine.paired) == (other.interval, other.verdict, True)
    assert [one.value for one in own.sides] == [one.candidates[0].side.value for one in asked.metrics]
    assert [one.interval for one in own.sides] == [one.candidates[0].side.interval for one in asked.metrics]


def test_better_in_one_and_worse_in_another_is_mixed(serving: Workspace) -> None:
    found = ask(serving, baseline="params.model = 'small'")
    own = found.seen[0]
    assert own.trade is Trade.MIXED
    assert [one.verdict for one in own.differences] == [Verdict.BETTER, Verdict.WORSE]
    other = ask(serving, baseline="params.model = 'large'", candidate="params.model = 'slow'")
    assert other.seen[3].trade is Trade.WORSE


# Metrics of three seeds; the costs never vary.
_STILL = {
    "today": ((0.80, 0.81, 0.79), 1.0),
    "dear": ((0.90, 0.912, 0.889), 2.0),
    "cheap": ((0.70, 0.712, 0.689), 0.5),
    "better": ((0.90, 0.912, 0.889), 1.0),
    "alike": ((0.801, 0.809, 0.791), 2.0),
}


def test_what_never_varied_and_is_worse_is_no_improvement(
    work_of: Callable[[Store], Workspace], tmp_path: Path
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for own, (scores, cost) in _STILL.items():
        for seed, score in enumerate(scores):
            store.run(
                "e", params={"model": own, "seed": seed}, metrics={"accuracy": score, "cost": cost, "zork": -cost}
            )
    work, objectives = work_of(store), (Objective("accuracy"), Objective.of("cost:min"))
    found = front(work, FrontQuestion(objectives, baseline="params.model = 'today'"))
    assert {model(found.points[at]): own.trade for at, own in found.seen.items()} == {
        "today": Trade.BASELINE, "dear": Trade.MIXED, "cheap": Trade.MIXED, "better": Trade.BETTER,
        "alike": Trade.NOT_SHOWN,
    }  # fmt: skip
    assert {model(found.points[at]): (own.won, own.lost) for at, own in found.seen.items()} == {
        "today": ((), ()), "dear": ((0,), (1,)), "cheap": ((1,), (0,)), "better": ((0,), ()), "alike": ((), (1,)),
    }  # fmt: skip
    # Nobody told which way this one is better; the front takes it as assumed, and so does what is lost.
    guessed = front(work, FrontQuestion((objectives[0], Objective("zork")), baseline="params.model = 'today'"))
    assert {model(guessed.points[at]): own.trade for at, own in guessed.seen.items()}["dear"] is Trade.MIXED


def test_medians_are_shown_without_what_is_known_of_means_alone(serving: Workspace) -> None:
    found = ask(serving, statistic=Statistic.MEDIAN, baseline="params.model = 'small'")
    assert set(found.seen) == {0, 1, 2, 3, 4}
    for place, own in found.seen.items():
        assert tuple(one.value for one in own.sides) == found.points[place].values
        assert {(one.std, one.interval, one.bootstrap_interval, one.skew) for one in own.sides} == {(None,) * 4}
        assert (own.trade, own.differences) == (None, ())
    means = ask(serving).seen[0].sides
    assert all(one.std and one.interval for one in means)


def test_of_a_long_front_the_first_are_seen_and_how_many_are_not_is_said(
    work_of: Callable[[Store], Workspace], tmp_path: Path
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for at in range(MOST_SEEN + 2):
        store.run("e", params={"model": at}, metrics={"accuracy": at / 100, "latency_ms": float(at)})
    work = work_of(store)
    found = front(work, FrontQuestion(BOTH, candidate="params.model = '0'"))
    assert len(found.hopeful) == MOST_SEEN + 2
    assert found.seen.keys() == {*range(MOST_SEEN), MOST_SEEN + 1}
    assert of(only(found.notes, FrontNote.MORE_MAY_BE), FrontNote.MORE_MAY_BE) == {"n": 2, "most": MOST_SEEN}
    fewer = front(work, FrontQuestion(BOTH, filter="metrics.latency_ms > 1.5"))
    assert len(fewer.seen) == MOST_SEEN
    assert not has(fewer.notes, FrontNote.MORE_MAY_BE)


def test_a_baseline_of_another_experiment_shares_no_seeds(
    work_of: Callable[[Store], Workspace], tmp_path: Path
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for seed in range(4):
        for experiment, name, gain in (("old", "today", 0.0), ("old", "tuned", 0.02), ("new", "other", 0.02)):
            logged = {"accuracy": 0.8 + gain + 0.01 * seed + 0.001 * (seed % 2)}
            store.run(experiment, params={"model": name, "seed": seed}, metrics=logged)
    found = front(work_of(store), FrontQuestion((Objective("accuracy"),), baseline="params.model = 'today'"))
    paired = {model(found.points[at]): [one.paired for one in own.differences] for at, own in found.seen.items()}
    assert paired == {"today": [], "tuned": [True], "other": [False]}


def test_what_is_shown_to_differ_goes_the_way_that_the_front_assumes(
    work_of: Callable[[Store], Workspace], tmp_path: Path
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for own, zork in (("today", 100.0), ("new", 20.0)):
        for seed, noise in enumerate((0.0, 0.1, -0.1, 0.05)):
            accuracy = (0.8 if own == "today" else 0.9) + noise / 10 * (seed + 1)
            store.run(
                "e",
                params={"model": own, "seed": seed},
                metrics={"accuracy": accuracy, "zork": zork * (1 + noise * seed / 9)},
            )
    objectives = (Objective("accuracy"), Objective("zork"))
    found = front(work_of(store), FrontQuestion(objectives, baseline="params.model = 'today'"))
    new = next(one for at, one in found.seen.items() if model(found.points[at]) == "new")
    assert new.differences[1].verdict is Verdict.DIFFERS
    assert (new.trade, new.lost) == (Trade.MIXED, (1,))
