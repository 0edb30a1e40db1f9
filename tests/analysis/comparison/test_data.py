"""Whether sides used the same data."""

import pytest

from assay.analysis.comparison.data import sameness
from assay.model.runs.data import Dataset, Datasets, Sameness, Use, UsedData


def side(*sets: str, untested: int = 0) -> UsedData:
    """A side whose runs were tested on these sets, each `name:digest` or several joined by +."""
    pairs = [[one.split(":") for one in own.split("+")] for own in sets]
    made: list[Datasets] = [tuple(Dataset(name, digest, "test") for name, digest in own) for own in pairs]
    return UsedData(5, tuple(made), untested=untested)


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ((side("a:1"), side("a:1")), Sameness.SAME),
        ((side("a:1+b:2"), side("b:2+a:1")), Sameness.SAME),
        ((side("a:1", "a:2"), side("a:2", "a:1")), Sameness.SAME),
        ((side("a:1"), side("a:2")), Sameness.DIFFERENT),
        ((side("a:1"), side("b:1")), Sameness.UNKNOWN),
        ((side("a:1"), side("a:1", "a:2")), Sameness.DIFFERENT),
        ((side("a:1"), side("a:1"), side("a:2", untested=1)), Sameness.DIFFERENT),
        ((side("a:1"), side("a:1", untested=1)), Sameness.UNKNOWN),
        ((side("a:1"), side(untested=5)), Sameness.UNKNOWN),
        ((side("a:"), side("a:")), Sameness.UNKNOWN),
        ((side("a:"), side("a:1")), Sameness.UNKNOWN),
        ((side("a:1"), side("a:1"), UsedData()), Sameness.SAME),
        ((side("a:1"), UsedData()), Sameness.UNKNOWN),
        ((side(untested=5), side(untested=5)), Sameness.NOT_LOGGED),
        ((UsedData(), UsedData()), Sameness.NOT_LOGGED),
    ],
)
def test_test_data_are_the_same_where_all_of_them_are_known_to_be(
    sides: tuple[UsedData, ...], expected: Sameness
) -> None:
    assert sameness(sides, Use.TEST) is expected
    assert sameness(sides[::-1], Use.TEST) is expected
