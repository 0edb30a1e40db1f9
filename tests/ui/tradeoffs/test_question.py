"""What the page asks of the scorecard."""

from dataclasses import replace

from assay.model.tradeoffs.question import ScorecardQuestion
from assay.ui.tradeoffs.question import carding
from fronted import fronted


def test_the_scorecard_is_asked_of_the_same_runs_as_the_front() -> None:
    found = fronted(candidate="hyde", baseline="both")
    unknown = (("cost_per_1k_queries_usd", (0.0,)),)
    asked = replace(
        found.question,
        filter="params.a = 'b'",
        deleted=True,
        ignore=("note",),
        unknown=unknown,
        card="ours",
        candidate="params.variant LIKE 'h%'",
        baseline="params.variant LIKE 'b%'",
    )
    whole = ScorecardQuestion(
        "params.variant = 'hyde'",
        baseline="params.variant = 'both'",
        card="ours",
        experiments=("rag",),
        within="params.a = 'b'",
        deleted=True,
        ignore=("note",),
        unknown=unknown,
    )
    assert carding(replace(found, question=asked)) == whole
    nobody = replace(found, question=asked, candidate=None, baseline=None)
    assert carding(nobody) == replace(whole, candidate=asked.candidate, baseline=asked.baseline)
