"""What is said of curves: no more than the intervals show."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assay.analysis import curves as analysis
from assay.model.comparison.side import Sample
from assay.model.curves.answer import Curves, CurveSide
from assay.model.curves.question import CurvesQuestion, Manner, Over, Spread
from assay.model.metric import Direction, Metric
from assay.view.text import curves as text


def found(*curves: Sequence[float], over: Over = Over.STEP, named: Sequence[str] = (), width: float = 0.0) -> Curves:
    """Sides of five paired replicates near these curves, judged as a query does."""
    sides = []
    for k, curve in enumerate(curves):
        rows = np.asarray(curve) + np.random.default_rng(k).normal(0, 0.01, (5, len(curve)))
        held = tuple(map(tuple, rows.tolist()))
        label = named[k] if named else f"lr={k}"
        parts = () if named else (("lr", str(k)),)
        sides.append(
            CurveSide(Sample(label, "", (), parts=parts), tuple("01234"), held, held, held, (float(len(curve)),) * 5)
        )
    places = tuple(float(k + 1) for k in range(len(curves[0])))
    metric, end = Metric("loss", Direction.MINIMIZE, "name"), len(places) - 1
    made = Curves(CurvesQuestion("loss", "a"), metric, over, tuple(sides), places, width, end)
    shapes = tuple(analysis.shape(side, end, metric.direction, 0.95, 3) for side in sides)
    made = replace(made, shapes=shapes)
    order, pairs = analysis.ranked(sides, end, metric.direction), [(k, k) for k in range(5)]
    if len(order) < 2:
        return made
    apart = analysis.apart(sides, order, pairs, end, metric.direction, 0.95, 3)
    sure = analysis.ahead_of_all(sides, order, [pairs] * (len(order) - 1), end, metric.direction, 0.95, 3)
    return replace(made, apart=apart, sure=sure)


def said(made: Curves) -> str:
    return text.headline(made, text.scale_of(made), name=str)


FAST, LATE, LEVEL = [3, 1, 1.5, 2, 2.5, 3], [3, 2.5, 2, 1.5, 1, 0.5], [4.0] * 6


def test_who_ends_best_passes_its_rival_somewhere() -> None:
    made = found(FAST, LATE)
    assert said(made) == "lr=1 ends best: it passes 0 at step 4 for good."
    assert text.consequence(made, name=str) == (
        "0 is best at step 2 and gets worse after it; 1 still falls at step 6 and has not converged. "
        "**Stopping at step 3 would have chosen 0.**"
    )
    assert text.mark(made).glyph == "▲"


def test_who_leads_throughout_is_said_so() -> None:
    assert said(found(LEVEL, LATE)) == "lr=1 ends best: it is ahead of 0 throughout."


def test_noise_chooses_nobody() -> None:
    made = found(LEVEL, LEVEL)
    assert said(made).startswith("No curve is shown to end best: at step 6 ")
    assert text.mark(made).glyph == "≈"


def test_an_end_that_not_all_reached_is_called_by_its_place() -> None:
    made = replace(found(LEVEL, LATE), end=4)
    assert said(made) == "lr=1 is best at step 5, the last that all reached: it is ahead of 0 throughout."


def test_which_ends_higher_is_not_said_of_noise_either() -> None:
    made = found(LEVEL, LEVEL)
    made = replace(made, metric=replace(made.metric, direction_source="assumed"))
    assert said(made).startswith("No curve is shown to differ: at step 6 ")


def test_nothing_is_better_where_nobody_knows_what_is() -> None:
    made = found(LEVEL, LATE)
    made = replace(made, metric=replace(made.metric, direction_source="assumed"))
    assert said(made).startswith("lr=1 ends lower than 0, by 3.49")
    assert said(made).endswith("; nobody said which way loss is better.")
    assert (text.consequence(made), text.mark(made).glyph) == ("", "≈")


def test_one_curve_claims_nothing() -> None:
    made = found(LATE)
    assert said(made) == "loss of lr=0 over steps 1 to 6."
    assert said(replace(made, width=2.0)) == "loss of lr=0 over steps 0 to 7."
    assert text.mark(made).glyph == "–"


def test_curves_that_never_meet_say_so() -> None:
    made = replace(found(LATE, LEVEL), end=None, apart=None)
    assert said(made) == "These curves of loss have no step that all reached."


def test_names_from_runs_cannot_act() -> None:
    made = found(LEVEL, LATE, named=("a", "[x](http://evil.example)"))
    assert "`[x](http://evil.example)` ends best" in text.headline(made, text.scale_of(made))


def test_places_are_steps_stretches_or_times() -> None:
    made = found(LATE)
    assert text.where(made, 1) == "step 2"
    wide = replace(made, width=1_666.0, places=(833.3, 2_499.9))
    assert text.where(wide, 1) == "about step 2,500"
    timed = replace(made, over=Over.TIME, places=(0.0, 90.0, 1_800.0))
    assert [text.where(timed, k) for k in range(3)] == ["0 min", "1.5 min", "30 min"]


def test_how_to_read_names_smoothing_band_and_stretches() -> None:
    made = found(FAST, LATE)
    lines = [analysis.line(side, Manner(), 0.95) for side in made.sides]
    plain = text.reading(made, Manner(), lines)
    assert "Band: lowest to highest replicate." in plain
    assert "smoothed" not in plain
    smooth = text.reading(made, Manner(5, Spread.INTERVAL), lines)
    assert "smoothed as the mean of 5 neighbouring steps" in smooth
    assert "Dots: as logged, not smoothed." in smooth
    assert "95 % t interval" in smooth
    assert "stands for 1,667 steps" in text.reading(replace(made, width=1_667.0), Manner(), lines)


def test_labels_of_one_param_are_called_by_their_values() -> None:
    made = found(LEVEL, LATE)
    assert (text.common(made), text.brief(made)) == ("lr", ("0", "1"))
    mixed = found(LEVEL, LATE, named=("lr=1", "lr=2"))  # run names that only look alike
    assert (text.common(mixed), text.brief(mixed)) == ("", mixed.labels)


def test_badges_carry_interval_n_and_place() -> None:
    made = found(LEVEL, LATE)
    badges = text.badges(made, text.scale_of(made))
    assert badges[0].startswith("95 % CI −3.")
    assert badges[1:3] == ["n = 5 + 5 runs, 5 pairs by seed", "at step 6"]
    lonely = replace(made, apart=replace(made.apart, low=(math.nan,) * 6) if made.apart else None)
    assert not text.badges(lonely, text.scale_of(made))[0].startswith("95 %")
