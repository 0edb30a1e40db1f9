"""A search's noise, its front of best-so-far, and how its params are laid out and weighed."""

from collections.abc import Sequence

import numpy as np
import pytest
from scipy.stats import kruskal, t

from assay.analysis.search import Array, best_so_far, close, laid_out, noise, weighed
from assay.model.metric import Direction
from assay.model.search import STEPS, SearchAxis

UP, DOWN = Direction.MAXIMIZE, Direction.MINIMIZE


def axis(values: Sequence[str | None], scores: Sequence[float] | None = None, direction: Direction = UP) -> SearchAxis:
    return laid_out("p", values, np.array(scores if scores is not None else range(len(values)), dtype=float), direction)


def test_noise_is_pooled_over_what_has_replicates() -> None:
    groups = [[0.90, 0.92, 0.91], [0.5, 0.54], [0.7]]
    found = noise([float(np.std(g, ddof=1)) if len(g) > 1 else np.nan for g in groups], [len(g) for g in groups])
    assert found is not None
    squares = sum(((np.array(g) - np.mean(g)) ** 2).sum() for g in groups)
    assert found.std == pytest.approx(np.sqrt(squares / 3))
    assert (found.freedom, found.configurations) == (3, 2)
    assert found.width == pytest.approx(t.ppf(0.975, 3) * np.sqrt(2) * found.std)


def test_without_replicates_or_without_any_spread_the_noise_is_not_known() -> None:
    assert noise([np.nan, np.nan], [1, 1]) is None
    assert noise([0.0, 0.0], [5, 5]) is None
    assert noise([], []) is None


def test_within_the_noise_is_what_two_means_may_differ_by() -> None:
    known = noise([0.01], [5])
    assert known is not None
    gains, n = np.array([0.90, 0.95, 0.93, 0.89]), [1, 1, 4, 1]
    expected = [
        0.95 - gain <= t.ppf(0.975, 4) * 0.01 * np.sqrt(1 / 1 + 1 / count) for gain, count in zip(gains, n, strict=True)
    ]
    assert close(gains, n, known).tolist() == expected == [False, True, True, False]


@pytest.mark.parametrize("trials", [2, 10, 100])
def test_a_winner_among_equals_seldom_stands_clear(trials: int) -> None:
    rng = np.random.default_rng(trials)
    clear = 0
    for _ in range(2_000):
        known = noise([rng.normal(size=5).std(ddof=1)], [5])
        assert known is not None
        clear += int(close(rng.normal(size=trials), np.ones(trials), known).sum()) == 1
    assert clear / 2_000 <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 2_000)


@pytest.mark.parametrize("direction", [UP, DOWN])
def test_the_staircase_is_the_best_up_to_each_trial(direction: Direction) -> None:
    scores = np.random.default_rng(1).normal(size=50)
    best = max if direction is UP else min
    assert best_so_far(scores, direction).tolist() == [best(scores[: i + 1]) for i in range(50)]


@pytest.mark.parametrize("direction", [UP, DOWN])
def test_over_a_param_it_is_the_best_in_each_twelfth_of_the_range(direction: Direction) -> None:
    rng = np.random.default_rng(2)
    numbers, scores = rng.uniform(3, 9, 200), rng.normal(size=200)
    found = axis([str(number) for number in numbers], scores.tolist(), direction)
    edges = np.linspace(numbers.min(), numbers.max(), STEPS + 1)
    best = np.max if direction is UP else np.min
    for step in range(STEPS):
        inside = (numbers >= edges[step]) & ((numbers < edges[step + 1]) | (step == STEPS - 1))
        assert found.best[step] == best(scores[inside])
    assert (found.low, found.high, found.log, found.texts) == (numbers.min(), numbers.max(), False, ())


def test_a_twelfth_without_a_trial_is_a_gap() -> None:
    found = axis(["0", "1", "12"])
    assert np.isnan(found.best[2:11]).all()
    assert found.best[[0, 1, 11]].tolist() == [0, 1, 2]


