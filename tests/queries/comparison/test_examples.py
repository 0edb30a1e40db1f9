"""On which examples do two sides differ? Asked of real runs with real evidence."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assay import evidence, settings
from assay.errors import SelectionError
from assay.model.comparison import Direction, Method, Verdict
from assay.model.examples import ExampleComparison
from assay.model.policy import MetricUnit, Policy
from assay.model.sync import Snapshot
from assay.queries.comparison import examples
from assay.queries.comparison.seeds import Options
from scored import Scored, filled, scores
from stores import Store

N = 240
A, B, C = (f"params.model = '{name}'" for name in "abc")
Ask = Callable[..., ExampleComparison]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    return filled(tmp_path_factory.mktemp("scored"))


def asking(store: Store, snapshot: Snapshot, policy: Policy, data: Path) -> Ask:
    own = settings.read({}, tracking_uri=store.uri, data=data)

    def ask(metric: str = "accuracy", baseline: str = A, candidate: str = B, **more: object) -> ExampleComparison:
        return examples.compared(
            snapshot,
            policy,
            own,
            metric=metric,
            baseline=baseline,
            candidate=candidate,
            **more,  # type: ignore[arg-type]
        )

    return ask


@pytest.fixture
def ask(store: Scored, snapshot_of: Callable[[Store], Snapshot], policy: Policy, tmp_path: Path) -> Ask:
    return asking(store, snapshot_of(store), policy, tmp_path / "data")


@pytest.fixture
def fresh(tmp_path: Path, policy: Policy, snapshot_of: Callable[[Store], Snapshot]) -> tuple[Scored, Callable[[], Ask]]:
    """A store of the test's own, and what asks it once it is filled."""
    made = Scored(tmp_path / "store")
    return made, lambda: asking(made, snapshot_of(made), policy, tmp_path / "data")


def one(model: str, seed: int = 0) -> str:
    return f"params.model = '{model}' and params.seed = '{seed}'"


def test_examples_averaged_over_trainings_are_paired_by_id(ask: Ask) -> None:
    found = ask()
    assert (found.examples, found.baseline.runs, found.candidate.runs) == (N, 4, 4)
    assert found.difference.verdict is Verdict.BETTER
    assert found.difference.paired
    assert found.difference.p_method is not None
    assert "bootstrap" in found.difference.p_method
    assert found.baseline.mean is not None
    assert found.candidate.mean is not None
    assert found.difference.mean == pytest.approx(found.candidate.mean - found.baseline.mean)
    assert found.metric_unit is MetricUnit.SHARE
    assert found.smallest_effect == 0.01
    assert "these trainings only" in found.caveats[0]
    assert found.warnings == ()


def test_one_training_a_side_compares_checkpoints_by_mcnemar(ask: Ask) -> None:
    found = ask(baseline=one("a"), candidate=one("b"))
    assert found.difference.p_method == "exact McNemar"
    assert found.baseline.interval is not None
    assert found.baseline.interval.method == "Wilson"
    assert found.caveats == ("1 training per side: this compares two checkpoints, not two methods.",)
    assert found.flips is not None
    assert found.flips.gained + found.flips.lost + found.flips.both_right + found.flips.both_wrong == N
    assert found.difference.mean == pytest.approx((found.flips.gained - found.flips.lost) / N)
    assert len(found.flips.gained_examples) == found.flips.gained
    assert found.flips.rule == "right is a score of 1"


def test_seeds_by_examples_speaks_of_new_trainings(ask: Ask) -> None:
    found = ask(unit="both")
    assert (found.unit, found.difference.p_method, found.difference.pairs) == ("both", "two-way t", 4)
    assert found.difference.verdict is Verdict.BETTER
    assert found.baseline.runs == 4
    assert "other seeds" in found.caveats[0]


