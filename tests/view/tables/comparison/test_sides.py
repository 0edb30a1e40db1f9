"""A comparison's sides as a table."""

from collections.abc import Callable

from assay.model.comparison import Comparison
from assay.model.policy import MetricUnit
from assay.view.tables.comparison import sides as tables
from assay.view.tables.comparison.plan import plan, settling
from assay.view.text.numbers import scale

Compare = Callable[..., Comparison]
BOTH = (0.782, 0.793, 0.768, 0.775, 0.792)
SHARE = scale(MetricUnit.SHARE, [0.659, 0.782], [0.011, 0.013])


def test_the_baseline_comes_first_and_has_no_difference(compare: Compare) -> None:
    frame = tables.sides(compare(both=BOTH), SHARE).frame
    assert list(frame["side"]) == ["baseline", "both"]
    assert list(frame["n"]) == [5, 5]
    assert frame["difference"].tolist() == ["–", "+12.3"]
    assert frame["p"].tolist() == ["–", "< 0.001"]
    assert frame["verdict"].tolist() == [[], ["▲ better"]]
    assert frame["mean"].iloc[1] == "78.2 ± 1.1"


def test_every_sides_seeds_are_a_strip_on_one_scale(compare: Compare) -> None:
    table = tables.sides(compare(both=BOTH, empty=()), SHARE)
    assert table.columns["strip"].header == "seeds, 64.8 to 79.3 %"
    drawn = [isinstance(cell, str) for cell in table.frame["strip"]]
    assert drawn == [True, True, False]


def test_the_header_of_p_names_its_correction(compare: Compare) -> None:
    assert tables.sides(compare(both=BOTH), SHARE).columns["p"].header == "p"
    assert tables.sides(compare(a=BOTH, b=BOTH), SHARE).columns["p"].header == "p, Holm over 2"


def test_a_side_without_scores_is_dashes(compare: Compare) -> None:
    row = tables.sides(compare(empty=()), SHARE).frame.iloc[1]
    assert (row["mean"], row["limits"], row["p"]) == ("–", "–", "–")


def test_params_are_shown_letter_by_letter_and_missing_ones_as_a_dash() -> None:
    frame = tables.params(["a", "b"], {"mod_el": ("*x*", None), "empty": ("", "y")})
    assert frame.index.tolist() == ["mod\\_el", "empty"]
    assert frame.iloc[0].tolist() == ["\\*x\\*", "–"]
    assert frame.iloc[1].tolist() == ["“”", "y"]


def test_two_sides_of_one_name_keep_their_columns() -> None:
    assert tables.params(["a", "a"], {"k": ("1", "2")}).columns.tolist() == ["a", "a (2)"]


def test_many_sides_are_rows() -> None:
    table = tables.plain_params(["a", "b", "c"], {"k": ("1", None, "=x")})
    assert table.frame["param:k"].tolist()[0::2] == ["1", "'=x"]


def test_the_plan_says_what_can_be_seen_and_what_it_takes(compare: Compare) -> None:
    comparison = compare(both=BOTH)
    found = plan(comparison, comparison.candidates[0], SHARE, smallest=0.01)
    questions = list(found.rows)
    assert questions[0] == "5 paired seeds can detect"
    assert questions[1] == "To detect 1 point, run"
    assert found.rows["Smallest permutation p"] == "**0.0625**; below 0.05 from 6"
    assert "upper 80 % limit of the differences' sd" in found.caption


def test_without_a_spread_there_is_no_plan(compare: Compare) -> None:
    single = compare(baseline=(0.6,), both=(0.7,))
    assert not plan(single, single.candidates[0], SHARE, smallest=0.01).rows
    same = compare(baseline=(0.6,) * 3, both=(0.7,) * 3)
    assert "nothing to plan with" in plan(same, same.candidates[0], SHARE, smallest=0.01).caption
    assert settling(same, same.candidates[0], smallest=0.01) is None


def test_more_seeds_settle_a_smaller_difference(compare: Compare) -> None:
    comparison = compare(both=BOTH)
    fine = settling(comparison, comparison.candidates[0], smallest=0.005)
    rough = settling(comparison, comparison.candidates[0], smallest=0.02)
    assert fine is not None
    assert rough is not None
    assert fine > rough
