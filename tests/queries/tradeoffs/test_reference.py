"""What `METRIC=VALUE` says, on the command line and on the page alike."""

import pytest

from assay.errors import SelectionError
from assay.queries.tradeoffs.reference import metric_value, point
from saying import refused


def test_the_last_sign_parts_a_name_from_its_value() -> None:
    assert metric_value(" cost = -1 ") == ("cost", -1.0)
    assert metric_value("a=b=1e3") == ("a=b", 1000.0)


@pytest.mark.parametrize("text", ["cost", "=1", " =1", "cost=", "cost=x", "cost=nan", "cost=-inf", "cost=1e999", ""])
def test_anything_else_is_refused(text: str) -> None:
    with refused(SelectionError, f"^{text!r} is no METRIC=VALUE with a finite number"):
        metric_value(text)


def test_a_point_has_one_value_of_every_metric_in_their_order() -> None:
    assert point([("b", 2.0), ("a", 1.0)], ["a", "b"]) == (1.0, 2.0)
    assert point([], ["a", "b"]) == ()
    for others in ([("a", 1.0)], [("a", 1.0), ("c", 1.0)], [("a", 1.0), ("b", 1.0), ("c", 1.0)]):
        assert point(others, ["a", "b"]) is None
    with refused(SelectionError, "The reference names a twice; keep one."):
        point([("a", 1.0), ("b", 2.0), ("a", 1.0)], ["a", "b"])
