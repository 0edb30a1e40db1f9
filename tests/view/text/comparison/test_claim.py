"""What a claim carries, and the method's terms behind it."""

from collections.abc import Callable

from assay.model.comparison.answer import Comparison
from assay.view.text.comparison.claim import carried

Compare = Callable[..., Comparison]
BOTH = (0.782, 0.793, 0.768, 0.775, 0.792)
SAME = (0.661, 0.668, 0.655, 0.645, 0.671)


def test_a_claim_carries_verdict_interval_p_sizes_and_direction(compare: Compare) -> None:
    verdict, interval, p, *rest = carried(compare(both=BOTH))
    assert (verdict.text, verdict.colour) == ("▲ better", "green")
    assert interval.text.startswith("95 % CI +")
    assert p.text == "p < 0.001"
    assert [fact.text for fact in rest] == [
        "5 runs each, same seeds compared",
        "noise from: new seeds",
        "higher is better (policy)",
    ]


def test_the_methods_terms_stand_in_the_help(compare: Compare) -> None:
    _, interval, p, *_ = carried(compare(both=BOTH))
    said = interval.help.replace("\\", "")
    assert "paired t interval: in simulations such an interval was right " in said
    assert "no permutation test could reach 0.05 here" in said
    assert p.help.replace("\\", "") == "paired t; p is two-sided."


def test_several_candidates_carry_what_they_have_in_common(compare: Compare) -> None:
    said = carried(compare(both=BOTH, same=SAME))
    assert [fact.text for fact in said] == [
        "noise from: new seeds",
        "95 % intervals",
        "2 comparisons, Holm, intervals unadjusted",
        "higher is better (policy)",
    ]
    assert said[2].help == "1 metric × 2 candidates on this page."
