"""A front as a table, and what is no part of it as another."""

from dataclasses import replace

from assay.model.comparison.side import Sample, Side
from assay.model.metric import Direction, Metric
from assay.model.policy import Criterion, Limit
from assay.model.runs.exclusion import Exclusion
from assay.model.tradeoffs.front import LeftOut, Trade
from assay.model.tradeoffs.scorecard import Judgement, Status
from assay.view.tables.tradeoffs.front import excluded, front
from fronted import F1, fronted

FOUND = fronted()
LEFT = (
    LeftOut("=mute", ("a", "b"), Exclusion.NOT_LOGGED, ("cost", "latency"), whole=True),
    LeftOut("slow", ("c",), Exclusion.FAILED),
)


def judgement(metric: str, status: Status) -> Judgement:
    side = Side(Sample("", "", ()), 0.95, 0.012)
    return Judgement(Criterion(metric, "g", Limit(">", 0.5), 1.0), Metric(metric, Direction.MAXIMIZE), side, status)


def test_a_row_is_what_is_on_the_front_or_may_be_best_first() -> None:
    shown = front(FOUND)
    assert shown.frame["label"].tolist() == ["both-rerank", "both", "model_only", "bge-m3", "bge-m3-int8", "e5-small"]
    assert shown.frame["state"].tolist() == [["● on front"]] * 4 + [["○ possible"], ["● on front"]]
    assert shown.columns["value:0"].header == "f1_score, %"
    assert not {"trade", "missed", "open"} & set(shown.columns)


def test_baseline_and_candidate_have_a_row_wherever_they_stand() -> None:
    asked = fronted(candidate="hyde", baseline="baseline")
    assert {"hyde", "baseline"} <= set(front(asked).frame["label"])


def test_every_configuration_is_among_the_figures() -> None:
    data = front(FOUND).data
    assert data is not None
    assert len(data) == 10
    assert data["f1_score"].tolist()[0] == 0.801
    assert data["state"].tolist().count("beaten") == 4


def test_a_front_without_noise_has_no_probability() -> None:
    assert "probability" not in front(fronted(n=1)).columns
    assert set(front(FOUND).frame["probability"]) == {0.97, 0.6}


def test_what_stands_beside_the_baseline_and_the_card_is_in_the_row() -> None:
    judged = (judgement("=cost", Status.ALERT), judgement("f1", Status.MET), judgement("up", Status.NOT_LOGGED))
    seen = {0: replace(FOUND.seen[0], trade=Trade.MIXED, judgements=judged)}
    shown = front(replace(FOUND, seen=seen))
    first = shown.frame.iloc[0]
    assert first["trade"] == ["◆ mixed"]
    assert [text.split(" ")[-1] for text in first["missed"]] == ["=cost"]
    assert first["open"] == "– up"
    assert shown.frame.iloc[1]["missed"] == []


def test_a_ranking_is_a_table_too() -> None:
    assert front(fronted(metrics=(F1,))).frame["label"].tolist()[0] == "both-rerank"


def test_what_is_left_out_has_its_reason_and_says_whether_anything_is_left() -> None:
    shown = excluded(replace(FOUND, left_out=LEFT))
    assert shown.frame.to_numpy().tolist() == [
        ["'=mute", 2, "cost and latency not logged", "whole configuration"],
        ["slow", 1, "failed", "some of its runs"],
    ]
    assert shown.data is not None
    assert shown.data["run_ids"].tolist() == ["a b", "c"]
    assert excluded(FOUND).frame.empty