@pytest.mark.parametrize(
    ("baseline", "candidate", "options", "said"),
    [
        (A, "params.model = 'b' and params.seed != '0' and params.seed != '3'", Options(), "2 paired runs"),
        (A, "params.model = 'b' and params.seed = '0'", Options(), "share one seed"),
        (A, B, Options(pair_by="none"), "pairs were refused"),
    ],
)
def test_too_few_pairs_of_runs_are_said_and_the_rest_is_there(
    ask: Ask, baseline: str, candidate: str, options: Options, said: str
) -> None:
    found = ask(baseline=baseline, candidate=candidate, options=options, unit="both")
    assert said in (found.difference.reason or "")
    assert found.difference.interval is None
    assert found.difference.verdict is Verdict.TOO_FEW
    assert found.difference.mean is not None
    assert found.slices
    assert found.flips is not None


def test_runs_without_seeds_are_never_paired_by_their_order(fresh: tuple[Scored, Callable[[], Ask]]) -> None:
    store, ask = fresh
    rng = np.random.default_rng(1)
    for model, share in (("a", 0.7), ("b", 0.9)):
        for _ in range(4):
            store.scored(scores(rng, share), model=model)
    found = ask()(unit="both")
    assert "has a logged seed" in (found.difference.reason or "")
    assert "pairs by order would be invented" in (found.difference.reason or "")


def test_slices_show_where_it_got_worse(ask: Ask) -> None:
    found = ask(candidate=C)
    assert found.slices[0].category == "owl"
    assert found.slices[0].verdict is Verdict.WORSE
    assert (found.slice_columns, found.columns) == (("kind",), ("accuracy", "log_loss"))
    assert found.slice_comparisons == 3
    assert {row.n for row in found.slices} == {80}
    owl = found.slices[0]
    assert owl.p_value is not None
    assert owl.p_adjusted == pytest.approx(3 * owl.p_value)


def test_a_column_of_free_text_is_sliced_only_when_named(ask: Ask) -> None:
    found = ask(baseline=one("a"), candidate=one("b"), slice_by="answer")
    assert len(found.slices) == N
    assert {row.verdict for row in found.slices} == {Verdict.TOO_FEW}
    assert [row.column for row in ask(slice_by="kind").slices] == ["kind"] * 3
    with pytest.raises(SelectionError, match="no column 'king' to slice by.*'kind'"):
        ask(slice_by="king")


def test_losses_follow_the_direction(ask: Ask) -> None:
    found = ask("log_loss", candidate=C)
    assert found.direction is Direction.MINIMIZE
    assert not found.binary
    assert found.flips is None
    assert len(found.losses) == len(found.gains) == 20
    assert found.losses[0].difference == max(example.difference for example in found.losses) > 0
    assert found.gains[0].difference == min(example.difference for example in found.gains) < 0
    assert found.losses[0].slices["kind"] in {"cat", "dog", "owl"}


def test_several_candidates_share_one_family(
    store: Scored, snapshot_of: Callable[[Store], Snapshot], policy: Policy, tmp_path: Path
) -> None:
    own = settings.read({}, tracking_uri=store.uri, data=tmp_path / "data")
    snapshot = snapshot_of(store)
    both = examples.several(snapshot, policy, own, metric="accuracy", baseline=A, candidates=[B, C])
    alone = examples.compared(snapshot, policy, own, metric="accuracy", baseline=A, candidate=C)
    assert [found.comparisons for found in both] == [2, 2]
    assert both[1].difference.p_value == alone.difference.p_value
    assert both[1].slice_comparisons == 6
    assert both[1].difference.interval == alone.difference.interval


def test_a_metric_of_the_scores_that_no_run_logged_can_be_compared(fresh: tuple[Scored, Callable[[], Ask]]) -> None:
    store, ask = fresh
    rng = np.random.default_rng(2)
    for model in "ab":
        frame = scores(rng, 0.8).assign(absolute_error=rng.exponential(size=N))
        store.scored(frame, model=model, seed=1)
    assert ask()("absolute_error").examples == N


