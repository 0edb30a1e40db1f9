"""`assay compare`, above all over examples, as scripts and people use it."""

from pathlib import Path

import numpy as np
import pytest

from scored import Predicting, Scored, classified, filled, scores
from shell import Assay

A, B, C = (f"params.model = '{name}'" for name in "abc")
SIDE = {
    *("label", "filter", "n", "replicates", "run_ids", "excluded", "mean", "std", "interval", "method"),
    *(
        "bootstrap_interval",
        "bootstrap_method",
        "examples",
        "uneven",
        "only_here",
        "undefined",
        "repeated",
        "averaged",
        "not_logged",
    ),
}
DIFFERENCE = {
    *("mean", "std", "interval", "method", "bootstrap_interval", "bootstrap_method", "p_value", "p_adjusted"),
    *("p_method", "paired", "pairs", "min_attainable_p", "effect_size", "verdict"),
}
SLICE = {
    *("label", "column", "category", "n", "baseline", "candidate", "difference", "interval", "method", "p_value"),
    *("p_adjusted", "p_method", "verdict"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    return filled(tmp_path_factory.mktemp("scored"))


def asked(store: Scored, *candidates: str, metric: str = "accuracy") -> list[str]:
    named = [part for candidate in candidates for part in ("--candidate", candidate)]
    return ["compare", "--tracking-uri", store.uri, "--metric", metric, "--baseline", A, *named]


@pytest.mark.parametrize("unit", ["examples", "both"])
def test_json_is_the_documented_object(assay: Assay, store: Scored, unit: str) -> None:
    found = assay(*asked(store, B, C), "--unit", unit, "--json").object
    assert (found["unit"], found["column"], found["id_column"], found["comparisons"]) == (
        unit,
        "accuracy",
        "example_id",
        2,
    )
    assert set(found["baseline"]) >= SIDE
    for candidate in found["candidates"]:
        assert set(candidate) >= SIDE | {"difference", "flips", "losses", "gains", "baseline"}
        assert set(candidate["difference"]) >= DIFFERENCE
        assert candidate["examples"] == 240
    assert [candidate["difference"]["verdict"] for candidate in found["candidates"]] == ["better", "worse"]
    assert len(found["slices"]) == found["slice_comparisons"] == 6
    assert all(set(row) >= SLICE for row in found["slices"])
    worst = next(row for row in found["slices"] if row["label"] == "c")
    assert (worst["column"], worst["category"], worst["verdict"]) == ("kind", "owl", "worse")
    flips = found["candidates"][0]["flips"]
    assert flips["gained"] == len(flips["gained_examples"])
    assert set(flips["gained_examples"][0]) == {"example_id", "baseline", "candidate", "difference", "slices"}


def test_people_read_a_sentence_the_counts_the_flips_and_the_slices(assay: Assay, store: Scored) -> None:
    found = assay(*asked(store, C), "--unit", "examples")
    lines = found.out.splitlines()
    assert found.code == 0
    assert lines[0].startswith("c is worse than a: accuracy is ")
    assert "n = 240 examples, paired, 4 trainings each, noise from: new test examples." in lines
    assert "right → wrong" in found.out
    assert "p, Holm over 3" in found.out
    assert "kind = owl" in found.out
    assert "these trainings only" in found.out
    assert found.err == ""


def test_another_statistic_stands_in_the_sentence_and_in_the_json(assay: Assay, store: Scored) -> None:
    of_p90 = [*asked(store, B, metric="log_loss"), "--unit", "examples", "--statistic", "p90"]
    found = assay(*of_p90)
    assert found.code == 0
    assert found.out.startswith("b is better than a: p90 log_loss is ")
    assert "Slices compare means: by the p90 there are none." in found.err
    assert "log_loss, p90  trainings  examples" in found.out
    told = assay(*of_p90, "--json").object
    assert (told["statistic"], told["slices"]) == ("p90", [])
    one = told["candidates"][0]
    for made in (one, one["baseline"], told["baseline"], one["difference"]):
        assert "mean" not in made
        assert isinstance(made["value"], float)
    assert one["difference"]["method"] == "percentile bootstrap of the p90, 10,000 resamples"
    assert "Slices compare means: by the p90 there are none." in told["warnings"]


def test_f1_of_predictions_is_answered_like_any_metric(assay: Assay, tmp_path: Path) -> None:
    store = Predicting(tmp_path / "store")
    classified(store, runs=2)
    f1 = [*asked(store, B, metric="f1_macro"), "--unit", "examples"]
    found = assay(*f1)
    assert found.out.startswith("b is better than a: f1_macro is ")
    assert "95 % CI of the macro F1" in found.out.split("trainings  examples  ")[1].splitlines()[0]
    assert "computed from the scores' columns label and prediction" in found.err
    told = assay(*f1, "--json").object
    assert (told["statistic"], told["column"], told["slices"]) == ("macro-f1", "prediction", [])
    assert told["candidates"][0]["difference"]["verdict"] == "better"
    assert told["candidates"][0]["reason"] == "no example has a macro F1 of its own: no flips"


@pytest.mark.parametrize("unit", ["seeds", "both"])
def test_seeds_carry_no_other_statistic_than_the_mean(assay: Assay, store: Scored, unit: str) -> None:
    found = assay(*asked(store, B), "--unit", unit, "--statistic", "median")
    assert (found.code, found.out) == (2, "")
    assert f"The statistic 'median' needs the unit 'examples', not '{unit}'" in found.err
    assert len(found.err.strip().splitlines()) == 1


def test_losses_and_gains_stand_where_scores_are_no_shares(assay: Assay, store: Scored) -> None:
    found = assay(*asked(store, B, metric="log_loss"), "--unit", "examples")
    shown = found.out.split("Largest losses under b\n")[1].splitlines()
    assert shown[0].split()[0] == "example"
    assert shown[1].startswith("x")
    assert shown[6] == "… and 15 more; --json lists them."
    assert "lower is better" in found.out
    told = assay(*asked(store, B, metric="log_loss"), "--unit", "examples", "--json").object["candidates"][0]
    assert told["flips"] is None
    assert "no flips" in told["reason"]
    assert len(told["losses"]) == 20


def test_slices_can_be_asked_for_beside_a_comparison_of_seeds(assay: Assay, store: Scored) -> None:
    found = assay(*asked(store, C), "--slice", "kind", "--json").object
    assert found["unit"] == "seeds"
    assert {row["category"] for row in found["slices"]} == {"cat", "dog", "owl"}
    assert found["slice_comparisons"] == 3
    assert "these_trainings" in [own["code"] for own in found["notes"]]
    shown = assay(*asked(store, C), "--slice", "kind").out
    assert "these trainings only" in shown.split("Slices, worst regressions first\n")[1]
    assert "Slices, worst regressions first" in shown
    assert "c, %" in shown.split("Slices, worst regressions first\n")[1].splitlines()[0]
    assert "kind = owl" in shown


def test_people_read_the_plan_and_the_params_of_one_and_of_several(assay: Assay, store: Scored) -> None:
    single = assay(*asked(store, C)).out.splitlines()
    rows = single[single.index("Plan the next runs") + 1 :]
    assert rows[0].startswith("4 paired seeds would probably show: ")
    assert rows[1].startswith("To show 1 point, run: ")
    assert " would very probably show a difference of 1 point. " in rows[3]
    assert single[single.index("Params that differ") + 1] == "model: a → c"
    several = assay(*asked(store, B, C)).out.splitlines()
    rows = several[several.index("Plan the next runs") + 1 :]
    assert [row.split(":")[0] for row in rows[:3]] == ["b", "c", "To show 1 point"]
    params = several[several.index("Params that differ") + 1 :]
    assert [row.split() for row in params[:4]] == [["side", "model"], *([m, m] for m in "abc")]
    assert "*" not in "".join(single + several)


def test_a_column_that_is_none_is_one_line_and_exit_code_2(assay: Assay, store: Scored) -> None:
    found = assay(*asked(store, C), "--unit", "examples", "--slice", "king")
    assert (found.code, found.out) == (2, "")
    assert "no column 'king' to slice by" in found.err
    assert len(found.err.strip().splitlines()) == 1


def test_scores_that_nobody_logged_are_said_with_the_line_that_logs_them(assay: Assay, tmp_path: Path) -> None:
    store = Scored(tmp_path / "store")
    for model in "ab":
        store.scored(None, model=model, seed=1)
    found = assay(*asked(store, B), "--unit", "examples")
    assert found.code == 0
    assert "can't be compared on accuracy" in found.out
    assert "evidence.log_scores(frame)" in found.out
    told = assay(*asked(store, B), "--unit", "both", "--json").object
    assert told["candidates"][0]["difference"]["mean"] is None
    assert told["reason"]
    assert told["candidates"][0]["not_logged"][0]["run_id"]


def test_what_was_left_out_is_a_warning_on_stderr(assay: Assay, tmp_path: Path) -> None:
    store, rng = Scored(tmp_path / "store"), np.random.default_rng(0)
    store.scored(scores(rng, 0.8).iloc[10:], model="a", seed=1)
    store.scored(scores(rng, 0.8), model="b", seed=1)
    found = assay(*asked(store, B), "--unit", "examples")
    assert "assay: warning: 10 examples of b lack a partner" in found.err
    assert "two checkpoints, not two methods" in found.out


@pytest.mark.parametrize("unit", ["examples", "both"])
def test_a_common_filter_narrows_every_side(assay: Assay, store: Scored, unit: str) -> None:
    narrowed = (*asked(store, B, C), "--unit", unit, "--filter", "params.seed != '1'")
    found = assay(*narrowed, "--json").object
    sides = [found["baseline"], *found["candidates"]]
    assert {len(side["run_ids"]) for side in sides} == {3}
    assert [side["filter"] for side in sides] == [A, B, C]
    assert found["filter"] == "params.seed != '1'"
    assert "Every side holds only runs with params.seed != '1'." in assay(*narrowed).out


def margin(assay: Assay, store: Scored, *more: str) -> tuple[int, str]:
    told = assay(
        "compare", "--tracking-uri", store.uri, "--metric", "accuracy", "--baseline", A, "--candidate", B, *more
    )
    return told.code, told.out + told.err


def test_what_is_required_and_not_shown_is_exit_1(assay: Assay, store: Scored) -> None:
    examples = ("--unit", "examples")
    assert margin(assay, store, *examples, "--require", "better")[0] == 0
    assert margin(assay, store, *examples, "--require", "no_worse")[0] == 0
    code, said = margin(assay, store, *examples, "--require", "same", "--margin", "0.001")
    assert code == 1
    assert "is not the same as" in said
    swapped = assay(
        "compare", "--tracking-uri", store.uri, "--metric", "accuracy", "--baseline", B, "--candidate", A, *examples,
        "--require", "better",
    )  # fmt: skip
    assert swapped.code == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--margin", "0.1"), "A margin belongs to the aims no-worse and same"),
        (("--aim", "no-worse", "--margin", "0"), "'--margin': 0.0 is not in the range x>0"),
        (("--aim", "no-worse", "--margin", "-1"), "'--margin': -1.0 is not in the range x>0"),
        (("--aim", "no-worse", "--margin", "nan"), "nan is no margin"),
        (("--aim", "same", "--margin", "inf"), "inf is no margin"),
        (("--aim", "same", "--margin", "5"), "less than the whole scale"),
        (("--aim", "better", "--require", "same"), "--require same asks whether it is same; --aim is better"),
    ],
)
def test_a_margin_that_makes_no_sense_is_refused_with_what_is_allowed(
    assay: Assay, store: Scored, more: tuple[str, ...], said: str
) -> None:
    code, told = margin(assay, store, "--unit", "examples", *more)
    assert code == 2
    assert said in told


def test_ten_thousand_candidates_are_a_sentence(assay: Assay, store: Scored) -> None:
    many = [word for k in range(10_000) for word in ("--candidate", f"params.model = 'm{k}'")]
    told = assay("compare", "--tracking-uri", store.uri, "--metric", "accuracy", "--baseline", A, *many)
    assert told.code == 2
    assert "10,000 candidates are more than the 200 that one comparison takes" in told.err
