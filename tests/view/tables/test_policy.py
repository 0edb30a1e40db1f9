"""Rules and scorecards as tables."""

from dataclasses import replace

from assay.model.criteria import Criterion, Limit, Scorecard
from assay.model.note import note
from assay.model.rules import Reach, Rule, RuleBook, RuleEffect
from assay.policy import load
from assay.view.exports import comma_separated
from assay.view.tables.policy import criteria, rules

OWN = Rule(("statistics", "minimum_runs"), 5, "own.yaml", 1, shipped=False, usual=3)
SHIPPED = Rule(("metrics", "loss", "unit"), "", "default.yaml", 9, shipped=True)


def test_a_rule_is_a_row_with_what_is_shipped_in_its_place() -> None:
    table = rules((OWN, SHIPPED), {SHIPPED.path: Reach("metric", ("loss",))})
    assert list(table.columns) == ["path", "value", "usual", "whose", "where", "reach"]
    assert table.frame.iloc[0].tolist() == ["statistics.minimum_runs", "5", "3", ["● team"], "own.yaml:1", "–"]
    assert table.frame.iloc[1].tolist() == [
        "metrics.loss.unit", '""', "the same", ["○ shipped"], "default.yaml:9", "1 metric: loss",
    ]  # fmt: skip


def test_a_rule_without_one_in_its_place_is_told_from_one_that_is_as_shipped() -> None:
    new, same = replace(OWN, usual=None), replace(OWN, value=3, repeats=True)
    table = rules((new, same, SHIPPED))
    assert table.frame["usual"].tolist() == ["no such rule", "3", "the same"]
    assert [line.split(",")[2] for line in comma_separated(table).splitlines()[1:]] == ["no such rule", "3", "the same"]


def test_what_is_counted_goes_before_what_a_rule_decides_and_thousands_stand_apart() -> None:
    effects = {OWN.path: note(RuleEffect.TOO_FEW, now=4, usual=2, configurations=49)}
    many = replace(OWN, value=20_000, usual=10_000)
    assert rules((many,), {OWN.path: Reach("metric", ("loss",))}, effects).frame.iloc[0].tolist() == [
        "statistics.minimum_runs", "20,000", "10,000", ["● team"], "own.yaml:1",
        "4 of 49 configurations have too few replicates; 2 as shipped.",
    ]  # fmt: skip


def test_where_all_is_shipped_nobody_asks_whose_it_is() -> None:
    assert list(rules((SHIPPED,)).columns) == ["path", "value", "where"]


def test_no_rule_is_a_table_without_rows() -> None:
    assert rules(()).frame.empty


def test_text_of_a_team_is_no_formula_in_a_file() -> None:
    table = rules((Rule(("=cmd()",), "@x", "f", 1, shipped=False),))
    assert not [cell for cell in comma_separated(table).replace("\n", ",").split(",") if cell[:1] in "=@" and cell]


def test_a_scorecard_has_a_row_a_metric_with_its_line() -> None:
    card = Scorecard(
        "own",
        ("*",),
        (
            Criterion("f1", "q", Limit(">", 0.75), 0.15, Limit("<", 0.7)),
            Criterion("t_ms", "p", Limit("<=", 12_000.0), 1),
        ),
    )
    book = RuleBook(load(), (), {("own", "f1"): 4, ("own", "t_ms"): 5})
    assert criteria(card, book).frame.to_dict("records") == [
        {"group": "q", "metric": "f1", "threshold": "> 75 %", "alert": "< 70 %", "weight": 0.15, "line": 4},
        {"group": "p", "metric": "t_ms", "threshold": "<= 12,000 ms", "alert": "–", "weight": 1, "line": 5},
    ]
    assert list(criteria(card, book, lined=False).frame) == ["metric", "threshold", "alert", "weight", "group"]


def test_a_long_list_is_whole_in_a_file() -> None:
    own = Rule(("params", "ignored"), tuple(f"name{n}" for n in range(9)), "own.yaml", 1, shipped=False)
    assert rules((own,)).frame["value"].tolist() == ["9: name0, name1, name2, name3, …"]
    assert "name8" in comma_separated(rules((own,)))