def test_a_metric_that_the_scores_lack_names_the_columns_there_are(ask: Ask) -> None:
    found = ask("f1")
    assert found.difference.mean is None
    assert "no column 'f1'; they hold accuracy, log_loss (metrics) and kind, answer (slices)" in (found.reason or "")
    assert len(found.baseline.not_logged) == 4


def test_runs_without_evidence_are_counted_and_the_others_go_on(fresh: tuple[Scored, Callable[[], Ask]]) -> None:
    store, ask = fresh
    rng = np.random.default_rng(3)
    bare = store.scored(None, model="a", seed=9)
    for model, share in (("a", 0.7), ("b", 0.95)):
        for seed in range(3):
            store.scored(scores(rng, share), model=model, seed=seed)
    found = ask()()
    assert [run.run_id for run in found.baseline.not_logged] == [bare]
    assert "evidence.log_scores(frame)" in found.baseline.not_logged[0].reason
    assert found.baseline.runs == 3
    assert any("1 run without usable example scores" in warning for warning in found.warnings)


def test_nothing_logged_at_all_is_a_value_that_says_how(fresh: tuple[Scored, Callable[[], Ask]]) -> None:
    store, ask = fresh
    for model in "ab":
        store.scored(None, model=model, seed=1)
    found = ask()()
    assert "evidence.log_scores(frame)" in (found.reason or "")
    assert (found.examples, found.slices, found.flips) == (0, (), None)
    assert ask()(slice_by="kind").reason == found.reason
    missing = ask()(candidate="params.model = 'z'")
    assert "no finished run" in (missing.candidate.reason or "")


