"""The picture of a comparison over examples, read back from its specification."""

import json

import numpy as np
import pytest

from assay.analysis.comparison import family
from assay.analysis.examples import means
from assay.model.comparison.answer import Candidate, Comparison, MetricComparison
from assay.model.comparison.difference import Difference
from assay.model.comparison.examples import Examined
from assay.model.comparison.notes import ExampleNote
from assay.model.comparison.question import Question, Rules, Statistic, Unit
from assay.model.comparison.side import ExampleCounts, Replicate, Sample, Side
from assay.model.metric import Direction, Metric, MetricUnit
from assay.model.note import note
from assay.view.charts.comparison.picture import picture
from assay.view.charts.picture import BASELINE, CANDIDATE, Picture
from assay.view.text.numbers import scale

SHARE = scale(MetricUnit.SHARE, [0.6, 0.65], [0.01])
SCORES = np.random.default_rng(3).normal(0.6, 0.1, 200)


def side(label: str, values: np.ndarray, rules: Rules) -> Side:
    sample = Sample(label, "", (Replicate(("r1",)), Replicate(("r2",))))
    made = means.intervals(values, rules) if values.size else (None, None, None)
    value = float(values.mean()) if values.size else None
    return Side(sample, value, *made, examples=ExampleCounts(values.size))


def answer(
    *gains: float | None, shared: bool = True, statistic: Statistic = Statistic.MEAN, unit: Unit = Unit.EXAMPLES
) -> Comparison:
    """Candidates that gain so much on the baseline's examples, or have none (None)."""
    rules = Rules(unit=unit)
    compared = means.paired if shared else means.unpaired
    noise = np.random.default_rng(4).normal(0.0, 0.05, SCORES.size)
    found = []
    for i, gain in enumerate(gains):
        own = np.array([]) if gain is None else SCORES + gain + noise
        missing = Difference(reason=note(ExampleNote.NO_SHARED_EXAMPLE))
        difference = missing if gain is None else compared(SCORES, own, rules)[0]
        examined = Examined(side("baseline", SCORES, rules), own.size if shared else 0)
        found.append(Candidate(side(f"candidate-{i}", own, rules), difference, examined=examined))
    metric = Metric("accuracy", Direction.MAXIMIZE, unit=MetricUnit.SHARE, smallest_effect=0.01)
    one = MetricComparison(metric, side("baseline", SCORES, rules), tuple(found), statistic=statistic)
    return Comparison(Question(("accuracy",), "", ()), rules, family.decided([one], rules))


def drawn(comparison: Comparison) -> Picture:
    found = picture(comparison, SHARE)
    assert found is not None
    return found


def test_both_values_and_the_difference_stand_in_columns_without_dots() -> None:
    figure = drawn(answer(0.05)).figure
    assert [t.x[0] for t in figure.data if t.mode == "markers"] == [0, 1, 2]
    assert [t.marker.color for t in figure.data if t.mode == "markers"] == [BASELINE, CANDIDATE, CANDIDATE]
    assert not [t for t in figure.data if t.mode == "markers" and t.marker.opacity]


def test_columns_say_how_many_examples_and_whether_they_are_shared() -> None:
    shared, own = (drawn(answer(0.05, shared=way)).figure.layout.xaxis.ticktext for way in (True, False))
    assert shared == ("<b>baseline</b><br>n = 200<br>examples", "<b>candidate-0</b><br>n = 200<br>examples",
                      "<b>difference</b><br>paired")  # fmt: skip
    assert own[2] == "<b>difference</b><br>unpaired"


def test_the_right_axis_is_the_left_one_from_the_baselines_mean() -> None:
    layout = drawn(answer(0.05)).figure.layout
    assert layout.yaxis2.range == pytest.approx([end - 100 * SCORES.mean() for end in layout.yaxis.range])


def test_the_caption_names_intervals_band_and_what_was_resampled() -> None:
    said = drawn(answer(0.05)).caption
    assert said.startswith(
        "Means over examples. Thick: 95 % t interval over examples; of the difference: paired t. Thin: percentile"
    )
    assert "Grey band: ±1 point, too small to matter by the policy. Resampled: examples." in said
    assert said.endswith("The picture can't show how much new seeds would change it.")
    assert drawn(answer(0.05, unit=Unit.BOTH)).caption.endswith("Resampled: seeds × examples.")


def test_the_finding_is_the_alternative_text() -> None:
    assert drawn(answer(0.05)).alt.startswith("candidate-0 is better than baseline")
    assert drawn(answer(0.05, 0.0)).alt == "Differences of 2 candidates to baseline on accuracy"


def test_several_candidates_are_a_list_best_on_top() -> None:
    found = drawn(answer(0.05, -0.05, None, 0.0))
    names = [a.text.split("</b>")[0] for a in found.figure.layout.annotations]
    assert names == ["<b>candidate-1", "<b>candidate-3", "<b>candidate-0"]
    assert "over examples by paired t, best on top; beside it the means" in found.caption
    assert found.caption.endswith("1 without a difference is in the table only.")


def test_no_difference_is_no_picture() -> None:
    assert picture(answer(None), SHARE) is None
    assert picture(answer(None, None), SHARE) is None


@pytest.mark.parametrize("gains", [(0.05,), (0.05, 0.0)])
def test_a_median_is_nowhere_called_a_mean(gains: tuple[float, ...]) -> None:
    found = drawn(answer(*gains, statistic=Statistic.MEDIAN))
    assert "median" in found.caption
    assert "mean" not in found.caption.lower() + found.alt + json.dumps(found.figure.to_plotly_json(), default=str)


def test_f1_of_predictions_is_named_once() -> None:
    found = drawn(answer(0.05, statistic=Statistic.MACRO_F1))
    assert found.caption.startswith("Macro F1 over examples.")
    assert "macro F1 accuracy" not in found.alt
