"""Clusters of rows: CR2 by its definition, known answers, and what chance makes of them."""

from typing import Any

import numpy as np
import pytest
from scipy.special import stdtr

from assay.analysis.examples.clusters import (
    Clusters,
    alike,
    apart,
    clusters,
    linear,
    one_mean,
    refused,
    robust,
    telling,
)  # fmt: skip
from assay.analysis.sample import Array
from assay.analysis.student import one_mean as student
from assay.analysis.student import welch
from assay.model.comparison.notes import ExampleNote
from assay.model.note import note

SIZES = (1, 2, 9, 4, 4, 12)


def drawn(sizes: Any, icc: float, trials: int, seed: int = 0) -> Clusters:
    """`trials` samples of normal rows about 0, each a mean of its own."""
    rng, sizes = np.random.default_rng(seed), np.asarray(sizes)
    place = np.repeat(np.arange(sizes.size), sizes)
    values = icc**0.5 * rng.normal(size=(trials, sizes.size))[:, place]
    values += (1 - icc) ** 0.5 * rng.normal(size=values.shape)
    starts = np.append(0, np.cumsum(sizes)[:-1])
    sums, squares = (np.add.reduceat(v, starts, axis=1).ravel() for v in (values, values**2))
    n = np.tile(sizes.astype(float), trials)
    return Clusters(n, sums, squares, 0.0, np.repeat(np.arange(trials), sizes.size), trials)


def defined(values: Array, codes: Any) -> tuple[float, float]:
    """CR2's error and degrees of freedom by their matrices: (I − H)g^(−1/2) on each cluster's residuals."""
    n = values.size
    keeps = np.eye(n) - 1.0 / n
    residuals, parts, variance = keeps @ values, [], 0.0
    for code in np.unique(codes):
        own = np.flatnonzero(codes == code)
        size, turn = np.linalg.eigh(keeps[np.ix_(own, own)])
        adjusted = (turn / np.sqrt(size)) @ turn.T
        variance += (np.ones(own.size) @ adjusted @ residuals[own] / n) ** 2
        parts.append(keeps[:, own] @ adjusted @ np.ones(own.size) / n)
    gram = np.array(parts) @ np.array(parts).T
    return variance**0.5, float(np.trace(gram) ** 2 / (gram**2).sum())


def sample(seed: int = 3, sizes: tuple[int, ...] = SIZES) -> tuple[Array, Any]:
    rng = np.random.default_rng(seed)
    codes = np.repeat(np.arange(len(sizes)), sizes)
    return 5.0 + rng.normal(size=codes.size) + rng.normal(size=len(sizes))[codes], codes


def test_error_and_degrees_of_freedom_are_those_of_the_definition() -> None:
    values, codes = sample()
    found = one_mean(clusters(values, codes))
    assert found is not None
    assert (found.error, found.freedom) == pytest.approx(defined(values, codes))
    assert found.estimate == pytest.approx(values.mean())


def test_clusters_of_one_are_students_t_and_of_one_size_t_of_their_means() -> None:
    values = sample()[0]
    alone, plain = one_mean(clusters(values, np.arange(values.size))), student(values)
    assert alone is not None
    assert (alone.estimate, alone.error, alone.freedom) == pytest.approx((plain.estimate, plain.error, plain.freedom))
    values, codes = sample(sizes=(4,) * 8)
    same, means = one_mean(clusters(values, codes)), student(values.reshape(8, 4).mean(axis=1))
    assert same is not None
    assert (same.estimate, same.error, same.freedom) == pytest.approx((means.estimate, means.error, means.freedom))


def test_two_sides_add_their_errors_as_welch_does() -> None:
    first, second = sample(1)[0], sample(2)[0][:20]
    plain = welch(first, second)
    found = apart(clusters(first, np.arange(first.size)), clusters(second, np.arange(second.size)))
    assert found is not None
    assert (found.estimate, found.error, found.freedom) == pytest.approx((plain.estimate, plain.error, plain.freedom))


def test_many_means_at_once_are_each_alone() -> None:
    values, codes = sample()
    owner = np.arange(values.size) % 2
    rows = [clusters(values[owner == k], codes[owner == k]) for k in (0, 1)]
    centre = 4.0
    shifted = [(r.sums + r.n * (r.centre - centre), r) for r in rows]
    squares = [((values[owner == k] - centre) ** 2, codes[owner == k]) for k in (0, 1)]
    together = Clusters(
        np.concatenate([r.n for r in rows]), np.concatenate([s for s, _ in shifted]),
        np.concatenate([np.bincount(np.unique(c, return_inverse=True)[1], v) for v, c in squares]), centre,
        np.repeat([0, 1], [r.n.size for r in rows]), 2,
    )  # fmt: skip
    made = robust(together)
    for k, row in enumerate(rows):
        alone = one_mean(row)
        assert alone is not None
        assert (made.mean[k], made.error[k], made.freedom[k]) == pytest.approx(
            (alone.estimate, alone.error, alone.freedom)
        )
    assert made.between + made.within == pytest.approx(
        [((values[owner == k] - made.mean[k]) ** 2).sum() for k in (0, 1)]
    )


