"""Many slices at once give what each would give alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_rel

from assay.analysis.bootstrap.intervals import percentile
from assay.analysis.examples import slices
from assay.analysis.examples.means import FEWEST
from assay.analysis.proportions import Agreement, mcnemar, newcombe_paired
from assay.model.comparison.difference import Verdict
from assay.model.comparison.examples import Slice
from assay.model.comparison.notes import ExampleNote as Says
from assay.model.comparison.question import Method, Rules
from assay.model.note import note
from seeded import DOWN, FALLING, RISING, UP

AS_RULED = Rules()


def made(groups: dict[str, tuple[np.ndarray, np.ndarray]], rules: Rules = AS_RULED) -> dict[str, Slice]:
    """The rows for groups of (baseline, candidate), moments taken about a common centre as a database would."""
    differences = {name: c - b for name, (b, c) in groups.items()}
    centre = float(np.concatenate(list(differences.values())).mean())
    powers = [np.array([((d - centre) ** k).mean() for d in differences.values()]) for k in (1, 2, 3, 4)]
    table = slices.slice_moments(
        "column",
        tuple(groups),
        np.array([float(d.size) for d in differences.values()]),
        np.array([b.mean() for b, _ in groups.values()]),
        (powers[0], powers[1], powers[2], powers[3]),
        centre,
    )
    rough = slices.rough(table, rules)
    return {row.category: row for row in slices.slices(table, {name: differences[name] for name in rough}, rules)}


def normal(n: int, shift: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    baseline = rng.normal(size=n)
    return baseline, baseline + shift + rng.normal(scale=0.5, size=n)


def test_a_large_slice_gets_the_interval_that_it_would_get_alone() -> None:
    groups = {"a": normal(2_000, 0.1), "b": normal(500, -0.2, 1)}
    for name, row in made(groups).items():
        difference = groups[name][1] - groups[name][0]
        alone = percentile((difference,), 0.95)
        error = difference.std() / difference.size**0.5
        assert row.interval is not None
        assert row.interval.low == pytest.approx(alone.low, abs=0.01 * error)
        assert row.interval.high == pytest.approx(alone.high, abs=0.01 * error)
        assert row.difference == pytest.approx(difference.mean())
        assert row.candidate - row.baseline == pytest.approx(row.difference)


def test_p_falls_below_alpha_exactly_where_the_interval_leaves_zero() -> None:
    groups = {f"{k}": normal(300, 0.01 * k, k) for k in range(20)}
    rows = made(groups).values()
    assert {row.p_value is not None and row.p_value < 0.05 for row in rows} == {True, False}
    for row in rows:
        assert row.interval is not None
        assert row.p_value is not None
        assert (row.p_value < 0.05) == (row.interval.low > 0 or row.interval.high < 0)


def test_a_slice_that_hangs_on_one_example_is_looked_at_itself() -> None:
    baseline = np.zeros(200)
    candidate = baseline.copy()
    candidate[0] = 50.0
    (row,) = made({"heavy": (baseline, candidate)}, Rules(method=Method.PERCENTILE)).values()
    assert row.interval is not None
    assert "Cornish" not in row.interval.method
    assert row.interval.low == 0.0
    assert row.p_value is not None
    assert row.p_value > 0.5


def test_small_slices_get_t_and_tiny_ones_nothing() -> None:
    baseline, candidate = normal(12, 0.4)
    rows = made({"small": (baseline, candidate), "tiny": normal(4, 1.0), "one": normal(1, 1.0)})
    assert rows["small"].p_value == pytest.approx(ttest_rel(candidate, baseline).pvalue)
    assert rows["small"].p_method == "paired t"
    for name, n in (("tiny", 4), ("one", 1)):
        assert rows[name].verdict is Verdict.TOO_FEW
        assert rows[name].interval is None
        assert rows[name].reason == note(Says.SLICE_OF_FEW, n=n, needed=FEWEST)


def test_a_slice_without_variation_has_no_certainty() -> None:
    (row,) = made({"same": (np.ones(50), np.ones(50))}).values()
    assert (row.interval, row.p_value, row.verdict) == (None, None, Verdict.NOT_SHOWN)
    assert row.reason == note(Says.SLICE_ALIKE, n=50)


def test_every_resample_on_one_side_is_no_p_of_zero() -> None:
    baseline, candidate = np.zeros(30), np.linspace(1.0, 1.0001, 30) ** 200
    candidate[0] = 40.0
    (row,) = made({"all up": (baseline, candidate)}).values()
    assert row.p_value is not None
    assert row.p_value >= 2.0**-29


def test_thousands_of_the_same_shift_keep_the_nominal_level() -> None:
    rng = np.random.default_rng(9)
    groups = {f"{k}": (np.zeros(100), rng.exponential(size=100) - 1.0) for k in range(2_000)}
    rows = made(groups).values()
    alarms = np.mean([row.p_value is not None and row.p_value < 0.05 for row in rows])
    assert 0.04 < alarms < 0.085


@given(
    st.lists(st.tuples(*[st.integers(0, 40)] * 4).filter(lambda cells: sum(cells) > 0), min_size=1, max_size=8),
)
def test_shares_are_those_of_mcnemar_and_newcombe(cells: list[tuple[int, int, int, int]]) -> None:
    both, gained, lost, neither = (np.array(column, dtype=float) for column in zip(*cells, strict=True))
    n = both + gained + lost + neither
    names = [str(k) for k in range(len(cells))]
    rows = slices.shares("column", names, (n, both + lost, both + gained, both), AS_RULED)
    for row, counts in zip(rows, cells, strict=True):
        if sum(counts) < FEWEST:
            assert row.verdict is Verdict.TOO_FEW
            continue
        assert row.p_value == pytest.approx(mcnemar(counts[1], counts[2]))
        assert row.interval == newcombe_paired(Agreement(*counts), 0.95)
        assert row.difference == pytest.approx((counts[1] - counts[2]) / sum(counts))


def test_holm_counts_every_row_and_regressions_come_first() -> None:
    groups = {
        "worse": normal(400, -0.5),
        "same": normal(400, 0.0, 1),
        "better": normal(400, 0.5, 2),
        "few": normal(3, -9),
    }
    raw = list(made(groups).values())
    rows = slices.ordered(slices.decided(raw, [RISING] * 4, AS_RULED), UP)
    assert [row.category for row in rows] == ["worse", "same", "better", "few"]
    assert [row.verdict for row in rows] == [Verdict.WORSE, Verdict.NOT_SHOWN, Verdict.BETTER, Verdict.TOO_FEW]
    single = made({"worse": groups["worse"]})["worse"]
    assert single.p_value is not None
    lower = slices.decided(raw, [FALLING] * 4, Rules(correction="none"))
    assert slices.ordered(lower, DOWN)[0].category == "better"


def test_t_asked_for_by_name_is_used_at_every_size() -> None:
    baseline, candidate = normal(500, 0.05)
    (row,) = made({"a": (baseline, candidate)}, Rules(method=Method.T)).values()
    assert row.p_method == "paired t"
    assert row.p_value == pytest.approx(ttest_rel(candidate, baseline).pvalue)
