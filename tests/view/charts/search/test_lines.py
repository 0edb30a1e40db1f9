"""Every trial as a line over its params."""

import numpy as np

from assay.view.charts.search import lines
from tried import made


def test_a_line_a_trial_runs_over_all_params_to_its_score() -> None:
    found = made([0.1, 0.3, 0.2], a=["1", "2", "3"], b=["x", "y", "x"], c=["5", None, "7"])
    *others, second, winner = lines.lines(found).figure.data
    assert winner.line.color == "#2F80D0"
    assert len(winner.y) == len(found.axes) + 2
    assert np.isnan(winner.y[-1])
    assert sum(np.isnan(trace.y).sum() for trace in others) == 3
    assert second.marker.symbol == "square"
