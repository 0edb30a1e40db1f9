"""The front as a table, every configuration as figures, and what was left out."""

from dataclasses import replace
from typing import Any

import pytest

from assay.model.criteria import Scorecard
from assay.model.metric import Metric
from assay.model.runs.exclusion import Exclusion, LeftOutRuns
from assay.model.tradeoffs.front import Front, Seen, Trade
from assay.view.exports import FORMATS
from assay.view.tables.tradeoffs.front import excluded, front, rows
from carded import around, criterion, judge
from fronted import F1, LATENCY, fronted

CARD = Scorecard("card", ("*",), (criterion("f1_score", "> 0.75", "< 0.70"), criterion("latency_p95_ms", "< 300")))
LATE = (judge(CARD.criteria[0], around(0.6, 0.001)), judge(CARD.criteria[1], around(400.0, 5.0)))
OPEN = (judge(CARD.criteria[0], around(0.75, 0.01)), judge(CARD.criteria[1], ()))
MET = (judge(CARD.criteria[0], around(0.8, 0.001)), judge(CARD.criteria[1], around(200.0, 5.0)))


def standing(found: Front, label: str, **more: Any) -> Front:
    """With more known of one of those that are looked at."""
    place = [point.label for point in found.points].index(label)
    return replace(found, seen={**found.seen, place: replace(found.seen.get(place, Seen(())), **more)})


def cells(found: Front, label: str) -> dict[str, object]:
    frame = front(found).frame
    return dict(frame[frame["label"] == label].iloc[0])


def test_a_row_each_for_who_is_on_the_front_or_may_be_best_first() -> None:
    made = front(fronted())
    assert made.frame["label"].tolist() == ["both-rerank", "both", "model_only", "bge-m3", "bge-m3-int8", "e5-small"]
    assert list(made.columns) == ["label", "value:0", "value:1", "value:2", "n", "state", "probability"]
    assert made.columns["value:0"].header == "f1_score, %"
    row = cells(fronted(), "bge-m3-int8")
    assert (row["n"], row["state"], row["probability"]) == (5, ["◉ possible"], "60 %")
    assert str(row["value:1"]).startswith("166 ± ")
    assert made.alt == "The front of f1_score and latency_p95_ms and cost_per_1k_queries_usd, and what may be on it"


def test_baseline_and_candidate_are_there_though_they_are_beaten() -> None:
    found = fronted(candidate="hyde", baseline="chunk-128")
    labels = [found.points[place].label for place in rows(found)]
    assert len(labels) == 8
    assert labels[-1] == "chunk-128"
    assert "hyde" in labels
    assert "hyde" in front(found).frame["label"].tolist()


def test_a_drawn_probability_is_never_none_or_all_and_without_one_there_is_none() -> None:
    found = fronted(candidate="hyde")
    sure = replace(found, points=tuple(replace(one, probability=1.0) for one in found.points))
    assert set(front(sure).frame["probability"]) == {"> 99 %"}
    assert cells(found, "hyde")["probability"] == "< 1 %"
    few = front(fronted(n=1)).frame
    assert "probability" not in few
    assert few["value:0"].tolist()[0] == "80.1"


@pytest.mark.parametrize(
    ("trade", "mark"),
    [
        (Trade.BETTER, "▲ better"), (Trade.WORSE, "▼ worse"), (Trade.MIXED, "◆ mixed"),
        (Trade.NOT_SHOWN, "≈ not shown"), (Trade.BASELINE, "■ baseline"),
    ],
)  # fmt: skip
def test_beside_a_baseline_every_one_has_its_mark(trade: Trade, mark: str) -> None:
    found = standing(fronted(baseline="both"), "e5-small", trade=trade)
    assert cells(found, "e5-small")["trade"] == [mark]
    assert cells(found, "both-rerank")["trade"] == []
    assert mark in (front(found).columns["trade"].colours or {})


