"""What components do together: in all combinations, else by pairs, and what cannot be told."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.regression.linear_model import OLS

from assay.analysis.ablation.interactions import Cells, combined, interactions, main_effects
from assay.model.ablation.answer import Interaction
from assay.model.ablation.notes import AblationNote as Says
from assay.model.ablation.question import MOST_TOGETHER
from assay.model.metric import Direction
from celled import BY_RULE, alike, drawn, ends, subsets
from seeded import sample

UP = Direction.MAXIMIZE


def cells(scores: dict[str, list[float]], *, seeded: bool = True) -> Cells:
    return {frozenset(off): sample(off or "full", own, () if seeded else None) for off, own in scores.items()}


def found(scores: dict[str, list[float]], names: str, *, seeded: bool = True) -> dict[str, Interaction]:
    known = tuple(names)
    made = interactions(combined(known, cells(scores, seeded=seeded), UP), known, BY_RULE)
    return {"".join(one.components): one for one in made}


def uneven(names: str, seed: int) -> dict[str, list[float]]:
    rng = np.random.default_rng(seed)
    offs = subsets(names)
    return {
        off: (spread * rng.normal(size=rng.integers(3, 8))).tolist()
        for off, spread in zip(offs, np.geomspace(1, 20, len(offs)), strict=True)
    }


def sign(off: str, acting: str) -> int:
    """+1 where an even number of those that act are off."""
    return 1 - 2 * (len({*off} & {*acting}) % 2)


@given(st.integers(0, 99))
def test_effects_of_every_order_agree_with_statsmodels_where_cells_are_unequal(seed: int) -> None:
    scores = uneven("abc", seed)
    offs = list(scores)
    of = np.repeat(np.arange(8), [len(scores[off]) for off in offs])
    fitted = OLS(np.concatenate([scores[off] for off in offs]), np.eye(8)[of]).fit(cov_type="HC2")
    made = found(scores, "abc", seeded=False)
    assert list(made) == ["ab", "ac", "bc", "abc"]
    for acting, one in made.items():
        weights = np.array([sign(off, acting) / 2 ** (3 - len(acting)) for off in offs])
        oracle = fitted.t_test(weights)
        parts = [w * w * np.var(scores[off], ddof=1) / len(scores[off]) for w, off in zip(weights, offs, strict=True)]
        freedom = sum(parts) ** 2 / sum(p**2 / (len(scores[o]) - 1) for p, o in zip(parts, offs, strict=True))
        value, half = float(oracle.effect[0]), stats.t.ppf(0.975, freedom) * float(np.squeeze(oracle.sd))
        assert one.effect.value == pytest.approx(value)
        assert ends(one.effect) == pytest.approx((value - half, value + half))
        assert one.yates == pytest.approx(value / 2 ** (len(acting) - 1))
        assert one.averaged == tuple(name for name in "abc" if name not in acting)
        assert not one.effect.paired


@given(st.integers(0, 99))
def test_shared_seeds_each_say_an_effect(seed: int) -> None:
    scores = drawn("abc", 4, seed)
    for acting, one in found(scores, "abc").items():
        per_seed = sum(sign(off, acting) * np.array(own) for off, own in scores.items()) / 2 ** (3 - len(acting))
        oracle = stats.ttest_1samp(per_seed, 0.0)
        assert one.effect.value == pytest.approx(per_seed.mean())
        assert one.effect.p_value == pytest.approx(oracle.pvalue)
        assert ends(one.effect) == pytest.approx(tuple(oracle.confidence_interval()))
        assert (one.effect.paired, one.effect.n) == (True, 4)


@pytest.mark.parametrize("seeded", [True, False])
def test_all_orders_are_one_family(seeded: bool) -> None:
    made = found(drawn("abc"), "abc", seeded=seeded)
    p_values = sorted(one.effect.p_value or 1.0 for one in made.values())
    smallest = min(made.values(), key=lambda one: one.effect.p_value or 1.0)
    assert smallest.effect.p_adjusted == pytest.approx(min(1.0, 4 * p_values[0]))


def test_a_pair_whose_cells_are_there_is_told_of_at_the_full_system_and_another_names_what_is_missing() -> None:
    scores = {off: own for off, own in drawn("abc").items() if off not in {"ac", "bc", "abc"}}
    scores["bc"] = [70.0, 71.0, 69.0, 72.0, 70.0]
    made = found(scores, "abc")
    assert list(made) == ["ab", "ac", "bc"]
    own = np.array(scores[""]) - scores["a"] - scores["b"] + scores["ab"]
    assert made["ab"].effect.value == pytest.approx(own.mean())
    assert made["ab"].yates == pytest.approx(own.mean() / 2)
    assert made["ab"].averaged == ()
    assert made["bc"].estimable
    assert not made["ac"].estimable
    assert made["ac"].missing == (("a", "c"),)
    assert made["ac"].yates is None
    assert made["ac"].effect.reason is not None
    assert made["ac"].effect.reason.code is Says.CELLS_MISSING


def test_what_was_left_out_one_at_a_time_tells_of_no_pair() -> None:
    scores = {off: own for off, own in drawn("abc").items() if len(off) < 2}
    made = found(scores, "abc")
    assert {one.missing for one in made.values()} == {(("a", "b"),), (("a", "c"),), (("b", "c"),)}
    assert main_effects(combined(tuple("abc"), cells(scores), UP)) == {}


def test_a_component_that_was_never_off_with_another_stays_out_of_the_combinations() -> None:
    scores = drawn("ab") | {"c": [70.0, 72.0, 71.0, 69.0, 70.0]}
    whole = combined(tuple("abc"), cells(scores), UP)
    assert whole.names == ("a", "b")
    assert set(main_effects(whole)) == {"a", "b"}
    made = found(scores, "abc")
    assert made["ab"].averaged == ()
    assert made["ac"].missing == (("a", "c"),)


@pytest.mark.parametrize("seeded", [True, False])
@pytest.mark.parametrize("lost", subsets("abc"))
def test_any_cell_taken_out_takes_along_what_needs_it_and_no_more(lost: str, seeded: bool) -> None:
    scores = drawn("abc")
    made = found({off: own for off, own in scores.items() if off != lost}, "abc", seeded=seeded)
    assert list(made) == ["ab", "ac", "bc"]
    for pair, one in made.items():
        needed = {"", *pair, pair}
        alone = found({off: scores[off] for off in needed}, pair, seeded=seeded)[pair]
        assert one.estimable == (lost not in needed)
        assert one.missing == ((tuple(lost),) if lost in needed else ())
        if one.estimable:
            assert alike(one.effect, alone.effect)


def test_a_cell_of_one_run_has_effects_without_intervals() -> None:
    scores = drawn("ab")
    made = found(scores | {"ab": scores["ab"][:1]}, "ab", seeded=False)["ab"].effect
    assert made.value is not None
    assert made.interval is None
    assert made.reason is not None
    assert made.reason.code is Says.CELL_OF_ONE


def test_the_order_of_components_changes_no_figure() -> None:
    scores = uneven("abc", 7)
    one, other = found(scores, "abc", seeded=False), found(scores, "cab", seeded=False)
    for acting in ("ab", "ac", "bc", "abc"):
        same = next(own for key, own in other.items() if set(key) == set(acting))
        assert one[acting].effect.value == pytest.approx(same.effect.value)
        assert ends(one[acting].effect) == pytest.approx(ends(same.effect))


def test_more_components_than_are_looked_at_whole_leave_pairs() -> None:
    names = "abcdefghijklm"
    assert len(names) == MOST_TOGETHER + 1
    scores = {
        off: [80.0, 81.0 + len(off), 79.0] for size in range(3) for off in map("".join, combinations(names, size))
    }
    whole = combined(tuple(names), cells(scores), UP)
    assert whole.whole is None
    assert len(whole.names) == 13
    made = found(scores, names)
    assert len(made) == 78
    assert all(one.estimable for one in made.values())
