"""Questions by example scores, asked of stores of the test's own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assay.model.comparison.answer import Candidate, Comparison
from assay.model.comparison.examples import Examined
from assay.model.comparison.question import Question, Unit
from assay.model.comparison.side import ExampleCounts, Side
from assay.queries.comparison.answer import compare
from assay.workspace import Workspace
from scored import A, B, Scored
from stores import Store

Ask = Callable[..., Comparison]


def one(found: Comparison) -> Candidate:
    """The only candidate, on the first metric."""
    [candidate] = found.first.candidates
    return candidate


def examined(found: Comparison) -> Examined:
    by_examples = one(found).examined
    assert by_examples is not None
    return by_examples


def counts(side: Side) -> ExampleCounts:
    assert side.examples is not None
    return side.examples


@pytest.fixture
def asking(work_of: Callable[[Store], Workspace]) -> Callable[[Store], Ask]:
    """What asks a store about model b against model a, on accuracy unless told otherwise."""

    def ask_of(store: Store) -> Ask:
        work = work_of(store)

        def ask(*metrics: str, **more: Any) -> Comparison:
            usual = {"baseline": A, "candidates": (B,), "unit": Unit.EXAMPLES}
            return compare(work, Question(metrics or ("accuracy",), **(usual | more)))

        return ask

    return ask_of


@pytest.fixture
def fresh(tmp_path: Path, asking: Callable[[Store], Ask]) -> tuple[Scored, Callable[[], Ask]]:
    """A store of the test's own, and what asks it once it is filled."""
    made = Scored(tmp_path / "store")
    return made, lambda: asking(made)
