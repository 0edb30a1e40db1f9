"""The comparison by single examples, as a reviewer meets it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assay.settings import ROOT
from claimed import claim
from looking import synced
from scored import Predicting, Scored, classified, filled

Open = Callable[..., AppTest]
COMPARE = str(ROOT / "pages" / "compare.py")
A, B, C = (f"params.model = '{name}'" for name in "abc")
PAIR = {"experiment": "e", "metric": "accuracy", "baseline": A, "candidate": B, "unit": "examples"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    made = filled(tmp_path_factory.mktemp("scored"))
    made.scored(None, model="b", seed=9)
    made.log(made.scored(None, model="c", seed=9), "scores.parquet", b"no parquet at all")
    return made


@pytest.fixture(scope="module")
def folder(store: Scored, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synced(store, tmp_path_factory.mktemp("examples"))


@pytest.fixture
def look(open_app: Open, store: Scored, folder: Path) -> Open:
    """`look(metric="log_loss")` opens the comparison of two models with other choices."""

    def looked(**more: str | list[str]) -> AppTest:
        return open_app(COMPARE, uri=store.uri, folder=folder, query=PAIR | more)

    return looked


def captions(app: AppTest) -> str:
    return " ".join(caption.value for caption in app.caption).replace("\\", "")


def table(app: AppTest, column: str) -> list[object]:
    return next(frame.value[column].tolist() for frame in app.dataframe if column in frame.value)


def test_headline_badges_and_caveats_say_what_was_resampled(look: Open) -> None:
    app = look()
    assert not app.exception
    assert app.header[0].value.startswith(":green[▲] `b` is better than `a`: accuracy is ")
    badges = claim(app)
    for fact in (
        "noise from: new test examples",
        "n = 240 examples, paired",
        "4 trainings each",
        "95 % CI",
    ):
        assert fact in badges
    assert "resampling examples speaks of these trainings only" in captions(app)


def test_seeds_and_examples_together_speak_of_new_ones(look: Open) -> None:
    app = look(unit="both")
    assert not app.exception
    assert "noise from: new seeds and new test examples" in claim(app)
    assert any("two-way t interval over seeds × examples" in one.value.replace("\\", "") for one in app.markdown)


def test_flipped_examples_are_counted_and_named(look: Open) -> None:
    app = look()
    assert {"**Broke**", "**Mended**"} <= {m.value.split(" ")[0] for m in app.markdown}
    ids = [str(value) for value in table(app, "id")]
    assert ids
    assert all(value.startswith("x0") for value in ids)


def test_scores_that_are_no_shares_have_losses_and_gains(look: Open) -> None:
    app = look(metric="log_loss")
    assert "lower is better" in claim(app)
    assert any(s.value == "Examples that changed most" for s in app.subheader)
    assert {"**Largest losses**", "**Largest gains**"} <= {m.value.strip() for m in app.markdown}


def test_another_statistic_is_named_wherever_its_numbers_stand(look: Open) -> None:
    app = look(metric="log_loss", statistic="median")
    assert not app.exception
    assert app.header[0].value.startswith(":green[▲] `b` is better than `a`: median log\\_loss is ")
    assert any(s.value == "median log\\_loss over examples, and its difference" for s in app.subheader)
    assert captions(app).count("Slices compare means: by the median there are none.") == 1
    assert "No slices" not in captions(app)
    assert app.code[0].value.startswith("b: median log_loss ")
    assert any("other statistics" in m.value.lower() for m in app.markdown)
    assert any(s.value == "Examples that changed most" for s in app.subheader)
    assert "statistic=median" in app.code[-1].value
    assert "statistic" not in look(metric="log_loss").code[-1].value


def test_f1_is_computed_from_what_the_runs_predicted(open_app: Open, tmp_path: Path) -> None:
    made, folder = Predicting(tmp_path / "store"), tmp_path / "data"
    classified(made, runs=2)
    synced(made, folder)
    app = open_app(COMPARE, uri=made.uri, folder=folder, query=PAIR | {"metric": ["f1_macro", "accuracy"]})
    assert not app.exception
    assert app.header[0].value.startswith(":green[▲] `b` is better than `a`: f1\\_macro is ")
    assert any(s.value == "f1\\_macro over examples, and its difference" for s in app.subheader)
    assert table(app, "of") == ["macro F1", "mean"]
    said = captions(app)
    assert "f1_macro is computed from the scores' columns label and prediction" in said
    assert "The macro F1 is averaged over the trainings of a side" in said


def test_a_tail_that_few_examples_reach_is_warned_of(look: Open) -> None:
    assert "the p99 rests on about 2, fewer than 10" in captions(look(metric="log_loss", statistic="p99"))
    enough = captions(look(metric="log_loss", statistic="p95"))
    assert "With 240 examples the p95 rests on about 12." in enough
    assert "covers less" not in enough


def test_slices_show_regressions_on_top(look: Open) -> None:
    app = look(candidate=C, slice="kind")
    assert table(app, "slice")[0] == "kind = owl"
    assert "Holm over 3 slices" in captions(app)


def test_several_metrics_and_candidates_are_one_family(look: Open) -> None:
    app = look(metric=["accuracy", "log_loss"], candidate=[B, C], correction="holm")
    assert not app.exception
    assert "4 comparisons, Holm" in claim(app)
    assert table(app, "metric") == ["accuracy, %", "accuracy, %", "log_loss", "log_loss"]
    assert "One family of 4 comparisons (2 metrics × 2 candidates): p is corrected by Holm" in captions(app)


def test_runs_without_scores_are_named_with_the_line_that_logs_them_and_the_rest_goes_on(look: Open) -> None:
    app = look(candidate=[B, C])
    said = [warning.value.replace("\\", "") for warning in app.warning]
    assert any("evidence.log_scores(frame)" in text and "1 run " in text for text in said)
    assert any("scores.parquet" in text for text in said)
    assert "1 of 2 candidates is better" in app.header[0].value


def test_a_metric_that_the_scores_lack_says_which_columns_there_are(look: Open) -> None:
    app = look(metric="f1")
    assert not app.exception
    assert app.header[0].value.endswith("`b` and `a` can't be compared on f1.")
    reason = app.markdown[1].value.replace("\\", "")
    assert "accuracy, log_loss" in reason
    assert "kind" in reason


def test_a_page_without_any_scores_says_how_to_log_them(open_app: Open) -> None:
    pair = {"experiment": "digits", "metric": "accuracy", "unit": "examples"}
    sides = {"baseline": "params.model = 'logreg'", "candidate": "params.model = 'svc'"}
    app = open_app(COMPARE, query=pair | sides)
    assert not app.exception
    assert "can't be compared" in app.header[0].value
    assert any("evidence" in m.value and "log" in m.value for m in app.markdown)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"unit": "runs"}, "both"),
        ({"slice": "colour"}, "kind"),
        ({"correction": "fdr"}, "holm"),
        ({"statistic": "mode"}, "trimmed-mean"),
        ({"statistic": "median", "unit": "seeds"}, "needs the unit 'examples', not 'seeds'"),
        ({"statistic": "median", "unit": "both"}, "needs the unit 'examples', not 'both'"),
    ],
)
def test_what_a_link_holds_that_cannot_be_used_is_said(look: Open, wrong: dict[str, str], said: str) -> None:
    app = look(**wrong)
    assert not app.exception
    assert len(app.error) == 1
    assert said in app.error[0].value.replace("\\", "")


def test_the_link_to_copy_holds_unit_slice_and_correction(look: Open) -> None:
    link = look(slice="kind", unit="both").code[-1].value
    for choice in ("unit=both", "slice=kind", "correction=holm"):
        assert choice in link


def test_clusters_are_counted_in_the_badges_and_stand_in_the_link(look: Open) -> None:
    app = look(cluster="kind")
    assert not app.exception
    assert "n = 240 examples in 3 clusters of kind, paired" in claim(app)
    assert "cluster=kind" in app.code[-1].value
    assert "to cluster by" in look(cluster="author").error[0].value


def test_flips_are_told_as_mended_and_broken_and_can_be_taken_along(look: Open) -> None:
    app = look()
    assert any("mended" in s.value and "wrong under both" in s.value for s in app.subheader)
    assert "if the baseline were trained anew and stood against itself" in captions(app)
    assert any("right → wrong" in m.value for m in app.markdown)
    assert [button.proto.label for button in app.get("download_button")] == ["CSV"]


def test_one_example_stands_on_top_with_what_every_run_said(look: Open) -> None:
    app = look(example="x0001")
    assert not app.exception
    assert app.header[0].value == "Example `x0001`"
    assert len(table(app, "said")) == 8
    assert all(str(text).startswith("answer 1 ") for text in table(app, "said"))
    assert "example=x0001" in app.code[-1].value
    assert "No input is logged" in captions(app)


def test_what_acts_in_an_input_is_left_out_and_its_lines_stay(open_app: Open, tmp_path: Path) -> None:
    made, folder = Predicting(tmp_path / "store"), tmp_path / "data"
    for model, right in (("a", 0.0), ("b", 1.0)):
        for seed in range(3):
            inputs = ["two\n\tlines \u202eesrever\x07", *["x"] * 9]
            made.logged(model, seed, label=["cat"] * 10, prediction=["cat"] * 10, accuracy=[right] * 10, input=inputs)
    synced(made, folder)
    app = open_app(COMPARE, uri=made.uri, folder=folder, query=PAIR | {"example": "x000"})
    assert not app.exception
    assert "two\n\tlines esrever" in [block.value for block in app.code]


def test_an_example_that_nobody_scored_is_said(look: Open) -> None:
    app = look(example="<b>x</b>")
    assert not app.exception
    assert any("No run of these scored an example `<b>x</b>`" in warning.value for warning in app.warning)


def test_an_example_of_a_comparison_over_seeds_says_where_it_is_shown(look: Open) -> None:
    app = look(example="x0001", unit="seeds")
    assert not app.exception
    assert "choose examples or both under Method" in captions(app)
    assert "example=" not in app.code[-1].value


def test_several_candidates_share_one_example(look: Open) -> None:
    app = look(example="x0001", candidate=[B, C])
    assert not app.exception
    assert len(table(app, "said")) == 12
