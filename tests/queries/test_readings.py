"""A question opens the snapshot once, however much it reads there."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from assay.model.comparison.question import Question, Unit
from assay.model.runs.listing import ListQuestion
from assay.model.runs.selection import RunGroups
from assay.queries.comparison.answer import columns, compare
from assay.queries.runs.configurations import configurations
from assay.queries.runs.detail import detail
from assay.queries.runs.filters import filters_for
from assay.queries.runs.inventory import keys
from assay.queries.runs.listing import listing
from assay.workspace import Workspace
from scored import A, B, C, filled
from stores import Store

Opened = Callable[[], int]
MODELS = tuple(f"params.model = '{name}'" for name in ("logreg", "svc", "ridge"))


@pytest.fixture
def opened(caplog: pytest.LogCaptureFixture) -> Opened:
    """How often a snapshot was opened since the test began, or since it was last asked."""
    caplog.set_level(logging.DEBUG, "assay.cache.connection")

    def count() -> int:
        found = [r for r in caplog.records if r.name == "assay.cache.connection" and r.message.startswith("opened ")]
        caplog.clear()
        return len(found)

    return count


def test_three_candidates_on_two_metrics_are_one_reading(work: Workspace, opened: Opened) -> None:
    candidates = (*MODELS[1:], "params.C = '1'")
    compare(work, Question(("accuracy", "loss"), MODELS[0], candidates, ("digits",), within="params.C = '1'"))
    assert opened() == 1


@pytest.mark.parametrize("group_by", [(), ("C",), None])
def test_a_listing_is_one_reading(work: Workspace, opened: Opened, group_by: tuple[str, ...] | None) -> None:
    listing(work, ListQuestion(("digits",), "params.C = '1' and metrics.accuracy > 0", group_by))
    assert opened() == 1


def test_every_other_question_of_runs_is_one_reading_too(work: Workspace, opened: Opened) -> None:
    members = listing(work, ListQuestion(("digits",))).members
    opened()
    configurations(work, ListQuestion(("digits",)))
    assert opened() == 1
    filters_for(work, RunGroups((), tuple((run_id,) for run_id in members.index)))
    assert opened() == 1
    keys(work, ("digits",))
    assert opened() == 1
    detail(work, members.index[0])
    assert opened() == 1


def test_examples_of_two_candidates_on_two_metrics_are_one_reading(
    tmp_path: Path, work_of: Callable[[Store], Workspace], opened: Opened
) -> None:
    work = work_of(filled(tmp_path / "store"))
    opened()
    question = Question(("accuracy", "log_loss"), A, (B, C), unit=Unit.EXAMPLES)
    columns(work, question)
    assert opened() == 1
    compare(work, question)
    assert opened() == 1
