"""The picture of what two components do together."""

from dataclasses import replace

import pytest

from ablated import DEMO, LOG_LOSS, SWITCHED, ablated, demo
from assay.model.ablation.answer import Ablation, Component
from assay.view.charts.ablation.interaction import interaction
from assay.view.charts.picture import Picture

FULL, WORSE = (0.90, 0.91, 0.90), (0.70, 0.71, 0.705)


def drawn(found: Ablation, place: int = 0) -> Picture:
    shown = interaction(found, found.pairs[place])
    assert shown is not None
    return shown


def test_two_lines_and_where_the_lower_would_end_if_they_added_up() -> None:
    shown = drawn(demo())
    off, on, dotted = (
        trace
        for trace in shown.figure.data
        if trace.mode == "lines" and len(trace.x) > 1 and trace.x[0] == 0 and trace.x[1] == 1
    )
    assert off.y == pytest.approx((59.44, 80.30), abs=0.01)
    assert on.y == pytest.approx((95.30, 94.57), abs=0.01)
    assert dotted.line.dash == "dot"
    assert dotted.y == pytest.approx((59.44, 58.72, 58.72), abs=0.01)
    assert shown.figure.layout.xaxis.ticktext == ("pca off", "pca on")
    texts = [note.text for note in shown.figure.layout.annotations]
    assert {"<b>−21.6</b>", "scaling on", "scaling off", "if pca did as with scaling", "<b>59.4</b>"} <= set(texts)


def test_the_stronger_component_has_the_two_lines_whichever_is_named_first() -> None:
    found = demo()
    pair = found.pairs[0]
    square = pair.square
    assert square is not None
    none, alone, other, both = square.corners
    turned = replace(square, corners=(none, other, alone, both), firsts=square.seconds, seconds=square.firsts)
    shown = interaction(found, replace(pair, components=pair.components[::-1], square=turned))
    assert shown is not None
    assert shown.figure == drawn(found).figure


def test_the_caption_says_over_what_how_sure_and_where_the_scale_ends() -> None:
    assert drawn(demo()).caption == (
        "Means over `augmentation`, 95 % t intervals, n = 5 seeds a cell. Interaction −21.6 points, 95 % CI [−32.2, "
        "−11.0], p = 0.019 (Holm over 4); Yates' −10.8 is half of it. Dotted: if they added up. Adding up would take "
        "`accuracy` to 116.1 %, beyond its end: part of the interaction is that end."
    )
    assert "beyond its end" not in drawn(demo(), 1).caption
    assert "scaling off, pca off: 59.4 %" in drawn(demo()).alt


def test_an_error_ends_at_zero_only_where_it_is_a_share_or_measured() -> None:
    losses = {off: [1 - score for score in scores] for off, scores in DEMO.items()}
    assert "below 0" not in drawn(ablated(losses, LOG_LOSS, components=SWITCHED)).caption
    error = demo().metric.__class__("error_rate", LOG_LOSS.direction, "policy", demo().metric.unit, 0.01)
    caption = drawn(ablated(losses, error, components=SWITCHED)).caption
    assert "Adding up would take `error_rate` below 0: part of the interaction is that end." in caption


def test_where_not_all_was_tried_the_means_are_of_the_full_system() -> None:
    assert drawn(demo(("scaling", "pca", "augmentation"))).caption.startswith("Means with everything else on, 95 %")


def test_a_pair_with_a_cell_that_nobody_ran_has_no_picture() -> None:
    found = demo(("pca",))
    assert [interaction(found, pair) for pair in found.pairs if "pca" in pair.components] == [None, None]


def test_one_run_a_cell_has_no_intervals() -> None:
    caption = drawn(ablated({off: scores[:1] for off, scores in DEMO.items()}, components=SWITCHED)).caption
    assert "n = 1 seed a cell. Interaction −13.0 points; Yates' −6.5" in caption


@pytest.mark.parametrize(
    ("component", "words"),
    [
        (Component("b"), ("without b", "with b")),
        (Component("b", "large", "small"), ("b: small", "b: large")),
        (Component("b", "flip", None), ("b: not logged", "b: flip")),
        (Component("b", "True", "False"), ("b off", "b on")),
        (Component("b", "<b>", "x"), ("b: x", "b: &lt;b&gt;")),
    ],
)
def test_levels_are_called_as_they_were_logged(component: Component, words: tuple[str, str]) -> None:
    cells = {(): FULL, ("a",): WORSE, ("b",): WORSE, ("a", "b"): WORSE}
    shown = drawn(ablated(cells, components=(Component("a", "on", "off"), component)))
    assert shown.figure.layout.xaxis.ticktext == words


def test_long_names_leave_room_for_what_is_on() -> None:
    long = "a very long component name that goes on"
    cells = {tuple(long if name == "pca" else name for name in off): own for off, own in DEMO.items()}
    own = tuple(replace(one, name=long) if one.name == "pca" else one for one in SWITCHED)
    shown = drawn(ablated(cells, components=own))
    assert [text.split("<br>")[-1].split()[-1] for text in shown.figure.layout.xaxis.ticktext] == ["off", "on"]
    assert max(len(note.text) for note in shown.figure.layout.annotations) < 50
