"""How many examples luck alone flips."""

import numpy as np
import pytest

from assay.analysis.examples.luck import flips


def test_examples_that_all_trainings_agree_on_never_flip() -> None:
    assert flips(np.array([40.0, 0.0, 0.0, 0.0, 0.0, 500.0]), 5) == 0


def test_one_training_each_flips_what_two_disagree_on() -> None:
    assert flips(np.array([0.0, 10.0, 0.0]), 1) == pytest.approx(10 * (0.75 * 0.5 + 0.25 * 0.5))


@pytest.mark.parametrize("trainings", [5, 3])
def test_it_is_near_what_simulated_trainings_flip(trainings: int) -> None:
    draw = np.random.default_rng(5)
    right = draw.beta(2.0, 0.1, size=(400, 540))
    own, other = draw.binomial(5, right), draw.binomial(trainings, right)
    seen = np.mean(np.sum((own >= 2.5) != (other >= trainings / 2), axis=1))
    told = np.mean([flips(np.bincount(votes, minlength=6).astype(float), trainings) for votes in own])
    assert told == pytest.approx(seen, rel=0.35)