def test_decades_are_on_a_log_scale_and_uniform_numbers_are_not() -> None:
    rng = np.random.default_rng(3)
    assert axis([str(10**u) for u in rng.uniform(-4, 0, 100)]).log
    assert not axis([str(u) for u in rng.uniform(1, 1000, 100)]).log
    assert not axis(["-1", "0.001", "1000"]).log
    assert not axis(["1", "2", "20"]).log


def test_texts_beside_numbers_have_steps_of_their_own_and_so_has_what_is_not_logged() -> None:
    found = axis(["0.1", "0.2", "0.3", "sqrt", None, "log2", "sqrt"])
    assert found.numeric
    assert (found.texts, found.absent, found.first_text, found.steps) == (("log2", "sqrt"), True, STEPS + 1, STEPS + 4)
    assert found.places[3:].tolist() == [14.5, 15.5, 13.5, 14.5]
    assert found.best[[13, 14, 15]].tolist() == [5, 6, 4]


def test_a_number_among_words_is_a_word_and_numbers_come_first() -> None:
    found = axis(["auto", "10", "2", "auto", "nan"])
    assert not found.numeric
    assert found.texts == ("2", "10", "auto", "nan")


def test_rare_texts_share_the_last_step() -> None:
    found = axis(["a", "a", *(f"x{i:02d}" for i in range(30))])
    assert (found.texts[0], len(found.texts), found.others) == ("a", 9, 22)
    assert found.places[-1] == 9.5
    assert found.steps == 10


def test_the_ends_of_the_floats_are_a_scale_too() -> None:
    assert axis(["-1.7e308", "0", "1.7e308"]).places.tolist() == [0, STEPS / 2, STEPS]
    assert axis(["1e400", "-inf", "1"]).texts == ("1", "-inf", "1e400")


def test_what_a_param_explains_is_that_of_kruskal_and_wallis() -> None:
    rng = np.random.default_rng(4)
    kinds, scores = rng.integers(0, 3, 90), rng.normal(size=90).round(1)
    scores = scores + kinds
    said = weighed([axis(["abc"[kind] for kind in kinds], scores.tolist())], scores)[0]
    oracle = kruskal(*(scores[kinds == kind] for kind in range(3)))
    assert said.p_value == pytest.approx(oracle.pvalue)
    assert said.explained == pytest.approx((oracle.statistic - 2) / 87)


def test_the_param_that_decides_comes_first_and_its_p_is_corrected() -> None:
    rng = np.random.default_rng(5)
    numbers: Array = rng.uniform(size=(120, 5))
    scores = -((numbers[:, 3] - 0.4) ** 2) + rng.normal(0, 0.01, 120)
    axes = [laid_out(f"p{i}", [str(v) for v in numbers[:, i]], scores, UP) for i in range(5)]
    first, second, *_ = weighed(axes, scores)
    assert first.name == "p3"
    assert first.explained is not None
    assert first.explained > 0.5
    assert second.p_value is not None
    assert second.p_value > 0.05


def test_among_params_that_do_nothing_one_seldom_decides() -> None:
    rng, wrong = np.random.default_rng(6), 0
    for _ in range(200):
        scores = rng.normal(size=40)
        axes = [laid_out(f"p{i}", [str(v) for v in rng.uniform(size=40)], scores, UP) for i in range(6)]
        wrong += min(one.p_value or 1.0 for one in weighed(axes, scores)) < 0.05
    assert wrong / 200 <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 200)


def test_too_few_trials_and_equal_scores_tell_nothing() -> None:
    few = np.arange(7.0)
    assert weighed([axis(list("abcabca"), few.tolist())], few)[0].p_value is None
    equal = np.ones(20)
    assert weighed([axis(list("ab" * 10), equal.tolist())], equal)[0].explained is None


@pytest.mark.filterwarnings("error")
def test_of_no_trials_nothing_is_explained_and_nothing_warned_of() -> None:
    assert weighed([axis([])], np.array([]))[0].explained is None
