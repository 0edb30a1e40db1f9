"""One rule decides for runs and for examples."""

import numpy as np
import pytest

from assay.analysis.comparison.rules import Rules
from assay.analysis.comparison.seeds import compare
from assay.analysis.comparison.verdicts import decided
from assay.analysis.examples import means as examples
from assay.model.comparison import Direction, Method, Sample, Score, Verdict

PERMUTED = Rules(Direction.MAXIMIZE, Method.PERMUTATION, 0.95, 10_000, 0, 3)
BASELINE, CANDIDATE = np.array([0.1, 0.2, 0.3, 0.4, 0.5]), np.array([0.2, 0.4, 0.5, 0.5, 0.7])


def test_five_pairs_under_permutation_cannot_be_significant_be_they_runs_or_examples() -> None:
    of_examples, _ = examples.paired(BASELINE, CANDIDATE, PERMUTED)
    samples = [
        Sample(name, "", tuple(Score(f"{name}{i}", v, str(i)) for i, v in enumerate(values)), (), values.size, {})
        for name, values in (("base", BASELINE), ("better", CANDIDATE))
    ]
    of_runs = compare("m", samples[0], samples[1:], direction=Direction.MAXIMIZE, method=Method.PERMUTATION)

    (judged,) = decided([of_examples], [PERMUTED], "holm")

    assert judged.verdict is Verdict.CANNOT_BE_SIGNIFICANT
    assert of_runs.candidates[0].difference.verdict is Verdict.CANNOT_BE_SIGNIFICANT
    assert judged.p_value == of_runs.candidates[0].difference.p_value


def test_each_difference_is_judged_by_its_own_settings_and_unknown_corrections_are_refused() -> None:
    found, _ = examples.paired(np.zeros(60), np.linspace(0.5, 1.5, 60), PERMUTED)
    turned = Rules(Direction.MINIMIZE, Method.PERMUTATION, 0.95, 10_000, 0, 3)
    judged = decided([found, found], [PERMUTED, turned], "holm")
    assert [one.verdict for one in judged] == [Verdict.BETTER, Verdict.WORSE]
    with pytest.raises(ValueError, match="'holm' or 'none'"):
        decided([found], [PERMUTED], "bonferroni")
