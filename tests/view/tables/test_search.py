"""The best trials of a search, side by side and to take along."""

from assay.view.exports import comma_separated
from assay.view.tables import search as tables
from tried import made


def test_the_two_best_stand_side_by_side_and_long_numbers_are_cut_where_they_stay_different() -> None:
    found = made(
        [0.1, 0.3, 0.2],
        rate=["1", "0.123456789012", "0.654321"],
        twin=["1", "0.12345678", "0.12345679"],
        gone=["a", None, "b"],
    )
    card = tables.two_best(found)
    assert list(card) == ["trial 2", "trial 3"]
    assert list(card.T["rate"]) == ["0\\.1235", "0\\.654321"]
    assert list(card.T["twin"]) == ["0\\.12345678", "0\\.12345679"]
    assert list(card.T["gone"]) == ["–", "b"]


def test_the_params_to_run_again_are_whole_and_no_formula() -> None:
    found = made([0.1, 0.3], p=["=1+1", "x" * 500])
    table = tables.contenders(found, 2)
    assert table.frame["param:p"].tolist() == ["x" * 500, "'=1+1"]
    assert table.frame["trial"].tolist() == [2, 1]


def test_configurations_with_replicates_have_the_names_that_they_have_everywhere() -> None:
    found = made([0.1, 0.3], n=[5, 5], p=["a", "b"])
    assert list(tables.two_best(found)) == ["winner", "runner-up"]
    table = tables.contenders(found, 2)
    assert (table.columns["trial"].header, table.frame["trial"].tolist()) == ("configuration", ["t1", "t0"])


def test_the_scores_to_take_along_are_as_they_were_logged() -> None:
    table = tables.contenders(made([0.1, 0.34567], p=["a", None]), 2)
    written = comma_separated(table).splitlines()
    assert written[0] == "trial,accuracy,params.p,run"
    assert [row.split(",")[:3] for row in written[1:]] == [["2", "0.34567", ""], ["1", "0.1", "a"]]
