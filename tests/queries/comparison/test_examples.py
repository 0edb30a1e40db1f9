"""On which examples do two sides differ? Asked of real runs with real evidence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from assay import evidence
from assay.artifacts import NOT_LOGGED
from assay.errors import SelectionError
from assay.model.comparison.difference import Verdict
from assay.model.comparison.notes import ComparisonNote, ExampleNote
from assay.model.comparison.question import UNPAIRED, Method, Unit
from assay.model.metric import Direction, MetricUnit
from assay.model.note import note
from assay.model.problems import ScoreFiles
from assay.view.text.comparison.caveats import warnings
from assay.view.text.notes import words
from noted import of, only
from saying import refused
from scored import A, B, C, Scored, filled, scores
from stores import Store

from .conftest import Ask, counts, examined, one

N = 240
Fresh = tuple[Scored, Callable[[], Ask]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    return filled(tmp_path_factory.mktemp("scored"))


@pytest.fixture
def ask(store: Scored, asking: Callable[[Store], Ask]) -> Ask:
    return asking(store)


def run_of(model: str, seed: int = 0) -> str:
    return f"params.model = '{model}' and params.seed = '{seed}'"


def test_examples_averaged_over_trainings_are_paired_by_id(ask: Ask) -> None:
    found = ask()
    baseline, candidate, difference = found.first.baseline, one(found).side, one(found).difference
    assert (examined(found).n, baseline.replicates, candidate.replicates) == (N, 4, 4)
    assert difference.verdict is Verdict.BETTER
    assert difference.paired
    assert difference.p_method == "paired t"
    assert baseline.value is not None
    assert candidate.value is not None
    assert difference.value == pytest.approx(candidate.value - baseline.value)
    assert found.first.metric.unit is MetricUnit.SHARE
    assert found.first.metric.smallest_effect == 0.01
    assert "these trainings only" in words(one(found).caveats[0])
    assert [said.code for said in found.first.notes] == [ComparisonNote.BEST_OF_CONFIGURATIONS]
    assert not found.over_seeds
    assert one(found).plan is None


def test_one_training_a_side_compares_checkpoints_by_mcnemar(ask: Ask) -> None:
    found = ask(baseline=run_of("a"), candidates=(run_of("b"),))
    assert one(found).difference.p_method == "exact McNemar"
    assert found.first.baseline.interval is not None
    assert found.first.baseline.interval.method == "Wilson"
    assert one(found).caveats == (note(ComparisonNote.CHECKPOINTS),)
    flips = examined(found).flips
    assert flips is not None
    assert flips.gained + flips.lost + flips.both_right + flips.both_wrong == N
    assert one(found).difference.value == pytest.approx((flips.gained - flips.lost) / N)
    assert len(flips.gained_examples) == flips.gained
    assert (flips.averaged, flips.higher) == (False, True)


def test_seeds_by_examples_speaks_of_new_trainings(ask: Ask) -> None:
    found = ask(unit=Unit.BOTH)
    difference = one(found).difference
    assert (found.rules.unit, difference.p_method, difference.pairs) == ("both", "two-way t", 4)
    assert difference.verdict is Verdict.BETTER
    assert found.first.baseline.replicates == 4
    assert one(found).caveats[0] == note(ExampleNote.SEEDS_AND_EXAMPLES)
    flips = examined(found).flips
    assert flips is not None
    assert flips.averaged


@pytest.mark.parametrize(
    ("candidate", "more", "why"),
    [
        (
            "params.model = 'b' and params.seed != '0' and params.seed != '3'",
            {},
            note(ExampleNote.FEW_SEEDS, n=2, needed=3),
        ),
        (
            "params.model = 'b' and params.seed = '0'",
            {},
            note(ComparisonNote.PAIRS_REFUSED, why=note(ComparisonNote.FEW_SHARED_SEEDS, 1, 0, shared=True)),
        ),
        (B, {"pair_by": UNPAIRED}, note(ComparisonNote.PAIRS_REFUSED, why=None)),
    ],
)
def test_too_few_pairs_of_runs_are_said_and_the_rest_is_there(
    ask: Ask, candidate: str, more: dict[str, Any], why: object
) -> None:
    found = ask(candidates=(candidate,), unit=Unit.BOTH, **more)
    difference = one(found).difference
    assert difference.reason == why
    assert difference.interval is None
    assert difference.verdict is Verdict.TOO_FEW
    assert difference.value is not None
    assert examined(found).slices
    assert examined(found).flips is not None


def test_runs_without_seeds_are_never_paired_by_their_order(fresh: Fresh) -> None:
    store, ask = fresh
    rng = np.random.default_rng(1)
    for model, share in (("a", 0.7), ("b", 0.9)):
        for _ in range(4):
            store.scored(scores(rng, share), model=model)
    found = ask()(unit=Unit.BOTH)
    said = words(one(found).difference.reason, found.labels)
    assert said.startswith("not every run of a and b has a logged seed")
    assert "pairs by order would be invented" in said


def test_slices_show_where_it_got_worse(ask: Ask) -> None:
    found = ask(candidates=(C,))
    slices = examined(found).slices
    assert slices[0].category == "owl"
    assert slices[0].verdict is Verdict.WORSE
    assert examined(found).slice_columns == ("kind",)
    assert found.slice_comparisons == 3
    assert {row.n for row in slices} == {80}
    assert slices[0].p_value is not None
    assert slices[0].p_adjusted == pytest.approx(3 * slices[0].p_value)


def test_a_column_of_free_text_is_sliced_only_when_named(ask: Ask) -> None:
    found = examined(ask(baseline=run_of("a"), candidates=(run_of("b"),), slice_by="answer"))
    assert len(found.slices) == N
    assert {row.verdict for row in found.slices} == {Verdict.TOO_FEW}
    assert [row.column for row in examined(ask(slice_by="kind")).slices] == ["kind"] * 3
    with refused(SelectionError, "no column 'king' to slice by.*'kind'"):
        ask(slice_by="king")


def test_losses_follow_the_direction(ask: Ask) -> None:
    answer = ask("log_loss", candidates=(C,))
    found = examined(answer)
    assert answer.first.metric.direction is Direction.MINIMIZE
    assert not found.binary
    assert found.flips is None
    assert len(found.losses) == len(found.gains) == 20
    assert found.losses[0].difference == max(example.difference for example in found.losses) > 0
    assert found.gains[0].difference == min(example.difference for example in found.gains) < 0
    assert found.losses[0].slices["kind"] in {"cat", "dog", "owl"}


def test_several_candidates_share_one_family(ask: Ask) -> None:
    both, alone = ask(candidates=(B, C)), ask(candidates=(C,))
    again = both.first.candidates[1]
    assert both.comparisons == 2
    assert both.slice_comparisons == 6
    assert again.difference.p_value == one(alone).difference.p_value
    assert again.difference.interval == one(alone).difference.interval


@pytest.mark.parametrize("unit", [Unit.EXAMPLES, Unit.BOTH])
def test_the_order_of_candidates_changes_no_difference(ask: Ask, unit: Unit) -> None:
    there = ask("accuracy", "log_loss", candidates=(B, C, run_of("b")), unit=unit)
    back = ask("accuracy", "log_loss", candidates=(run_of("b"), C, B), unit=unit)
    for ours, theirs in zip(there.metrics, back.metrics, strict=True):
        for own, same in zip(ours.candidates, reversed(theirs.candidates), strict=True):
            assert own.side == same.side
            assert own.examined == same.examined
            # A reason speaks of a side by its place.
            assert own.difference.interval == same.difference.interval
            assert own.difference.p_adjusted == same.difference.p_adjusted
            assert (own.difference.value, own.difference.verdict) == (same.difference.value, same.difference.verdict)


def test_a_metric_of_the_scores_that_no_run_logged_can_be_compared(fresh: Fresh) -> None:
    store, ask = fresh
    rng = np.random.default_rng(2)
    for model in "ab":
        frame = scores(rng, 0.8).assign(absolute_error=rng.exponential(size=N))
        store.scored(frame, model=model, seed=1)
    assert examined(ask()("absolute_error")).n == N


def test_a_metric_that_the_scores_lack_names_the_columns_there_are(ask: Ask) -> None:
    found = ask("f1")
    assert one(found).difference.value is None
    assert "no column 'f1'; they hold accuracy, log_loss (metrics) and kind, answer (slices)" in words(
        examined(found).reason, found.labels
    )
    assert len(counts(found.first.baseline).not_logged) == 4
    assert all(run.flawed for run in counts(found.first.baseline).not_logged)


def test_runs_without_evidence_are_counted_and_the_others_go_on(fresh: Fresh) -> None:
    store, ask = fresh
    rng = np.random.default_rng(3)
    bare = store.scored(None, model="a", seed=9)
    for model, share in (("a", 0.7), ("b", 0.95)):
        for seed in range(3):
            store.scored(scores(rng, share), model=model, seed=seed)
    found = ask()()
    [missing] = counts(found.first.baseline).not_logged
    assert (missing.run_id, missing.reason, missing.flawed) == (bare, NOT_LOGGED, False)
    assert "evidence.log_scores(frame)" in words(missing.reason)
    assert found.first.baseline.replicates == 3
    assert note(ExampleNote.RUNS_NOT_LOGGED, 0, n=1, why=NOT_LOGGED) in found.first.notes
    assert found.keeps_seconds == float("inf")


def test_nothing_logged_at_all_is_a_value_that_says_how(fresh: Fresh) -> None:
    store, ask = fresh
    for model in "ab":
        store.scored(None, model=model, seed=1)
    found = ask()()
    nothing = examined(found)
    assert nothing.reason == note(ExampleNote.SIDE_LACKS, 0, why=NOT_LOGGED)
    assert (nothing.n, nothing.slices, nothing.flips) == (0, (), None)
    assert examined(ask()(slice_by="kind")).reason == nothing.reason
    missing = one(ask()(candidates=("params.model = 'z'",)))
    assert missing.side.reason == note(ExampleNote.NO_RUN, 1)


def test_a_damaged_file_costs_its_run_only_and_heals_when_it_is_logged_again(fresh: Fresh, tmp_path: Path) -> None:
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
    damaged = note(ScoreFiles.SCORES_DAMAGED, file="scores.parquet")
    for side, run_id in ((found.first.baseline, cut), (one(found).side, broken)):
        assert [(run.run_id, run.reason, run.flawed) for run in counts(side).not_logged] == [(run_id, damaged, True)]
        assert side.replicates == 3
    assert examined(found).n == N
    assert found.keeps_seconds == 60
    evidence.log_scores(scores(rng, 0.8), run_id=cut, client=store.client)
    assert ask()().first.baseline.replicates == 4


def test_what_does_not_match_is_counted_in_sight(fresh: Fresh) -> None:
    store, ask = fresh
    rng = np.random.default_rng(5)
    store.scored(scores(rng, 0.8).iloc[:200], model="a", seed=0)
    store.scored(scores(rng, 0.8).iloc[20:200], model="a", seed=1)
    odd = scores(rng, 0.9).iloc[50:]
    odd.loc[odd.index[:5], "accuracy"] = np.nan
    store.scored(odd, model="b", seed=0)
    found = ask()()
    baseline, candidate = counts(found.first.baseline), counts(one(found).side)
    assert (baseline.n, baseline.uneven, baseline.only_here) == (180, 20, 35)
    assert (candidate.undefined, candidate.only_here, examined(found).n) == (5, 40, 145)
    assert found.first.notes == (
        note(ExampleNote.WITHOUT_PARTNER, 0, 1, alone=(35, 40), shared=145),
        note(ExampleNote.UNEVEN, 0, n=20, runs=2, kept=180),
        note(ExampleNote.SCORES_UNDEFINED, 1, n=5),
    )


def test_examples_without_a_partner_are_said_of_the_pair_they_lack_it_in(fresh: Fresh) -> None:
    store, ask = fresh
    rng = np.random.default_rng(8)
    for model, frame in (("a", scores(rng, 0.8).iloc[10:]), ("b", scores(rng, 0.8)), ("c", scores(rng, 0.8))):
        store.scored(frame, model=model, seed=0)
    store.scored(scores(rng, 0.8).iloc[30:], model="d", seed=0)
    found = ask()(candidates=(B, C, "params.model = 'd'"))
    said = [own for own in found.first.notes if own.code is ExampleNote.WITHOUT_PARTNER]
    assert [(own.sides, own["alone"]) for own in said] == [((0, 1), (0, 10)), ((0, 2), (0, 10)), ((0, 3), (20, 0))]
    assert (
        warnings(found).count("10 examples of c lack a partner on the other side and are left out; 230 are shared.")
        == 1
    )


def test_sides_with_different_test_sets_are_compared_unpaired(fresh: Fresh) -> None:
    store, ask = fresh
    rng = np.random.default_rng(6)
    store.scored(scores(rng, 0.6), model="a", seed=0)
    store.scored(scores(rng, 0.95).assign(example_id=lambda f: "other-" + f["example_id"]), model="b", seed=0)
    found = ask()()
    assert (examined(found).n, one(found).difference.paired, examined(found).flips) == (0, False, None)
    assert one(found).difference.verdict is Verdict.BETTER
    assert note(ExampleNote.UNPAIRED_EXAMPLES, 0, 1, baseline=N, candidate=N) in found.first.notes
    assert one(ask()(unit=Unit.BOTH)).difference.reason == note(ExampleNote.NO_SHARED_EXAMPLE)


def test_runs_of_one_side_that_share_no_example_are_said(fresh: Fresh) -> None:
    store, ask = fresh
    rng = np.random.default_rng(7)
    for seed in range(2):
        frame = scores(rng, 0.7)
        store.scored(frame.assign(example_id=f"{seed}-" + frame["example_id"]), model="a", seed=seed)
    store.scored(scores(rng, 0.7), model="b", seed=0)
    found = ask()()
    assert (counts(found.first.baseline).n, counts(found.first.baseline).uneven) == (0, 2 * N)
    assert one(found).difference.verdict is Verdict.TOO_FEW
    assert one(found).difference.reason == note(ExampleNote.NO_EXAMPLE)


def test_evaluation_tables_are_compared_by_the_question(fresh: Fresh) -> None:
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
    answer = ask()("toxicity/v1/mean", direction=Direction.MINIMIZE)
    found = examined(answer)
    assert (found.column, found.id_column, found.n) == ("toxicity/v1/score", "inputs", 60)
    assert one(answer).difference.verdict is Verdict.WORSE
    assert found.slice_columns == ("topic",)
    assert answer.first.notes == (
        note(ExampleNote.READ_FROM_COLUMN, metric="toxicity/v1/mean", column="toxicity/v1/score"),
        note(ExampleNote.MATCHED_BY, column="inputs"),
    )


def test_few_examples_are_judged_by_t_and_have_no_slices(fresh: Fresh) -> None:
    store, ask = fresh
    rng = np.random.default_rng(9)
    for model in "ab":
        store.scored(scores(rng, 0.8, 12), model=model, seed=0)
    found = ask()("log_loss")
    assert one(found).difference.p_method == "paired t"
    tiny = examined(ask()("log_loss", slice_by="kind"))
    assert {row.verdict for row in tiny.slices} == {Verdict.TOO_FEW}


def test_a_method_asked_for_is_used_and_kept_with_the_answer(ask: Ask) -> None:
    found = ask(method=Method.BCA, level=0.9, resamples=2_000, seed=7)
    interval, rules = one(found).difference.interval, found.rules
    assert interval is not None
    assert interval.method.startswith("BCa")
    assert (rules.method, rules.level, rules.resamples, rules.seed) == (Method.BCA, 0.9, 2_000, 7)
    assert interval.level == 0.9


def test_the_same_runs_on_both_sides_show_nothing_and_are_warned_of(ask: Ask) -> None:
    found = ask(candidates=(A,))
    assert one(found).difference.verdict is Verdict.NOT_SHOWN
    assert of(one(found).difference.reason, ExampleNote.EXAMPLES_ALIKE) == {"n": N}
    assert only(found.first.notes, ComparisonNote.RUNS_SHARED) == note(ComparisonNote.RUNS_SHARED, 1, n=4)
