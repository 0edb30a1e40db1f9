"""The rule for examples in clusters."""

import numpy as np
import pytest

from assay.analysis.examples import means, resampled
from assay.analysis.examples.clustered import ClusteredScores, columns, interval, paired, slices, unpaired
from assay.analysis.examples.clusters import Clusters, clusters, one_mean
from assay.analysis.inference import two_sided
from assay.analysis.permutation import sign_flips
from assay.analysis.statistics import median, quantile, together, trimmed_mean
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.notes import ComparisonNote, ExampleNote
from assay.model.comparison.procedure import Technique
from assay.model.comparison.question import Method, Rules, Statistic
from assay.model.note import note

RNG = np.random.default_rng(0)
CODES = np.repeat(np.arange(12), (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14))
VALUES = 0.4 + 0.5 * RNG.normal(size=12)[CODES] + RNG.normal(size=80)
ROWS = ClusteredScores(VALUES, CODES)


def judged(method: Method, rows: ClusteredScores = ROWS, resamples: int = 2000) -> Difference:
    return paired(rows, Rules(method=method, resamples=resamples), 1.0)[0]


def test_a_cluster_robust_t_decides_and_the_bootstrap_stands_beside() -> None:
    student = one_mean(clusters(VALUES, CODES))
    assert student is not None
    for method in (Method.AUTO, Method.T):
        found = judged(method)
        assert found.interval == student.interval(0.95)
        assert (found.p_value, found.p_method) == (two_sided(student), "cluster-robust t")
        assert found.bootstrap_interval is not None
        assert found.bootstrap_interval.procedure.technique is Technique.CLUSTERED_PERCENTILE
        assert (found.pairs, found.paired, found.verdict) == (80, True, Verdict.NOT_SHOWN)
        assert found.std == pytest.approx(VALUES.std(ddof=1))


@pytest.mark.parametrize("method", [Method.PERCENTILE, Method.BASIC, Method.PERMUTATION])
def test_interval_and_p_never_contradict_each_other(method: Method) -> None:
    for shift in np.linspace(-1.2, 0.6, 19):
        found = judged(method, ClusteredScores(VALUES + shift, CODES))
        assert found.interval is not None
        assert found.p_value is not None
        outside = not found.interval.low <= 0.0 <= found.interval.high
        assert outside == (found.p_value < 0.05)


def test_whole_clusters_are_drawn() -> None:
    found, drawn = judged(Method.PERCENTILE, resamples=20_000), []
    assert found.interval is not None
    rng = np.random.default_rng(1)
    for _ in range(4000):
        picked = rng.integers(0, 12, 12)
        drawn.append(np.concatenate([VALUES[code == CODES] for code in picked]).mean())
    assert (found.interval.low, found.interval.high) == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.03)
    assert found.interval.method == "percentile bootstrap of clusters, 20,000 resamples"
    beside = judged(Method.AUTO).bootstrap_interval
    assert beside is not None
    assert (beside.low, beside.high) == pytest.approx((found.interval.low, found.interval.high), abs=0.05)


def test_sign_flips_of_clusters_of_one_size_are_those_of_their_means() -> None:
    same = ClusteredScores(VALUES, np.repeat(np.arange(10), 8))
    found, means_of = judged(Method.PERMUTATION, same), sign_flips(VALUES.reshape(10, 8).mean(axis=1), 0, 0)
    assert found.p_value == two_sided(means_of)
    limits = means_of.interval(0.95)
    assert limits is not None
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((limits.low, limits.high))
    assert found.p_method == "exact sign flips of clusters"
    assert found.min_attainable_p == 2 / 2**10


@pytest.mark.parametrize("method", [Method.BCA, Method.BOOTSTRAP_T])
def test_a_bootstrap_that_is_not_made_for_clusters_gives_way_and_says_so(method: Method) -> None:
    found, said = paired(ROWS, Rules(method=method), 1.0)
    assert said == (note(ExampleNote.CLUSTERED_INSTEAD, method=method, instead=Technique.CLUSTERED_PERCENTILE),)
    assert found.interval == judged(Method.PERCENTILE, resamples=10_000).interval


def test_few_clusters_carry_no_verdict() -> None:
    for codes, why in (
        (CODES % 4, note(ExampleNote.FEW_CLUSTERS, n=4, needed=5)),
        (CODES * 0, note(ExampleNote.ONE_CLUSTER, needed=5)),
    ):
        found, _ = paired(ClusteredScores(VALUES, codes), Rules(), 1.0)
        assert (found.reason, found.verdict, found.interval) == (why, Verdict.TOO_FEW, None)
        assert found.value == pytest.approx(VALUES.mean())
        assert interval(ClusteredScores(VALUES, codes), Rules()) == (None, None, why)


def test_what_does_not_vary_says_so() -> None:
    same = paired(ClusteredScores(np.full(80, 0.1), CODES), Rules(), 1.0)[0]
    assert same.reason == note(ExampleNote.EXAMPLES_ALIKE, n=80)
    between = paired(ClusteredScores(np.tile([0.0, 1.0], 40), np.repeat(np.arange(40), 2)), Rules(), 1.0)[0]
    assert between.reason == note(ExampleNote.CLUSTERS_ALIKE, n=40)
    assert between.verdict is Verdict.NOT_SHOWN


