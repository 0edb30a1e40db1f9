"""Chances of being on the front: known answers, laws that hold whatever the data, and ties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from assay.analysis.sample import Array
from assay.analysis.tradeoffs import probability
from assay.analysis.tradeoffs.draws import Drawing, Replicated, _Sources, centres
from assay.analysis.tradeoffs.front import front
from assay.analysis.tradeoffs.probability import place, probabilities
from assay.model.comparison.question import Statistic
from assay.model.metric import Direction
from assay.model.tradeoffs.front import Place

LESS, MORE = Direction.MINIMIZE, Direction.MAXIMIZE
SLEEP = (
    np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]),
    np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]),
)


def named(n: int) -> tuple[str, ...]:
    return tuple(map(str, range(n)))


def seeded(*values: Array) -> list[Replicated]:
    """Configurations that share their seeds; a one-dimensional array is one objective."""
    tables = [value[:, None] if value.ndim == 1 else value for value in values]
    return [Replicated(f"c{at}", table, named(len(table))) for at, table in enumerate(tables)]


@st.composite
def experiments(draw: st.DrawFn) -> tuple[list[Replicated], list[Direction]]:
    """Up to a dozen configurations of 1 to 6 replicates, some with seeds in common, some with ties."""
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    objectives = draw(st.integers(1, 4))
    step = draw(st.sampled_from([0.0, 0.5]))
    found = []
    for at in range(draw(st.integers(1, 12))):
        values = rng.normal(size=(int(rng.integers(1, 7)), objectives)) + rng.normal(size=objectives)
        values = np.round(values / step) * step if step else values
        seeds = tuple(map(str, rng.permutation(8)[: len(values)])) if rng.random() < 0.7 else ()
        found.append(Replicated(f"c{at}", values, seeds))
    return found, draw(st.lists(st.sampled_from([LESS, MORE]), min_size=objectives, max_size=objectives))


def chances(
    configurations: list[Replicated],
    directions: list[Direction],
    statistic: Statistic = Statistic.MEAN,
    draws: int = 300,
) -> Array:
    return probabilities(configurations, directions, statistic, fewest=3, draws=draws).shares


def test_one_objective_and_pairs_are_students_law() -> None:
    t = stats.ttest_rel(SLEEP[1], SLEEP[0]).statistic
    expected = stats.t.cdf(t, 9)
    assert expected == pytest.approx(0.99858, abs=1e-5)
    worse, better = chances(seeded(*SLEEP), [MORE], draws=200_000)
    assert (better, worse) == (pytest.approx(expected, abs=3e-4), pytest.approx(1 - expected, abs=3e-4))
    assert better + worse == 1.0


def test_without_seeds_noise_is_each_ones_own() -> None:
    alone = [Replicated("a", SLEEP[0][:, None]), Replicated("b", SLEEP[1][:, None])]
    apart = np.diff([own.mean() for own in SLEEP])[0]
    errors = [own.std(ddof=1) / np.sqrt(10) for own in SLEEP]
    drawn = stats.t.rvs(9, size=(2, 200_000), random_state=3) * np.array(errors)[:, None]
    expected = (apart + drawn[1] - drawn[0] > 0).mean()
    assert chances(alone, [MORE], draws=200_000)[1] == pytest.approx(expected, abs=3e-3)


def test_a_seed_that_stands_for_several_replicates_ties_nothing_together() -> None:
    twice = [Replicated(name, own[:, None], ("1", "2") * 5) for name, own in zip("ab", SLEEP, strict=True)]
    alone = [Replicated(name, own[:, None]) for name, own in zip("ab", SLEEP, strict=True)]
    assert np.array_equal(chances(twice, [MORE]), chances(alone, [MORE]))


def test_seeds_that_are_partly_shared_pair_as_far_as_they_go() -> None:
    rng = np.random.default_rng(1)
    luck = 3 * rng.normal(size=8)
    base, better = luck[:6], luck[2:] + 1.0 + 0.1 * rng.normal(size=6)
    known = [Replicated("a", base[:, None], named(8)[:6]), Replicated("b", better[:, None], named(8)[2:])]
    unknown = [Replicated("a", base[:, None]), Replicated("b", better[:, None])]
    assert chances(known, [MORE], draws=4_000)[1] > chances(unknown, [MORE], draws=4_000)[1] + 0.02


def test_equal_configurations_are_called_sure_as_often_as_a_one_sided_t_test_errs() -> None:
    rng = np.random.default_rng(2)
    sure = [chances(seeded(*rng.normal(size=(2, 5))), [MORE], draws=1_000).max() >= 0.95 for _ in range(2_000)]
    assert np.mean(sure) == pytest.approx(0.10, abs=0.02)


def test_objectives_keep_their_correlation() -> None:
    rng = np.random.default_rng(3)
    luck = rng.normal(size=6)
    rivals = seeded(np.column_stack([luck, luck]), np.column_stack([luck, luck]) + 0.01)
    assert chances(rivals, [MORE, MORE]).tolist() == [0.0, 1.0]
    assert chances(rivals, [MORE, LESS]).tolist() == [1.0, 1.0]


def test_medians_are_those_of_replicates_drawn_again() -> None:
    rng = np.random.default_rng(4)
    values = rng.exponential(size=(2, 7))
    picked = rng.integers(7, size=(100_000, 7))
    low, high = (np.median(own[picked], axis=1) for own in values)
    found = chances(seeded(*values), [MORE], Statistic.MEDIAN, draws=40_000)
    assert found == pytest.approx([(low >= high).mean(), (high >= low).mean()], abs=0.01)


def test_few_replicates_are_fixed_points_without_a_probability() -> None:
    found = chances([*seeded(*SLEEP), Replicated("few", np.full((2, 1), 9.0), ("a", "b"))], [MORE])
    assert found[:2].tolist() == [0.0, 0.0]
    assert np.isnan(found[2])
    assert np.isnan(chances([Replicated("one", np.zeros((1, 2)))], [MORE, LESS])).all()
    assert chances([], [MORE]).size == 0


def test_configurations_that_are_equal_in_every_digit_stay_together() -> None:
    rng = np.random.default_rng(5)
    values = rng.normal(size=(5, 3))
    for count in (2, 3, 7, 40):
        assert chances(seeded(*[values] * count), [MORE, LESS, MORE]).tolist() == [1.0] * count


def test_an_objective_in_which_all_are_equal_parts_nobody() -> None:
    rng = np.random.default_rng(6)
    scores = [rng.normal(size=n) for n in (3, 5, 7)]
    alone = [Replicated(str(own.size), own[:, None], named(own.size)) for own in scores]
    beside = [
        Replicated(one.key, np.column_stack([one.values, np.full(len(one.values), 0.1)]), one.seeds) for one in alone
    ]
    assert chances(beside, [MORE, LESS]).tolist() == chances(alone, [MORE]).tolist()


def test_replicates_without_variation_have_exactly_their_value() -> None:
    same = [Replicated(str(n), np.full((n, 1), 0.1)) for n in (1, 3, 5, 7)]
    assert set(centres(same, Statistic.MEAN).ravel()) == {0.1}
    assert chances(same, [LESS])[1:].tolist() == [1.0] * 3


@pytest.mark.parametrize("statistic", [Statistic.MEAN, Statistic.MEDIAN])
@pytest.mark.parametrize("unit", [1.0, 100.0, 1e-200, 1e290])
def test_crumbs_of_floats_part_nobody(statistic: Statistic, unit: float) -> None:
    still = seeded(np.full((4, 1), 0.3) * unit, np.full((4, 1), 0.1 + 0.2) * unit)
    moved = np.array([[0.1], [0.2], [0.4]]) * unit
    for one, other in (still, seeded(moved, moved * (1 + 2e-16))):
        assert len(set(centres([one, other], statistic).ravel())) == 1
        assert chances([one, other], [MORE], statistic).tolist() == [1.0, 1.0]
    uneven = seeded(np.array([[0.90], [0.92], [0.94]]) * unit, np.array([[0.91], [0.92], [0.93]]) * unit)
    assert len(set(centres(uneven, statistic).ravel())) == 1
    assert centres(seeded(np.full((3, 1), 5e-324)), statistic).tolist() == [[5e-324]]


@pytest.mark.parametrize("statistic", [Statistic.MEAN, Statistic.MEDIAN])
@given(experiments(), st.integers(0, 99))
def test_order_and_units_are_irrelevant(
    statistic: Statistic, experiment: tuple[list[Replicated], list[Direction]], seed: int
) -> None:
    found, ways = experiment
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(len(found)), rng.permutation(len(ways))
    other = []
    for row in rows:
        own = found[row]
        turn = rng.permutation(len(own.values)) if own.seeds else np.arange(len(own.values))
        seeds = tuple(own.seeds[at] for at in turn) if own.seeds else ()
        other.append(Replicated(own.key, own.values[turn][:, columns] * 4.0, seeds))
    turned = chances(other, [ways[column] for column in columns], statistic, draws=50)
    assert np.array_equal(turned, chances(found, ways, statistic, draws=50)[rows], equal_nan=True)


@given(experiments(), st.integers(0, 11))
def test_a_hopeless_configuration_more_changes_no_probability_but_its_own(
    experiment: tuple[list[Replicated], list[Direction]], which: int
) -> None:
    found, ways = experiment
    likeness = found[which % len(found)]
    worse = likeness.values - 1e6 * np.array([1.0 if way is MORE else -1.0 for way in ways])
    before = chances(found, ways, draws=50)
    after = chances([*found, Replicated("hopeless", worse, likeness.seeds)], ways, draws=50)
    assert np.array_equal(after[:-1], before, equal_nan=True)
    assert np.isnan(after[-1]) or after[-1] == 0.0


@given(experiments())
def test_every_draw_has_a_front(experiment: tuple[list[Replicated], list[Direction]]) -> None:
    found, ways = experiment
    if all(len(own.values) >= 3 for own in found):
        assert chances(found, ways, draws=50).sum() >= 1.0 - 1e-9


def test_many_configurations_are_those_of_all_pairs() -> None:
    rng = np.random.default_rng(6)
    values = rng.normal(size=(300, 1, 3)) + 0.5 * rng.normal(size=(300, 4, 3))
    ways = [MORE, LESS, MORE]
    found = chances(seeded(*values), ways, draws=40)
    beaten_alone = [chances(seeded(own, *values[found > 0]), ways, draws=40)[0] for own in values[found == 0][:10]]
    assert beaten_alone == [0.0] * 10
    assert chances(seeded(*values[found > 0]), ways, draws=40).tolist() == found[found > 0].tolist()


def test_what_a_probability_makes_of_a_configuration() -> None:
    assert [place(p, mean_on=False) for p in (0.95, 0.94, 0.05, 0.04)] == [
        Place.ON_FRONT, Place.POSSIBLE, Place.POSSIBLE, Place.BEATEN,
    ]  # fmt: skip
    assert [place(p, mean_on=True) for p in (0.95, 0.94, 0.05, 0.0)] == [Place.ON_FRONT, *[Place.POSSIBLE] * 3]
    assert [place(None, mean_on=on) for on in (True, False)] == [Place.ON_FRONT, Place.BEATEN]


def test_many_who_may_be_on_it_are_counted_as_few_are() -> None:
    """Two ways to count, the second where so many are left in a draw that pairs would take too long."""
    rng = np.random.default_rng(5)
    many = [Replicated(str(at), rng.normal(size=(3, 3)), ("1", "2", "3")) for at in range(400)]
    ways = [Direction.MINIMIZE, Direction.MAXIMIZE, Direction.MINIMIZE]
    found = probabilities(many, ways, fewest=3, draws=300).shares
    costs = Drawing(many, Statistic.MEAN, fewest=3, seed=0).block(300)
    counts = sum(front(costs[:, :, draw].T, ways).astype(int) for draw in range(300))
    assert np.array_equal(found, counts / 300)


def test_who_has_too_few_replicates_stands_still_for_the_others() -> None:
    sure, wild = np.full((3, 1), 1.0), np.array([[-10.0], [11.0]])
    found = chances([Replicated("sure", sure), Replicated("wild", wild)], [MORE])
    assert found[0] == 1.0
    assert np.isnan(found[1])


def test_large_fronts_are_drawn_less_often_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [probability._affordable(size, of) for size, of in ((50, 3), (7_500, 12))] == [4_000, 400]
    assert 400 < probability._affordable(1_000, 8) < 4_000
    monkeypatch.setattr(probability, "_MOST_STEPS", 1e8)
    rng, ways = np.random.default_rng(7), [LESS] * 3
    few, many = (seeded(*rng.normal(size=(n, 3, 3))) for n in (2, 60))
    assert probabilities(few, ways, fewest=3).draws == 4_000
    found = probabilities(many, ways, fewest=3)
    assert 400 < found.draws < 4_000
    again, more = (probabilities(many, ways, fewest=3, draws=found.draws + by) for by in (0, 1))
    assert again.shares.tolist() == found.shares.tolist()
    assert more.draws == found.draws + 1
    assert probabilities(many, ways, fewest=3, draws=100).draws == 100


def test_how_many_draws_hang_on_who_is_on_the_front_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probability, "_MOST_STEPS", 1e8)
    many = seeded(*np.random.default_rng(8).normal(size=(60, 3, 3)))
    worse = [Replicated(f"hopeless {one.key}", one.values + 1e6, one.seeds) for one in many]
    alone, beside = (probabilities(own, [LESS] * 3, fewest=3) for own in (many, [*many, *worse]))
    assert alone.draws == beside.draws < 4_000
    assert beside.shares[: len(many)].tolist() == alone.shares.tolist()
    assert not beside.shares[len(many) :].any()


def test_fewer_draws_are_the_first_of_many() -> None:
    many = Drawing(seeded(*SLEEP), Statistic.MEAN, fewest=3, seed=1).block(50)
    one = Drawing(seeded(*SLEEP), Statistic.MEAN, fewest=3, seed=1)
    assert np.array_equal(np.concatenate([one.block(20), one.block(30)], axis=2), many)


@pytest.mark.parametrize("n", [3, 4, 7, 130, 300])
def test_medians_are_numpys_of_the_replicates_that_were_drawn(n: int) -> None:
    values = np.random.default_rng(n).integers(9, size=(2, n, 2)) / 8.0
    found = Drawing([Replicated(str(at), own) for at, own in enumerate(values)], Statistic.MEDIAN, fewest=3, seed=2)
    block = found.block(60)
    for at, own in enumerate(values):
        picks = _Sources(2).generator(f"replicates\nconfiguration\n{at}").random((60, n)) * n
        assert np.array_equal(block[:, at].T, np.median(own[picks.astype(int)], axis=1))
