"""The picture of what each component adds."""

from dataclasses import replace

from ablated import ACCURACY, DEMO, SWITCHED, Cells, ablated, demo
from assay.model.metric import MetricUnit
from assay.view.charts.ablation.contributions import MOST, contributions
from assay.view.charts.picture import Picture

FULL, WORSE = (0.90, 0.91, 0.90), (0.70, 0.71, 0.705)


def drawn(*args: object, **more: object) -> Picture:
    shown = contributions(*args, **more)  # type: ignore[arg-type]
    assert shown is not None
    return shown


def marks(shown: Picture) -> list[str]:
    return [trace.marker.symbol for trace in shown.figure.data if trace.mode == "markers"]


def labels(shown: Picture) -> list[str]:
    return [note.text for note in shown.figure.layout.annotations]


def test_rows_stand_largest_on_top_with_class_and_interval() -> None:
    shown = drawn(demo())
    assert shown.figure.layout.yaxis.ticktext == ("scaling", "augmentation", "pca")
    assert marks(shown) == ["diamond", "circle-open", "square"]
    assert labels(shown)[-3:] == ["<b>+12.6</b> critical", "<b>+0.1</b> optional", "<b>−1.4</b> removable"]
    assert shown.figure.layout.xaxis.title.text == "accuracy lost without it, points"
    assert [trace.mode for trace in shown.figure.data] == ["lines", "markers"] * 3
    assert "scaling +12.6 (critical)" in shown.alt
    assert "that of `pca`, −2.9 to +0.1, lies below 1 point, so it is shown to be removable." in shown.caption


def test_removable_has_no_lower_bound_and_critical_no_upper_one() -> None:
    shown = drawn(demo())
    low, high = shown.figure.layout.xaxis.range
    bands = [(shape.x0, shape.x1) for shape in shown.figure.layout.shapes if shape.type == "rect"]
    assert bands == [(low, 1.0), (5.0, high)]
    assert labels(shown)[:2] == ["removable:<br>below 1 point", "critical:<br>above 5 points"]


def test_without_limits_or_a_direction_there_are_no_bands() -> None:
    bare = drawn(ablated(DEMO, replace(ACCURACY, unit=MetricUnit.NONE, smallest_effect=None)))
    assumed = drawn(demo(metric=replace(ACCURACY, direction_source="assumed")))
    for shown in (bare, assumed):
        assert [shape.type for shape in shown.figure.layout.shapes] == ["line"]
        assert marks(shown) == ["circle"] * 3
    assert "Which way is better is not known." in assumed.caption


def test_one_run_an_arm_is_a_mark_without_interval() -> None:
    shown = drawn(ablated({off: scores[:1] for off, scores in DEMO.items()}))
    assert [trace.mode for trace in shown.figure.data] == ["markers"] * 3


def test_one_that_hurts_is_marked_by_shape_and_word() -> None:
    shown = drawn(ablated({(): WORSE, ("a",): FULL}))
    assert marks(shown) == ["triangle-down"]
    assert labels(shown)[-1] == "<b>−19.8</b> removable, hurts"


def test_of_many_the_largest_are_drawn_and_the_rest_counted() -> None:
    cells: Cells = {(): FULL} | {(f"c{k}",): [score - 0.01 * k for score in FULL] for k in range(MOST + 3)}
    shown = drawn(ablated(cells))
    assert len(shown.figure.layout.yaxis.ticktext) == MOST
    assert "c0" not in shown.figure.layout.yaxis.ticktext
    assert "3 smaller ones not drawn: see the table." in shown.caption


def test_what_has_no_number_is_not_drawn_and_counted() -> None:
    shown = drawn(demo(("scaling",)))
    assert shown.figure.layout.yaxis.ticktext == ("augmentation", "pca")
    assert "1 component without a number." in shown.caption
    assert contributions(ablated({(): FULL}, components=SWITCHED)) is None


def test_names_that_want_to_act_are_shown_letter_by_letter() -> None:
    shown = drawn(ablated({(): FULL, ("<b>x</b>",): WORSE}, replace(ACCURACY, name="<i>m</i>")))
    assert "&lt;b&gt;x" in shown.figure.layout.yaxis.ticktext[0]
    assert shown.figure.layout.xaxis.title.text.startswith("&lt;i&gt;m&lt;/i&gt; lost")