def test_what_the_card_says_has_columns_of_its_own() -> None:
    found = standing(standing(fronted(), "both", judgements=LATE), "e5-small", judgements=OPEN)
    row = cells(found, "both")
    assert (row["missed"], row["open"]) == (["!! f1_score", "latency_p95_ms"], "")
    assert cells(found, "e5-small")["missed"] == []
    assert cells(found, "e5-small")["open"] == "≈ f1_score, – latency_p95_ms"
    assert front(found).columns["missed"].colours == {"!! f1_score": "red", "latency_p95_ms": "red"}


def test_where_all_is_met_nothing_is_open() -> None:
    made = front(standing(fronted(), "both", judgements=MET))
    assert "open" not in made.columns
    assert not any(made.frame["missed"])


def test_one_objective_is_one_column_and_names_do_not_act_in_a_spreadsheet() -> None:
    odd = replace(F1, name="<b>f1</b>\n")
    made = front(fronted({"=1+1": (0.9,), "모델\n하나": (0.9,)}, (odd,)))
    assert made.frame["label"].tolist() == ["'=1+1", "모델 하나"]
    assert made.columns["value:0"].header == "<b>f1</b>, %"
    assert "value:1" not in made.columns
    assert all(write(made) for write in FORMATS.values())


def test_a_program_gets_every_configuration_in_the_logged_unit() -> None:
    found = standing(fronted(metrics=(F1, LATENCY), candidate="hyde"), "hyde", trade=Trade.WORSE)
    data = front(found).data
    assert data is not None
    assert len(data) == 10
    row = data[data["configuration"] == "hyde"].iloc[0]
    assert (row["f1_score"], row["replicates"], row["state"], row["against_baseline"]) == (0.764, 5, "beaten", "worse")
    assert row["f1_score low"] < 0.764 < row["f1_score high"]
    unseen = data[data["configuration"] == "chunk-128"].iloc[0]
    assert (unseen["f1_score sd"], unseen["f1_score"]) == (None, 0.048)


def test_a_metric_may_be_called_as_another_column() -> None:
    data = front(fronted({"a": (0.5, 7.0)}, (replace(F1, name="replicates"), replace(LATENCY, name="state")))).data
    assert data is not None
    assert data.iloc[0]["replicates"] == 5
    assert data.iloc[0]["state"] == "on_front"
    assert (data.iloc[0]["metric replicates"], data.iloc[0]["metric state"]) == (0.5, 7.0)


def test_ten_thousand_configurations_have_a_short_table_and_all_their_figures() -> None:
    found = fronted({"a": (0.9, 1.0), "b": (0.8, 2.0)}, (F1, LATENCY), seen=("a",))
    made = front(replace(found, points=(found.points[0], *([found.points[1]] * 9_999))))
    assert made.data is not None
    assert (len(made.frame), len(made.data)) == (1, 10_000)


def test_without_points_there_is_an_empty_table() -> None:
    assert front(replace(fronted(metrics=(F1,)), points=(), seen={})).frame.empty


def test_what_is_left_out_says_how_much_and_why() -> None:
    left = (
        LeftOutRuns("=hyde", ("a", "b"), Exclusion.FAILED),
        LeftOutRuns("e5", tuple("cde"), Exclusion.NOT_LOGGED, ("cost", "f1"), whole=True),
    )
    made = excluded(replace(fronted(), left_out=left))
    assert made.frame.to_numpy().tolist() == [
        ["'=hyde", 2, "failed", "some of its runs"],
        ["e5", 3, "cost or f1 not logged", "whole configuration"],
    ]
    assert made.data is not None
    assert made.data["run_ids"].tolist() == ["a b", "c d e"]
    assert made.data["metrics"].tolist() == ["", "cost f1"]
    assert excluded(fronted()).frame.empty


def test_a_metric_of_no_unit_is_shown_as_it_is() -> None:
    made = front(fronted({"a": (3.0,)}, (Metric("loss", LATENCY.direction),)))
    assert made.columns["value:0"].header == "loss"