@pytest.mark.parametrize(("offset", "scale"), [(1e9, 1.0), (0.0, 1e-12), (0.0, 1e59), (1e50, 1e45)])
def test_neither_offset_nor_scale_changes_what_is_seen(offset: float, scale: float) -> None:
    values, codes = sample()
    usual, moved = (one_mean(clusters(v, codes)) for v in (values, offset + scale * values))
    assert usual is not None
    assert moved is not None
    assert moved.freedom == pytest.approx(usual.freedom)
    assert moved.error == pytest.approx(scale * usual.error, rel=1e-4)


def test_one_cluster_or_clusters_that_do_not_differ_have_no_error() -> None:
    values = sample()[0]
    assert one_mean(clusters(values, np.zeros(values.size, dtype=int))) is None
    assert one_mean(clusters(np.tile([0.1, 0.2, 0.3], 10), np.repeat(np.arange(10), 3))) is None
    assert apart(clusters(values, np.zeros(values.size, dtype=int)), clusters(*sample())) is None
    assert refused(1) == note(ExampleNote.ONE_CLUSTER, needed=5)
    assert refused(4) == note(ExampleNote.FEW_CLUSTERS, n=4, needed=5)
    assert refused(5) is None


def test_what_clusters_add_up_to_has_the_mean_and_nearly_the_error() -> None:
    values, codes = sample(sizes=(4,) * 8)
    assert linear(clusters(values, codes)) == pytest.approx(values.reshape(8, 4).mean(axis=1))
    values, codes = sample()
    found = linear(clusters(values, codes))
    assert found.mean() == pytest.approx(values.mean())


@pytest.mark.parametrize(
    ("sizes", "icc"),
    [
        ((5,) * 20, 0.2),
        ((5,) * 20, 0.5),
        ((20,) * 50, 0.3),
        ((100,) * 10, 0.05),
        ((1, 2, 3, 5, 5, 8, 13, 21, 30, 40), 0.3),
    ],
)
def test_false_alarms_are_as_many_as_the_level_says(sizes: tuple[int, ...], icc: float) -> None:
    made = robust(drawn(sizes, icc, 4000))
    alarms = 2 * stdtr(made.freedom, -np.abs(made.mean / made.error)) < 0.05
    ignored = 2 * stdtr(made.n - 1, -np.abs(made.mean) / np.sqrt((made.between + made.within) / (made.n - 1) / made.n))
    assert alarms.mean() < 0.065
    assert (ignored < 0.05).mean() > 0.1


def test_intraclass_correlation_is_the_analysis_of_variances() -> None:
    # Shrout and Fleiss (1979): six targets, four judges; ICC(1,1) = .17, F = 11.24 / 6.26.
    ratings = [9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7]
    found = alike(clusters(np.array(ratings, dtype=float), np.repeat(np.arange(6), 4)))
    assert found is not None
    assert found.icc == pytest.approx(0.1657, abs=5e-4)
    assert found.p == pytest.approx(0.1648, abs=5e-4)
    assert found.clusters == 6


def test_the_column_that_widens_the_interval_most_is_told() -> None:
    rng = np.random.default_rng(5)
    document, writer = np.repeat(np.arange(100), 5), np.repeat(np.arange(20), 25)
    values = rng.normal(size=500) + rng.normal(size=20)[writer] + 0.5 * rng.normal(size=100)[document]
    columns = {
        "document": clusters(values, document), "writer": clusters(values, writer),
        "noise": clusters(values, rng.integers(0, 50, 500)), "few": clusters(values, writer % 8),
        "text": clusters(values, np.arange(500) * 5 // 6),
    }  # fmt: skip
    found = telling(columns)
    assert found is not None
    name, one = found
    assert name == "writer"
    assert one.clusters == 20
    assert 0.3 < one.icc < 0.7
    assert one.wider > 2.0
    assert telling({name: columns[name] for name in ("noise", "few", "text")}) is None
    assert telling({}) is None


def test_chance_seldom_tells_of_a_column() -> None:
    rng, told = np.random.default_rng(6), 0
    for _ in range(300):
        values = rng.choice([-1.0, 0.0, 1.0], size=300, p=[0.1, 0.8, 0.1])
        told += (
            telling({f"c{k}": clusters(values, rng.integers(0, size, 300)) for k, size in enumerate((12, 50))})
            is not None
        )
    assert told / 300 < 0.03


def test_where_all_rows_are_alone_nothing_is_alike() -> None:
    values = sample()[0]
    assert alike(clusters(values, np.arange(values.size))) is None
    assert alike(clusters(values, np.zeros(values.size, dtype=int))) is None
    whole = alike(clusters(np.repeat(values, 3), np.repeat(np.arange(values.size), 3)))
    assert whole is not None
    assert (whole.clusters, whole.icc, whole.p) == (values.size, 1.0, 0.0)
    assert whole.wider == pytest.approx(3**0.5, rel=0.05)
