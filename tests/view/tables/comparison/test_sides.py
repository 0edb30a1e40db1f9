"""A comparison's sides and params as tables."""

from collections.abc import Callable
from dataclasses import replace

from assay.model.comparison.answer import Comparison, ParamDifference, Setting
from assay.model.metric import MetricUnit
from assay.view.tables.comparison.params import params, plain_params
from assay.view.tables.comparison.sides import runs, sides
from assay.view.text.numbers import scale

Compare = Callable[..., Comparison]
BOTH = (0.782, 0.793, 0.768, 0.775, 0.792)
SHARE = scale(MetricUnit.SHARE, [0.659, 0.782], [0.011, 0.013])


def differing(found: Comparison, **values: tuple[str | None, ...]) -> Comparison:
    return replace(found, setting=Setting(tuple(ParamDifference(key, row) for key, row in values.items())))


def test_the_baseline_comes_first_and_has_no_difference(compare: Compare) -> None:
    frame = sides(compare(both=BOTH), SHARE).frame
    assert list(frame["side"]) == ["baseline", "both"]
    assert list(frame["n"]) == [5, 5]
    assert frame["difference"].tolist() == ["–", "+12.3"]
    assert frame["p"].tolist() == ["–", "< 0.001"]
    assert frame["verdict"].tolist() == [[], ["▲ better"]]
    assert frame["mean"].iloc[1] == "78.2 ± 1.1"


def test_every_sides_seeds_are_a_strip_on_one_scale(compare: Compare) -> None:
    table = sides(compare(both=BOTH, empty=()), SHARE)
    assert table.columns["strip"].header == "seeds, 64.8 to 79.3 %"
    drawn = [isinstance(cell, str) for cell in table.frame["strip"]]
    assert drawn == [True, True, False]


def test_the_header_of_p_names_its_correction(compare: Compare) -> None:
    assert sides(compare(both=BOTH), SHARE).columns["p"].header == "p"
    assert sides(compare(a=BOTH, b=BOTH), SHARE).columns["p"].header == "p, Holm over 2"


def test_a_side_without_scores_is_dashes(compare: Compare) -> None:
    row = sides(compare(empty=()), SHARE).frame.iloc[1]
    assert (row["mean"], row["limits"], row["p"]) == ("–", "–", "–")


def test_every_run_leads_to_its_own_page(compare: Compare) -> None:
    frame = runs(compare(both=BOTH), SHARE).frame
    assert frame.iloc[0].tolist() == ["baseline", "42", "65.9", "./?run=baseline-0"]
    assert len(frame) == 10


def test_params_are_shown_letter_by_letter_and_missing_ones_as_a_dash(compare: Compare) -> None:
    frame = params(differing(compare(b=BOTH), mod_el=("*x*", None), empty=("", "y")))
    assert frame.index.tolist() == ["mod\\_el", "empty"]
    assert frame.iloc[0].tolist() == ["\\*x\\*", "–"]
    assert frame.iloc[1].tolist() == ["“”", "y"]


def test_two_sides_of_one_name_keep_their_columns(compare: Compare) -> None:
    found = differing(compare(baseline_=BOTH), k=("1", "2"))
    sample = replace(found.first.baseline.sample, label="baseline_")
    one = replace(found.first, baseline=replace(found.first.baseline, sample=sample))
    assert params(replace(found, metrics=(one,))).columns.tolist() == ["baseline\\_", "baseline\\_ (2)"]


def test_many_sides_are_rows(compare: Compare) -> None:
    table = plain_params(differing(compare(b=BOTH, c=BOTH), k=("1", None, "=x")))
    assert table.frame["param:k"].tolist()[0::2] == ["1", "'=x"]
