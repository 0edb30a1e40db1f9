"""The picture of what a finding is worth."""

from dataclasses import replace

from assay.view.charts.evidence.worth import picture
from leaked import TWIN, WORTH, found


def test_three_intervals_stand_below_each_other_with_their_n() -> None:
    shown = picture(found())
    assert shown is not None
    assert shown.figure.layout.yaxis.ticktext == (
        "as logged<br>n = 360",
        "without them<br>n = 218",
        "honest twin<br>n = 360",
    )
    assert [trace.mode for trace in shown.figure.data] == ["lines", "markers"] * 3
    assert [trace.marker.symbol for trace in shown.figure.data[1::2]] == ["triangle-up", "circle", "square"]
    assert [note.text for note in shown.figure.layout.annotations] == ["<b>96.6</b>", "<b>94.5</b>", "<b>94.6</b>"]
    assert shown.figure.layout.xaxis.title.text == "accuracy, %"
    assert "they are worth 2.1 points" in shown.alt
    assert "95 % intervals of each mean over 5 trainings" in shown.caption


def test_without_clean_rows_or_a_twin_there_are_fewer_lines() -> None:
    none = replace(WORTH, without=None, difference=None, interval=None)
    shown = picture(found(none, None))
    assert shown is not None
    assert len(shown.figure.layout.yaxis.ticktext) == 1
    assert "No clean test row is left" in shown.alt
    assert picture(found(None)) is None


def test_a_mean_without_an_interval_is_a_mark_alone() -> None:
    bare = replace(WORTH, logged=replace(WORTH.logged, interval=None), interval=None)
    shown = picture(found(bare, replace(TWIN, logged=None)))
    assert shown is not None
    assert [trace.mode for trace in shown.figure.data] == ["markers", "lines", "markers"]


def test_a_metric_whose_name_wants_to_act_is_shown_letter_by_letter() -> None:
    shown = picture(found(replace(WORTH, metric=replace(WORTH.metric, name="<b>x</b>")), None))
    assert shown is not None
    assert shown.figure.layout.xaxis.title.text == "&lt;b&gt;x&lt;/b&gt;, %"
