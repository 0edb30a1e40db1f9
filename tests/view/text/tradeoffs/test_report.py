"""Sentences of a front for a report."""

from dataclasses import replace

from assay.model.comparison.question import Statistic
from assay.model.criteria import Scorecard
from assay.view.text.tradeoffs.report import reports
from carded import LOST, OPEN, around, criterion, lost, scored
from fronted import F1, LATENCY, fronted

CARD = Scorecard("card", ("*",), (criterion("f1_score", "> 0.75"),))


def test_a_line_each_for_who_is_on_the_front_or_may_be() -> None:
    said = reports(fronted(metrics=(F1, LATENCY)), None)
    assert said[0] == "5 of 10 configurations are on the front of f1_score and latency_p95_ms; 1 more may be."
    assert said[1] == "10 configurations of rag by the mean of f1_score, latency_p95_ms:"
    assert said[-2:] == [
        "n = 5 each, 95 % intervals, probabilities from 4,000 draws (to ± 1.5 points).", "No run was left out."
    ]  # fmt: skip
    said = said[1:-2]
    labels = [line.partition(":")[0] for line in said[1:]]
    assert labels == ["both-rerank", "both", "model_only", "bge-m3", "bge-m3-int8", "e5-small"]
    assert said[2].startswith("both: f1_score 78.2 % ± ")
    assert said[2].endswith(" (n = 5), on front (97 %).")
    assert said[5].endswith(" (n = 5), possible (60 %).")


def test_the_candidate_is_there_though_it_is_beaten() -> None:
    assert any(line.startswith("hyde: ") for line in reports(fronted(candidate="hyde"), None))


def test_single_runs_have_neither_spread_nor_probability() -> None:
    found = fronted({"a\nb": (0.5, 10.0), "c": (0.4, 20.0)}, (F1, LATENCY), n=1)
    found = replace(found, question=replace(found.question, group_by=None, statistic=Statistic.MEDIAN))
    assert reports(found, None) == [
        "On the front of f1_score and latency_p95_ms by value alone: a b, of 2 runs.",
        "2 runs of rag by the value of f1_score, latency_p95_ms:",
        "a b: f1_score 50.0 %, latency_p95_ms 10.0 ms (n = 1), on front.",
        "n = 1 each.",
        "No run was left out.",
    ]


def test_the_scorecard_follows_with_what_was_lost() -> None:
    found = scored(CARD, {"f1_score": around(0.8, 0.003)}, **lost(LOST, OPEN))
    assert reports(fronted(metrics=(F1,)), found)[-3:] == [
        "it meets the threshold of card.",
        "Score 1.00 (0.50 of 0.50 by weight).",
        "Worse than base on 1 of 4 metrics (p corrected over all): accuracy; a loss that matters cannot be excluded on 1: =f1.",
    ]
    silent = reports(fronted(metrics=(F1,)), scored(CARD, {}))
    assert silent[-1] == "it logged no metric of scorecard card, so there is no score."


def test_ten_thousand_configurations_are_counted_and_not_listed() -> None:
    found = fronted(metrics=(F1, LATENCY))
    many = replace(found, points=(*found.points, *([found.points[-1]] * 9_990)))
    said = reports(many, None)
    assert said[1].startswith("10,000 configurations of rag by")
    assert len(said) == len(found.seen) + 4
