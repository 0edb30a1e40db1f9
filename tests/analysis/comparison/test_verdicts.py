"""One rule decides for runs and for examples."""

import numpy as np

from assay.analysis.comparison.verdicts import decided
from assay.analysis.examples import means
from assay.model.comparison.difference import Verdict
from assay.model.comparison.question import Method, Rules
from seeded import FALLING, RISING, answered, only, sample

PERMUTED = Rules(method=Method.PERMUTATION)
BASELINE, CANDIDATE = np.array([0.1, 0.2, 0.3, 0.4, 0.5]), np.array([0.2, 0.4, 0.5, 0.5, 0.7])


def test_five_pairs_under_permutation_cannot_be_significant_be_they_runs_or_examples() -> None:
    of_examples, _ = means.paired(BASELINE, CANDIDATE, PERMUTED)
    of_runs = only(answered(sample("base", BASELINE), sample("better", CANDIDATE), rules=PERMUTED)).difference

    (judged,) = decided([of_examples], [RISING], PERMUTED)

    assert judged.verdict is Verdict.CANNOT_BE_SIGNIFICANT
    assert of_runs.verdict is Verdict.CANNOT_BE_SIGNIFICANT
    assert judged.p_value == of_runs.p_value


def test_each_difference_is_judged_by_its_own_direction() -> None:
    found, _ = means.paired(np.zeros(60), np.linspace(0.5, 1.5, 60), PERMUTED)
    judged = decided([found, found], [RISING, FALLING], PERMUTED)
    assert [one.verdict for one in judged] == [Verdict.BETTER, Verdict.WORSE]
