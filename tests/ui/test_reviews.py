"""The list of reviews looks at more of them each time, where time was too short for all."""

from pathlib import Path

import pytest

from assay.queries.review import listing
from assay.ui.reviews import reviews_now
from offices import Office
from stores import Store


def test_a_list_that_ran_out_of_time_knows_more_when_it_is_asked_again(
    digits: Store, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(digits, data, tmp_path)
    office.open()
    with monkeypatch.context() as hurried:
        hurried.setattr(listing, "SECONDS", 0.0)
        assert [one.fresh for one in reviews_now(office.desk)] == [None]
    assert [one.fresh for one in reviews_now(office.desk)] == [True]
