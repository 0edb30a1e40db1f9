"""What the sides of a comparison are called."""

from collections.abc import Callable

from assay.model.comparison.answer import Comparison
from assay.model.comparison.procedure import Procedure, Technique
from assay.view.text.comparison.names import procedure, shortened


def test_a_comparison_is_renamed_as_a_whole(compare: Callable[..., Comparison]) -> None:
    found = compare(**{"x=a": (0.6, 0.7, 0.8), "x=b": (0.6, 0.7, 0.8)})
    assert shortened(found).labels == ("baseline", "x=a", "x=b")


def test_a_procedure_is_named_with_its_detail_in_brackets() -> None:
    assert procedure(Procedure(Technique.PERCENTILE, "exact")) == "percentile bootstrap (exact)"
    assert procedure(Procedure(Technique.PAIRED_T)) == "paired t"
