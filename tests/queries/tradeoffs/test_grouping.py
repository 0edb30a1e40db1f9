"""What makes a configuration, as it is written."""

from assay.errors import SelectionError
from assay.queries.tradeoffs.grouping import group_by
from saying import refused


def test_params_are_taken_as_they_are_and_none_alone_is_single_runs() -> None:
    assert (group_by(()), group_by(["model", "lr"]), group_by(["none"])) == ((), ("model", "lr"), None)


def test_single_runs_and_params_are_refused() -> None:
    with refused(SelectionError, "'none' makes single runs and stands alone; .* group by: model, lr"):
        group_by(["model", "none", "lr"])
