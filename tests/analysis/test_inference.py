"""Interval and p of one inference never contradict each other, whatever the data, the level and the shift."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from benchmarks.hostile import SHAPES, samples

from assay.analysis import statistics
from assay.analysis.examples.two_way import two_way
from assay.analysis.inference import Inference, ranked, tail, two_sided
from assay.analysis.methods import inference
from assay.analysis.proportions import Agreement, paired_shares, share, unpaired_shares
from assay.analysis.resample import independent_difference, paired_difference
from assay.analysis.sample import Array, Groups, generator, varies
from assay.model.comparison.procedure import Procedure, Technique
from assay.model.comparison.question import Method

LEVELS = (0.5001, 0.8, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999)
METHODS = [method for method in Method if method is not Method.AUTO]
NEAR = 1e-6
STATISTICS = (statistics.median, statistics.iqm)


def contradictions(found: Inference, rng: np.random.Generator, spread: float, size: float) -> Iterator[str]:
    """Every level and shift at which interval and p disagree; shifts within rounding of an end are not asked for."""
    limits = [made for level in LEVELS if (made := found.interval(level))]
    edges = [end for made in limits for end in (made.low, made.high)]
    apart = NEAR * spread + 1e-14 * size
    shifts = [0.0, found.estimate, *(found.estimate + spread * 4.0 * rng.normal(size=4))]
    shifts += [edge + sign * 3.0 * apart for edge in edges for sign in (-1.0, 1.0)]
    for shift in shifts:
        p = found.greater(shift), found.less(shift)
        assert 0.0 < min(p) <= max(p) <= 1.0
        assert two_sided(found, shift) == min(1.0, 2.0 * min(p))
        for made in limits:
            for one, end, beyond in ((p[0], made.low, made.low > shift), (p[1], made.high, made.high < shift)):
                if abs(end - shift) > apart and (one < tail(made.level)) != beyond:
                    yield f"{found.procedure.name} at {made.level}: end {end}, shift {shift}, p {one}"


def checked(name: str, groups: Groups, methods: Sequence[Method], resamples: int, seed: int) -> int:
    """How many inferences were looked at; none of them contradicts itself."""
    if not any(varies(group) for group in groups):
        methods = [method for method in methods if method is Method.PERMUTATION]
    spread = float(np.sqrt(sum(group.var() / group.size for group in groups)))
    size = max(float(np.abs(group).max()) for group in groups)
    made = [inference(groups, method, resamples, seed) for method in methods]
    counted = [statistic(group) for statistic in STATISTICS[: 1 + seed % 2] for group in groups]
    if len(groups) == 2 and counted:
        drawn = independent_difference(counted[0], counted[1], resamples=resamples, seed=seed)
    else:
        drawn = paired_difference(counted[0], statistics.trimmed_mean(groups[0], 0.1), resamples=resamples, seed=seed)
    made += [one for kind in ("percentile", "basic") if (one := drawn.difference.inference(kind))]
    for found in made:
        assert not list(contradictions(found, generator(seed), spread or 1.0, size)), name
    return len(made)


def test_no_method_contradicts_itself_on_unkind_data() -> None:
    seen = sum(checked(name, groups, METHODS, 199, 3) for name, groups in samples(3, (5, 8, 23)))
    assert seen > 500


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_a_hundred_thousand_inferences_without_a_contradiction(part: int) -> None:
    """In ten parts, which may run side by side."""
    seen, seed = 0, 1000 * part
    while seen < 10_000:
        seed += 1
        seen += sum(checked(name, groups, METHODS, 199, seed) for name, groups in samples(seed, (3, 6, 11, 30, 120)))


def test_bca_reads_no_probability_below_none() -> None:
    groups = (np.array([28.22, 0.358, 1.205, 0.4005, 0.0185, 0.0]), np.array([0.63483849, 0.0, 0.0, 0.0, 0.0, 0.0]))
    found = inference(groups, Method.BCA, 1, 0)
    for shift in np.linspace(-1.0, 30.0, 400):
        assert 0.0 < found.greater(shift) <= 1.0
        assert 0.0 < found.less(shift) <= 1.0


def test_shares_do_not_contradict_themselves() -> None:
    rng = generator(1)
    for _ in range(12):
        n, m = (int(one) for one in rng.integers(1, 60, 2))
        cells = Agreement(*(int(one) for one in rng.multinomial(n, rng.dirichlet(np.full(4, 0.4)))))
        one, two = int(rng.integers(0, n + 1)), int(rng.integers(0, m + 1))
        for found in (share(one, n), unpaired_shares(one, n, two, m), paired_shares(cells)):
            assert not list(contradictions(found, rng, 1.0, 1.0))


def test_seeds_and_examples_do_not_contradict_themselves() -> None:
    rng = generator(2)
    for rows, columns in ((2, 2), (3, 40), (8, 5)):
        table: Array = rng.normal(0.3, 1.0, (rows, columns)) + rng.normal(size=(rows, 1))
        found = two_way(table)
        assert found is not None
        assert not list(contradictions(found, rng, found.error, float(np.abs(table).max())))


def test_a_constant_shift_has_the_p_of_its_rearrangements() -> None:
    six, eight = (np.full(6, 0.92), np.full(6, 0.90)), (np.full(8, 0.02),)
    assert two_sided(inference(six, Method.PERMUTATION, 10, 0)) == pytest.approx(2 / 924)
    assert two_sided(inference(eight, Method.PERMUTATION, 10, 0)) == pytest.approx(2 / 256)


def test_infinite_shifts_are_counted_and_never_ends() -> None:
    made = Procedure(Technique.BOOTSTRAP_T)
    found = ranked(0.0, np.array([-np.inf, *np.linspace(-1.0, 1.0, 97), np.inf]), made)
    assert found.greater(-5.0) == pytest.approx(2 / 100)
    assert found.interval(0.95) is not None
    assert found.interval(0.97) is None


def test_every_method_names_its_interval_and_its_p() -> None:
    groups = (np.arange(8.0),)
    names = [inference(groups, method, 99, 0) for method in METHODS]
    assert [found.procedure.name for found in names] == [
        "t", "percentile bootstrap, exact", "basic bootstrap, exact", "BCa bootstrap, exact", "beta bootstrap-t",
        "exact sign flips",
    ]  # fmt: skip
    inverted = [found.test.inverted for found in names]
    assert inverted == [False, True, True, True, True, False]


def test_the_family_is_the_same_in_every_process() -> None:
    first = [float(groups[0].sum()) for _, groups in samples(1, (6,))]
    assert first == [float(groups[0].sum()) for _, groups in samples(1, (6,))]
    assert len(first) == 2 * len(SHAPES)
