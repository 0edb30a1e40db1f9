"""What one run logged, as tables."""

import math

from assay.model.metric import MetricUnit
from assay.view.tables.runs import run
from assay.view.text.numbers import scale


def test_metrics_have_units_and_say_what_is_not_finite() -> None:
    values = {"f1": 0.78, "loss": math.nan}
    scales = {"f1": scale(MetricUnit.SHARE, [0.78]), "loss": scale(None, [])}
    assert run.metrics(values, scales).frame["value"].tolist() == ["78.0 %", "NaN"]


def test_params_are_one_line_each_and_no_formula() -> None:
    frame = run.pairs({"a": "x\ny", "b": "=1+1", "한국어": "값"}, "param").frame
    assert frame["value"].tolist() == ["x y", "'=1+1", "값"]
    assert frame["key"].tolist()[2] == "한국어"
