"""What happens to those who wait for a store."""

import pytest

from assay.errors import SourceError
from assay.model.problems import Artifacts
from assay.queries.comparison.patience import in_time


def test_a_known_error_is_handed_back_with_what_was_read() -> None:
    def read(key: int) -> int:
        if key == 2:
            raise SourceError(Artifacts.NO_PATH, path="x")
        return key

    found, error = in_time([1, 2, 3], read, 5.0, at_once=1)
    assert (found, type(error)) == ({1: 1}, SourceError)


def test_an_error_that_nobody_foresaw_is_raised_in_the_asker() -> None:
    with pytest.raises(ZeroDivisionError):
        in_time([0], lambda key: 1 // key, 5.0)