def test_a_damaged_file_costs_its_run_only_and_heals_when_it_is_logged_again(
    fresh: tuple[Scored, Callable[[], Ask]], tmp_path: Path
) -> None:
    store, ask = fresh
    rng = np.random.default_rng(4)
    for model in "ab":
        for seed in range(3):
            store.scored(scores(rng, 0.8), model=model, seed=seed)
    cut = store.scored(None, model="a", seed=7)
    broken = store.scored(None, model="b", seed=7)
    whole = tmp_path / "whole.parquet"
    big = scores(rng, 0.8, 60_000)
    big.to_parquet(whole, index=False)
    content = whole.read_bytes()
    store.log(cut, "scores.parquet", content[: len(content) // 2])
    store.log(broken, "scores.parquet", content[:100] + bytes(200_000) + content[200_100:])
    found = ask()()
    assert [(run.run_id, "damaged" in run.reason) for run in found.baseline.not_logged] == [(cut, True)]
    assert [(run.run_id, "damaged" in run.reason) for run in found.candidate.not_logged] == [(broken, True)]
    assert (found.baseline.runs, found.candidate.runs, found.examples) == (3, 3, N)
    evidence.log_scores(scores(rng, 0.8), run_id=cut, client=store.client)
    assert ask()().baseline.runs == 4


def test_what_does_not_match_is_counted_in_sight(fresh: tuple[Scored, Callable[[], Ask]]) -> None:
    store, ask = fresh
    rng = np.random.default_rng(5)
    store.scored(scores(rng, 0.8).iloc[:200], model="a", seed=0)
    store.scored(scores(rng, 0.8).iloc[20:200], model="a", seed=1)
    odd = scores(rng, 0.9).iloc[50:]
    odd.loc[odd.index[:5], "accuracy"] = np.nan
    store.scored(odd, model="b", seed=0)
    found = ask()()
    assert (found.baseline.examples, found.baseline.uneven, found.baseline.only_here) == (180, 20, 35)
    assert (found.candidate.undefined, found.candidate.only_here, found.examples) == (5, 40, 145)
    text = " ".join(found.warnings)
    for said in (
        "35 examples of",
        "40 examples of",
        "20 examples are scored in only some",
        "5 scores that are no finite",
    ):
        assert said in text, text


def test_sides_with_different_test_sets_are_compared_unpaired(fresh: tuple[Scored, Callable[[], Ask]]) -> None:
    store, ask = fresh
    rng = np.random.default_rng(6)
    store.scored(scores(rng, 0.6), model="a", seed=0)
    store.scored(scores(rng, 0.95).assign(example_id=lambda f: "other-" + f["example_id"]), model="b", seed=0)
    found = ask()()
    assert (found.examples, found.difference.paired, found.flips) == (0, False, None)
    assert found.difference.verdict is Verdict.BETTER
    assert any("share no example id" in warning for warning in found.warnings)
    assert "share no example" in (ask()(unit="both").difference.reason or "")


def test_runs_of_one_side_that_share_no_example_are_said(fresh: tuple[Scored, Callable[[], Ask]]) -> None:
    store, ask = fresh
    rng = np.random.default_rng(7)
    for seed in range(2):
        frame = scores(rng, 0.7)
        store.scored(frame.assign(example_id=f"{seed}-" + frame["example_id"]), model="a", seed=seed)
    store.scored(scores(rng, 0.7), model="b", seed=0)
    found = ask()()
    assert (found.baseline.examples, found.baseline.uneven) == (0, 2 * N)
    assert found.difference.verdict is Verdict.TOO_FEW
    assert found.difference.reason


def test_evaluation_tables_are_compared_by_the_question(fresh: tuple[Scored, Callable[[], Ask]]) -> None:
    store, ask = fresh
    rng = np.random.default_rng(8)
    for model, shift in (("a", 0.0), ("b", 0.4)):
        frame = pd.DataFrame(
            {
                "inputs": [f"question {k}?" for k in range(60)],
                "outputs": [f"answer {rng.random()}" for _ in range(60)],
                "toxicity/v1/score": rng.random(60) + shift,
                "topic": ["law", "art", "war"] * 20,
            }
        )
        run_id = store.run("e", params={"model": model, "seed": 1}, metrics={"toxicity/v1/mean": 0.5 + shift})
        store.client.log_table(run_id, frame, "eval_results_table.json")
    found = ask()("toxicity/v1/mean", options=Options(direction=Direction.MINIMIZE))
    assert (found.column, found.id_column, found.examples) == ("toxicity/v1/score", "inputs", 60)
    assert found.difference.verdict is Verdict.WORSE
    assert found.slice_columns == ("topic",)
    text = " ".join(found.warnings)
    assert "read from the scores' column toxicity/v1/score" in text
    assert "matched by their inputs" in text


def test_fewer_than_thirty_examples_are_judged_by_t_and_it_is_said(fresh: tuple[Scored, Callable[[], Ask]]) -> None:
    store, ask = fresh
    rng = np.random.default_rng(9)
    for model in "ab":
        store.scored(scores(rng, 0.8, 12), model=model, seed=0)
    found = ask()("log_loss")
    assert found.difference.p_method == "paired t"
    assert any("fewer than 30" in warning for warning in found.warnings)
    tiny = ask()("log_loss", slice_by="kind")
    assert {row.verdict for row in tiny.slices} == {Verdict.TOO_FEW}


def test_a_method_asked_for_is_used_and_kept_with_the_answer(ask: Ask) -> None:
    found = ask(options=Options(method=Method.BCA, level=0.9, resamples=2_000, seed=7))
    assert found.difference.interval is not None
    assert found.difference.interval.method.startswith("BCa")
    assert (found.method, found.level, found.resamples, found.seed) == (Method.BCA, 0.9, 2_000, 7)
    assert found.difference.interval.level == 0.9


def test_the_same_runs_on_both_sides_show_nothing_and_are_warned_of(ask: Ask) -> None:
    found = ask(candidate=A)
    assert found.difference.verdict is Verdict.NOT_SHOWN
    assert "no variation" in (found.difference.reason or "")
    assert any("4 runs of the baseline's stand here too" in warning for warning in found.warnings)
