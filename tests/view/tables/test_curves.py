"""Curves read off at a few places."""

from dataclasses import replace

from assay.analysis import curves as analysis
from assay.model.curves.answer import CurveSide
from assay.model.curves.question import Manner
from assay.view.tables.curves import read_off
from assay.view.text.curves import scale_of
from view.text.test_curves import FAST, LATE, found


def test_a_few_places_the_last_and_the_best_are_read_off() -> None:
    made = found(FAST, LATE)
    lines = [analysis.line(side, Manner(5), 0.95) for side in made.sides]
    table = read_off(made, lines, scale_of(made))
    assert [column.header for column in table.columns.values()] == ["step", "0", "1"]
    assert table.frame["place"].tolist() == ["1", "2", "3", "6", "best"]
    last = table.frame["side 0"].tolist()
    assert last[-1].startswith("1.00")
    assert last[-1].endswith(" at 2")
    assert "±" in last[0]


def test_a_side_without_a_curve_has_dashes() -> None:
    made = found(FAST, LATE)
    made = replace(made, sides=(made.sides[0], CurveSide(made.sides[1].sample)), shapes=(made.shapes[0], None))
    table = read_off(made, [analysis.line(made.sides[0], Manner(), 0.95), None], scale_of(made))
    assert set(table.frame["side 1"]) == {"–"}
