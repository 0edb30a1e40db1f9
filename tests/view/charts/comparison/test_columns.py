"""The comparison figure, read back from its specification."""

from collections.abc import Callable
from typing import Any

import pytest

from assay.model.comparison.answer import Comparison
from assay.model.comparison.question import Method
from assay.model.metric import Direction, MetricUnit
from assay.view.charts.comparison.picture import picture
from assay.view.charts.picture import BASELINE, CANDIDATE, Picture
from assay.view.text.numbers import scale

Compare = Callable[..., Comparison]
BOTH = (0.782, 0.793, 0.768, 0.775, 0.792)
SHARE = scale(MetricUnit.SHARE, [0.659, 0.782], [0.011, 0.013])


def drawn(comparison: Comparison) -> Picture:
    found = picture(comparison, SHARE)
    assert found is not None
    return found


def traces(picture: Picture) -> list[dict[str, Any]]:
    return [trace.to_plotly_json() for trace in picture.figure.data]


def texts(picture: Picture) -> str:
    return " | ".join(str(annotation.text) for annotation in picture.figure.layout.annotations)


def test_replicates_are_dots_in_the_shown_unit_and_lines_join_seeds(compare: Compare) -> None:
    found = traces(drawn(compare(both=BOTH)))
    lines = found[0]
    assert lines["mode"] == "lines"
    assert len([y for y in lines["y"] if y is not None]) == 10
    dots = [t for t in found if t["mode"] == "markers" and t["marker"].get("size") == 9]
    assert sorted(dots[0]["y"]) == pytest.approx([64.8, 65.2, 65.9, 66.6, 67.0])
    assert dots[0]["marker"]["symbol"] == "square"
    assert dots[1]["marker"]["symbol"] == "circle"


def test_the_right_axis_is_the_left_one_from_the_baselines_mean(compare: Compare) -> None:
    comparison = compare(both=BOTH)
    layout = drawn(comparison).figure.layout
    mean = comparison.first.baseline.value
    assert mean is not None
    assert layout.yaxis2.range == pytest.approx([end - 100 * mean for end in layout.yaxis.range])


def test_the_verdict_is_a_shape(compare: Compare) -> None:
    def shapes(comparison: Comparison) -> set[str]:
        return {t["marker"]["symbol"] for t in traces(drawn(comparison)) if t.get("marker", {}).get("size", 0) >= 15}

    assert "triangle-up" in shapes(compare(both=BOTH))
    assert "triangle-down" in shapes(compare(both=BOTH, direction=Direction.MINIMIZE))
    assert "diamond" in shapes(compare(same=(0.661, 0.668, 0.655, 0.645, 0.671)))


def test_the_axis_says_the_unit_and_which_way_is_better(compare: Compare) -> None:
    assert "f1_score, % (higher is better)" in texts(drawn(compare(both=BOTH)))
    assert "(lower is better)" in texts(drawn(compare(both=BOTH, direction=Direction.MINIMIZE)))
    assert "difference, points" in texts(drawn(compare(both=BOTH)))


def test_a_share_has_no_ticks_beyond_its_scale(compare: Compare) -> None:
    high = (0.995, 0.991, 0.999, 0.984, 0.998)
    found = compare(baseline=tuple(1.0 - score for score in high), both=high)
    axis = drawn(found).figure.layout.yaxis
    assert axis.range[0] < 0.0
    assert axis.range[1] > 100
    assert (min(axis.tickvals), max(axis.tickvals)) == (0, 100)


def test_numbers_stand_beside_the_marks(compare: Compare) -> None:
    said = texts(drawn(compare(both=BOTH, smallest=0.01)))
    assert "<b>78.2</b> ± 1.1" in said
    assert "<b>+12.3</b> points<br>[+" in said
    assert "±1 point: too small<br>to matter" in said


def test_two_a_side_are_grey(compare: Compare) -> None:
    found = traces(drawn(compare(baseline=(0.6, 0.61), both=(0.7, 0.72))))
    colours = {t["marker"]["color"] for t in found if t["mode"] == "markers"}
    assert colours == {BASELINE}


def test_one_a_side_is_dots_only(compare: Compare) -> None:
    found = traces(drawn(compare(baseline=(0.6,), both=(0.7,))))
    assert not [t for t in found if t["mode"] == "lines" and t["line"]["width"] == 6]
    assert len([t for t in found if t["mode"] == "markers" and t["marker"]["size"] == 9]) == 2


def test_unpaired_sides_have_no_lines_between_them(compare: Compare) -> None:
    found = drawn(compare(both=BOTH, seeded=False))
    assert traces(found)[0]["mode"] == "markers"
    assert "lines join" not in found.caption


def test_several_candidates_share_one_axis_and_many_become_a_list(compare: Compare) -> None:
    few = drawn(compare(**{f"c{i}": BOTH for i in range(3)}))
    assert list(few.figure.layout.xaxis.tickvals) == [0, 1, 2, 3]
    assert "Grey" not in few.caption
    many = drawn(compare(**{f"c{i}": BOTH for i in range(9)}, smallest=0.01))
    assert many.figure.layout.height == 90 + 44 * 9
    assert "best on top" in many.caption


def test_no_score_on_any_side_is_no_picture(compare: Compare) -> None:
    assert picture(compare(baseline=(), empty=()), SHARE) is None


def test_an_empty_candidate_leaves_the_baseline_drawn(compare: Compare) -> None:
    assert traces(drawn(compare(empty=())))


def test_a_band_wider_than_everything_does_not_squash_the_scores(compare: Compare) -> None:
    layout = drawn(compare(same=(0.661, 0.668, 0.655, 0.645, 0.671), smallest=5.0)).figure.layout
    assert layout.yaxis.range[1] - layout.yaxis.range[0] < 20


def test_equal_scores_have_a_picture_too(compare: Compare) -> None:
    layout = drawn(compare(baseline=(0.5,) * 5, same=(0.5,) * 5)).figure.layout
    assert layout.yaxis.range[0] < 50 < layout.yaxis.range[1]


def test_names_from_runs_are_letters_in_the_picture(compare: Compare) -> None:
    found = drawn(compare(**{"<b>x</b>": BOTH}))
    hovers = [text for t in traces(found) for text in t.get("hovertext") or ()]
    assert "<b>x" not in found.figure.layout.xaxis.ticktext[1].replace("<b>&lt;", "")
    assert all("<b>x</b>" not in text for text in hovers)
    assert any("&lt;b&gt;x&lt;/b&gt;" in text for text in hovers)


def test_no_figure_names_a_colour_for_its_text(compare: Compare) -> None:
    layout = drawn(compare(both=BOTH)).figure.to_plotly_json()["layout"]
    assert all("color" not in annotation["font"] for annotation in layout["annotations"])
    assert CANDIDATE not in str(layout["xaxis"])


def test_the_finding_is_the_alternative_text(compare: Compare) -> None:
    assert drawn(compare(both=BOTH)).alt.startswith("both is better than baseline")


def test_the_caption_names_the_bootstrap_that_was_asked_for(compare: Compare) -> None:
    found = drawn(compare(both=(0.70, 0.71, 0.69, 0.70, 0.712), method=Method.BCA))
    assert "Thick: 95 % intervals by BCa bootstrap (exact)." in found.caption
    assert "Thin:" not in found.caption
