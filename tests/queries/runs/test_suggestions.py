"""Words looked for in names, params and tags of real runs."""

from dataclasses import replace

import pytest

from assay.model.runs.listing import ListQuestion
from assay.queries.runs.listing import listing
from assay.queries.runs.suggestions import holding, suggestions
from assay.workspace import Workspace

DIGITS = ListQuestion(("digits",))


@pytest.mark.parametrize(
    ("text", "found"), [("SVC", 11), ("model=svc", 11), ("svc seed=42", 2), ("%", 0), ("nobody", 0)]
)
def test_every_word_has_to_be_held_whatever_its_case(work: Workspace, text: str, found: int) -> None:
    asked = replace(DIGITS, text=text)
    answer = listing(work, asked)
    assert (answer.found > 0) is (found > 0) is holding(work, asked)
    assert answer.found + answer.hidden == 21


def test_what_comes_close_is_suggested_with_its_runs(work: Workspace) -> None:
    near = suggestions(work, replace(DIGITS, text="logrg"))
    assert [one.text for one in near] == ["logreg"]
    assert near[0].runs > 0
    assert suggestions(work, replace(DIGITS, text="model=sv")) == suggestions(work, replace(DIGITS, text="sv"))
    assert suggestions(work, replace(DIGITS, text="zzzzzz")) == ()