def test_few_clusters_have_no_interval_by_flips() -> None:
    found = judged(Method.PERMUTATION, ClusteredScores(VALUES[:20], np.repeat(np.arange(5), 4)))
    assert found.interval is None
    assert found.reason == note(ComparisonNote.FEW_REARRANGEMENTS)
    assert found.p_value is not None


def test_sides_without_shared_examples() -> None:
    other = ClusteredScores(RNG.normal(size=40), np.repeat(np.arange(8), 5))
    found, said = unpaired(other, ROWS, Rules())
    assert (found.p_method, found.paired, said) == ("cluster-robust t", False, ())
    assert found.value == pytest.approx(VALUES.mean() - other.values.mean())
    drawn, said = unpaired(other, ROWS, Rules(method=Method.PERCENTILE, resamples=2000))
    assert drawn.interval is not None
    assert drawn.p_method == "percentile bootstrap of clusters, 2,000 resamples, inverted"
    permuted, said = unpaired(other, ROWS, Rules(method=Method.PERMUTATION))
    assert said == (note(ExampleNote.CLUSTERED_INSTEAD, method=Method.PERMUTATION, instead=Technique.CLUSTERED_T),)
    assert permuted.interval == found.interval
    few, _ = unpaired(ClusteredScores(other.values, other.codes % 3), ROWS, Rules())
    assert few.reason == note(ExampleNote.FEW_CLUSTERS, n=3, needed=5)


def test_other_statistics_draw_clusters_too() -> None:
    rules = Rules(statistic=Statistic.MEDIAN, resamples=4000)
    before = np.zeros(80)
    found = resampled.compared(before, VALUES, rules, paired=True, clusters=(CODES, CODES))
    plain = resampled.compared(before, VALUES, rules, paired=True)
    assert found.difference.interval is not None
    assert plain.difference.interval is not None
    assert found.difference.interval.method == "percentile bootstrap of clusters of the median, 4,000 resamples"
    width, usual = (i.high - i.low for i in (found.difference.interval, plain.difference.interval))
    assert width > 1.1 * usual
    assert found.difference.pairs == 80
    few = resampled.compared(before, VALUES, rules, paired=True, clusters=(CODES % 3, CODES % 3))
    assert few.difference.reason == note(ExampleNote.FEW_CLUSTERS, n=3, needed=5)


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_statistic_of_drawn_clusters_is_that_of_their_rows(share: float) -> None:
    counts = np.random.default_rng(2).multinomial(12, np.full(12, 1 / 12), size=50)
    rows = [np.repeat(VALUES, drawn[CODES]) for drawn in counts]
    assert together(quantile(VALUES, share), CODES).of(counts) == pytest.approx([np.quantile(r, share) for r in rows])
    assert together(median(VALUES), CODES).observed == np.median(VALUES)
    cut = [np.sort(r)[int(0.1 * r.size) : r.size - int(0.1 * r.size)].mean() for r in rows]
    assert together(trimmed_mean(VALUES, 0.1), CODES).of(counts) == pytest.approx(cut)


def test_a_slice_has_the_error_of_its_own_part_of_the_clusters() -> None:
    part = np.arange(80) % 2
    own = [clusters(VALUES[part == k], CODES[part == k]) for k in (0, 1)]
    entries = Clusters(
        np.concatenate([c.n for c in own]), np.concatenate([c.sums + c.n * c.centre for c in own]),
        np.concatenate([c.squares + 2 * c.centre * c.sums + c.n * c.centre**2 for c in own]), 0.0,
        np.repeat([0, 1], [c.n.size for c in own]), 2,
    )  # fmt: skip
    rows = slices("kind", ("even", "odd"), entries, 0.5 * entries.n, Rules())
    for k, row in enumerate(rows):
        student = one_mean(own[k])
        assert student is not None
        assert row.interval is not None
        assert (row.interval.low, row.interval.high) == pytest.approx(
            (student.interval(0.95).low, student.interval(0.95).high)
        )
        assert row.p_value == pytest.approx(two_sided(student))
        assert (row.baseline, row.n, row.p_method) == (0.5, 40, "cluster-robust t")


def test_a_slice_of_few_clusters_carries_no_verdict_and_one_without_variation_says_so() -> None:
    owner = np.repeat([0, 1], [4, 6])
    rows = slices("kind", ("few", "same"), Clusters(
        np.full(10, 2.0), np.append(np.arange(4.0), np.zeros(6)), np.full(10, 2.0), 0.0, owner, 2
    ), np.zeros(10), Rules())  # fmt: skip
    assert [(row.verdict, row.reason) for row in rows] == [
        (Verdict.TOO_FEW, note(ExampleNote.FEW_CLUSTERS, n=4, needed=5)),
        (Verdict.NOT_SHOWN, note(ExampleNote.CLUSTERS_ALIKE, n=6)),
    ]


def test_seeds_by_clusters_keep_every_seeds_mean() -> None:
    matrix = RNG.normal(size=(4, 80))
    made = columns(matrix, CODES)
    assert made.shape == (4, 12)
    assert made.mean(axis=1) == pytest.approx(matrix.mean(axis=1))
    assert columns(matrix, np.arange(80)) == pytest.approx(matrix)
    assert means.both(columns(matrix, CODES), Rules()).value == pytest.approx(matrix.mean())
