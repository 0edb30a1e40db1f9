"""What the sides of a comparison are called."""

from dataclasses import replace

from assay.model.comparison.procedure import Procedure, Technique
from assay.model.comparison.side import Side
from assay.view.text.comparison.names import called, procedure
from assay.view.text.escape import code
from seeded import sample


def test_a_candidate_is_called_with_what_else_differs() -> None:
    own = sample("nu=0.4", (0.6, 0.7, 0.8))
    assert called(Side(own, 0.7), code) == "`nu=0.4`"
    assert called(Side(replace(own, unnamed=1), 0.7), code) == "`nu=0.4` (and 1 more param)"
    assert called(Side(replace(own, unnamed=2), 0.7), str) == "nu=0.4 (and 2 more params)"


def test_a_procedure_is_named_with_its_detail_in_brackets() -> None:
    assert procedure(Procedure(Technique.PERCENTILE, "exact")) == "percentile bootstrap (exact)"
    assert procedure(Procedure(Technique.PAIRED_T)) == "paired t"
