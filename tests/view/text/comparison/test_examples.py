"""Words about a comparison by examples."""

import json
from dataclasses import replace

from assay.model.comparison import Difference, Direction, Interval, Method, Statistic, Verdict
from assay.model.examples import ExampleComparison, ExampleSide
from assay.model.policy import MetricUnit
from assay.view.charts.comparison import examples as charts
from assay.view.tables.comparison import examples as tables
from assay.view.tables.comparison import metrics
from assay.view.text.comparison import examples as words
from assay.view.text.comparison import names

REACH = Interval(0.012, 0.048, 0.95, "percentile bootstrap, exact")


def side(label: str, mean: float) -> ExampleSide:
    reach = Interval(mean - 0.02, mean + 0.02, 0.95, "percentile bootstrap, exact")
    return ExampleSide(label, label, ("r1", "r2"), 200, mean, reach)


def made(verdict: Verdict = Verdict.BETTER, **more: object) -> ExampleComparison:
    difference = Difference(
        mean=0.03, std=0.2, interval=REACH, bootstrap_interval=REACH, p_value=0.004, p_adjusted=0.008,
        p_method="percentile bootstrap, exact, inverted", paired=True, pairs=200, min_attainable_p=1e-9,
        effect_size=0.1, verdict=verdict,
    )  # fmt: skip
    one = ExampleComparison(
        metric="accuracy", column="accuracy", id_column="example_id", unit="examples", direction=Direction.MAXIMIZE,
        direction_source="policy", metric_unit=MetricUnit.SHARE, smallest_effect=0.01, method=Method.AUTO, level=0.95,
        correction="holm", comparisons=2, resamples=10_000, seed=0, binary=True, examples=200,
        baseline=side("model=a", 0.9), candidate=side("model=b", 0.93), difference=difference,
    )  # fmt: skip
    return replace(one, **more)  # type: ignore[arg-type]


def test_the_answer_comes_first_with_its_number() -> None:
    one = made()
    said = words.headline(one, words.scale(one), name=str)
    assert said == "model=b is better than model=a: accuracy is 3.0 points higher, more than the noise."


def test_a_claim_carries_what_was_resampled_and_the_family() -> None:
    one = made()
    facts = words.facts(one, words.scale(one))
    assert facts[0] == "95 % CI +1.2 to +4.8 points"
    assert {"n = 200 examples, paired", "unit: examples", "2 + 2 trainings", "2 comparisons, Holm"} <= set(facts)


def test_what_cannot_be_compared_says_why() -> None:
    none = replace(made().difference, mean=None, interval=None, reason="no <b>scores</b>")
    one = made(difference=none, reason="no <b>scores</b>")
    assert words.headline(one, words.scale(one), name=str).endswith("can't be compared on accuracy: no <b>scores</b>.")
    assert "\\<b\\>" in words.consequence(one, words.scale(one))
    assert charts.picture([one], words.scale(one)) is None
    assert tables.sides([one], words.scale(one)).frame["verdict"].tolist() == [[], []]


def test_the_reports_sentence_names_test_correction_and_unit() -> None:
    one = made()
    said = words.report(one, words.scale(one))
    assert "difference to model=a +3.0 points, 95 % CI [+1.2, +4.8]" in said
    assert said.endswith("(percentile bootstrap, exact, inverted, Holm over 2), better (resampled: examples).")


def test_names_lose_what_they_share_in_warnings_too() -> None:
    one = made(warnings=("model=b: 3 scores left out.",))
    short = names.shortened_examples([one])[0]
    assert (short.baseline.label, short.candidate.label) == ("a", "b")
    assert short.warnings == ("b: 3 scores left out.",)


def test_pictures_name_their_intervals_and_their_unit() -> None:
    one = made()
    found = charts.picture([one], words.scale(one))
    assert found is not None
    assert "95 % percentile bootstrap (exact) interval over examples" in found.caption
    assert "Resampled: examples" in found.caption
    several = charts.picture([one, made(Verdict.NOT_SHOWN)], words.scale(one))
    assert several is not None
    assert "best on top" in several.caption


def test_a_median_is_nowhere_called_a_mean() -> None:
    reach = replace(REACH, method="percentile bootstrap of the median, 10,000 resamples")
    one = made(statistic=Statistic.MEDIAN, warnings=(), caveats=())
    one = replace(one, difference=replace(one.difference, interval=reach, bootstrap_interval=reach))
    scale = words.scale(one)
    said = words.headline(one, scale, name=str)
    assert said == "model=b is better than model=a: median accuracy is 3.0 points higher, more than the noise."
    assert words.summary([one, one], scale).endswith(
        "than `model=a` on median accuracy: most of all `model=b`, +3.0 points."
    )
    assert words.report(one, scale).startswith("model=b: median accuracy 93.0 %")
    drawings = [charts.picture([one], scale), charts.picture([one, one], scale)]
    sides, every = tables.sides([one], scale), metrics.metrics(metrics.of_examples([one], scale), one, ["a", "b"])
    assert sides.columns["mean"].header == "accuracy, %, median"
    assert sides.columns["interval"].header == "95 % CI of the median"
    assert [every.columns[side].header for side in ("baseline", "value")] == ["a, median", "b, median"]
    assert every.frame["value"].tolist() == ["93.0"]
    for found in drawings:
        assert found is not None
        assert "median" in found.caption
        assert "mean" not in found.caption.lower() + found.alt + json.dumps(found.figure.to_plotly_json(), default=str)


def test_f1_of_predictions_is_named_once_and_has_a_column_of_its_own_beside_means() -> None:
    reach = replace(REACH, method="percentile bootstrap of the macro F1, 10,000 resamples")
    one = made(metric="f1_macro", statistic=Statistic.MACRO_F1)
    one = replace(one, difference=replace(one.difference, interval=reach))
    scale = words.scale(one)
    assert words.headline(one, scale, name=str).startswith("model=b is better than model=a: f1_macro is 3.0 points")
    drawing = charts.picture([one], scale)
    assert drawing is not None
    assert drawing.caption.startswith("Macro F1 over examples.")
    rows = [*metrics.of_examples([made()], scale), *metrics.of_examples([one], scale)]
    table = metrics.metrics(rows, made(), ["a", "b"])
    assert table.frame["of"].tolist() == ["mean ± std", "macro F1"]
    assert [table.columns[side].header for side in ("baseline", "value")] == ["a", "b"]


def test_statistics_of_both_sides_are_named_together() -> None:
    said = [words.several(statistic) for statistic in (Statistic.MEAN, Statistic.IQM, Statistic.P99, Statistic.AUC)]
    assert said == ["means", "interquartile means", "p99", "AUC"]


def test_every_metric_names_one_method_in_its_header() -> None:
    one = made()
    rows = metrics.of_examples([one], words.scale(one))
    table = metrics.metrics(rows, one, ["a", "b"])
    assert table.columns["interval"].header == "95 % CI, percentile bootstrap, exact"
    assert table.columns["p"].header == "p, Holm over 2"
    assert table.frame["n"].tolist() == ["200"]
    assert "candidate" not in table.columns
