"""What one run logged, as tables."""

import math
from collections.abc import Mapping
from dataclasses import replace

from assay.model.metric import MetricUnit
from assay.model.runs.detail import Detail, Origin, ParamSpread, Standing
from assay.model.runs.name import Name
from assay.model.runs.store import LifecycleStage, Run, RunStatus
from assay.view.tables.runs import run
from assay.view.text.numbers import Scale, scale


def detail(
    metrics: Mapping[str, float],
    standings: Mapping[str, Standing],
    params: Mapping[str, str] | None = None,
    spreads: Mapping[str, ParamSpread] | None = None,
) -> Detail:
    logged = Run("r", "r", "1", "e", RunStatus.FINISHED, LifecycleStage.ACTIVE, None, None, "", params or {}, metrics)
    return Detail(logged, ("seed",), (), None, (), "", "e", 5, Origin(), standings, spreads or {}, Name())


SHARE = scale(MetricUnit.SHARE, [0.78], [0.01])
FIVE = Standing((0.76, 0.77, 0.78, 0.79, 0.8), 0.78, 0.0158)


def test_metrics_have_units_and_say_what_is_not_finite() -> None:
    scales = {"f1": scale(MetricUnit.SHARE, [0.78]), "loss": scale(None, [])}
    table = run.metrics(detail({"f1": 0.78, "loss": math.nan}, {}), scales)
    assert table.frame["value"].tolist() == ["78.0 %", "NaN"]
    assert list(table.columns) == ["metric", "value"]


def test_names_have_the_room_of_their_letters_and_of_the_header() -> None:
    widths = [
        run.metrics(detail({name: 0.5}, {}), {name: SHARE}).columns["metric"].width for name in ("a", "정확도 평균")
    ]
    assert widths == [24 + 7 * len("metric"), 24 + 7 * 11]


def test_a_metric_stands_among_those_of_its_configuration() -> None:
    table = run.metrics(detail({"f1": 0.78}, {"f1": FIVE}), {"f1": SHARE})
    assert table.frame["beside"].tolist() == ["78.0 ± 1.6"]
    assert table.columns["beside"].header == "its 5 seeds, ± std"
    assert table.frame["strip"].iloc[0].count("circle") == 6
    assert "n" not in table.columns


def test_a_value_that_means_not_known_says_so_and_stands_among_none() -> None:
    found = replace(detail({"f1": 0.0, "auc": 0.78}, {"f1": FIVE, "auc": FIVE}), unknown=frozenset({"f1"}))
    table = run.metrics(found, {"f1": SHARE, "auc": SHARE})
    assert table.frame["value"].tolist() == ["0.0 %, not known", "78.0 %"]
    assert table.frame["strip"].isna().tolist() == [True, False]


def test_metrics_that_fewer_runs_logged_have_their_own_n() -> None:
    values = {"f1": 0.78, "loss": math.inf, "once": 1.0}
    found = detail(values, {"f1": FIVE, "once": Standing((1.0,), 1.0, None)})
    table = run.metrics(found, {"f1": SHARE, "loss": Scale(), "once": Scale()})
    assert table.frame["n"].tolist() == [5, 0, 1]
    assert table.frame["beside"].tolist()[1:] == ["–", "1.00"]
    assert table.frame["strip"].isna().tolist() == [False, True, True]
    assert table.columns["beside"].header == "mean of its seeds, ± std"


def test_params_say_how_they_vary_in_the_experiment() -> None:
    spreads = {
        "C": ParamSpread(3, True, 0.1, 100.0),
        "model": ParamSpread(4, False),
        "pca": ParamSpread(1, True, 80.0, 80.0),
        "scaling": ParamSpread(1, False),
        "seed": ParamSpread(5, False, 42.0, 1011.0),
    }
    found = detail({}, {}, dict.fromkeys(spreads, "1"), spreads)
    assert run.params(found).frame["varying"].tolist() == [
        "3 values, 0.1 to 100, or not logged",
        "4 values",
        "same where logged",
        "same in all",
        "5 seeds",
    ]
    assert "varying" not in run.params(replace(found, siblings=1)).columns


def test_params_are_one_line_each_and_no_formula() -> None:
    frame = run.pairs({"a": "x\ny", "b": "=1+1", "한국어": "값"}, "param").frame
    assert frame["value"].tolist() == ["x y", "'=1+1", "값"]
    assert frame["key"].tolist()[2] == "한국어"


def test_a_tag_of_a_megabyte_is_cut() -> None:
    assert len(run.pairs({"a": "x" * 1_000_000}, "tag").frame["value"].iloc[0]) == 2_001
