"""Which runs lie below others?"""

from collections.abc import Mapping

import numpy as np

from assay.analysis.nesting import below


def hidden(runs: str, parents: Mapping[str, str], usable: str = "", groups: str = "") -> str:
    """The runs (a letter each) that lie below one of `usable`; all of them unless told."""
    flags = np.array([run in (usable or runs) for run in runs])
    found = below(list(runs), parents, flags, list(groups) or None)
    return "".join(run for run, is_below in zip(runs, found, strict=True) if is_below)


def test_runs_lie_below_their_parents_at_any_depth() -> None:
    assert hidden("abcd", {"b": "a", "c": "b"}) == "bc"


def test_a_run_that_is_not_there_still_ties_the_levels() -> None:
    assert hidden("ac", {"b": "a", "c": "b"}) == "c"


def test_only_a_run_that_may_be_used_hides_others() -> None:
    assert hidden("abc", {"b": "a", "c": "b"}, usable="bc") == "c"


def test_parents_that_do_not_exist_and_parents_in_a_circle_hide_nothing_by_themselves() -> None:
    assert hidden("ab", {"a": "gone", "b": "b"}) == ""
    assert hidden("abc", {"a": "b", "b": "a", "c": "a"}) == "c"


def test_runs_of_another_group_are_passed_by() -> None:
    assert hidden("abc", {"b": "a", "c": "b"}, groups="121") == "c"


def test_every_metric_has_its_own_levels() -> None:
    usable = np.array([[True, False], [True, True]])
    assert below(["a", "b"], {"b": "a"}, usable).tolist() == [[False, False], [True, False]]


def test_a_hundred_thousand_nested_runs_and_a_long_chain_take_a_moment() -> None:
    runs = [str(number) for number in range(100_000)]
    assert int(below(runs, dict.fromkeys(runs[1:], "0"), np.ones(len(runs), dtype=bool)).sum()) == len(runs) - 1
    chain = dict(zip(runs[1:1_000], runs, strict=False))
    assert int(below(runs[:1_000], chain, np.ones(1_000, dtype=bool)).sum()) == 999
