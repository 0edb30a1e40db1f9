"""What a split is for is told by its name."""

import pytest

from assay.model.evidence.splits import SplitRole, role


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("train Training FIT tr", SplitRole.TRAIN),
        ("validation valid VAL dev development", SplitRole.VALIDATION),
        ("test testing holdout hold_out Hold-Out eval evaluate evaluation", SplitRole.TEST),
        ("trainer calibration 1 none test2", None),
    ],
)
def test_splits_are_known_by_their_usual_names_in_any_case(names: str, expected: SplitRole | None) -> None:
    assert {role(name) for name in names.split()} == {expected}


def test_spaces_around_a_name_are_none_of_it_and_nothing_is_no_name() -> None:
    assert role("  Test\n") is SplitRole.TEST
    assert role(" ") is role("") is None
