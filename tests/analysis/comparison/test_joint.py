"""Several metrics are one family: only what speaks of the correction changes."""

from dataclasses import replace

import pytest

from assay.analysis.comparison.seeds import compare, jointly
from assay.analysis.multiplicity import holm
from assay.model.comparison import Comparison, Direction, Method, Sample, Score, Verdict

BASE = (0.659, 0.670, 0.648, 0.652, 0.666)
UP = (0.701, 0.716, 0.690, 0.699, 0.712)
SLIGHTLY = (0.668, 0.672, 0.655, 0.661, 0.667)


def sample(label: str, values: tuple[float, ...]) -> Sample:
    return Sample(label, label, tuple(Score(f"{label}-{i}", v, str(i)) for i, v in enumerate(values)))


def made(metric: str, *candidates: tuple[float, ...], correction: str = "none", **more: object) -> Comparison:
    options = {"direction": Direction.MAXIMIZE, **more}
    sides = [sample(f"c{i}", values) for i, values in enumerate(candidates)]
    return compare(metric, sample("base", BASE), sides, correction=correction, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", [Method.AUTO, Method.PERCENTILE, Method.PERMUTATION])
@pytest.mark.parametrize("correction", ["holm", "none"])
def test_one_metric_alone_is_what_compare_answers(method: Method, correction: str) -> None:
    (joint,) = jointly([made("f1", UP, SLIGHTLY, method=method)], correction)  # type: ignore[arg-type]
    assert joint == made("f1", UP, SLIGHTLY, method=method, correction=correction)


def test_p_is_corrected_over_metrics_and_candidates_together() -> None:
    alone = [made("f1", UP, SLIGHTLY), made("loss", SLIGHTLY, UP, direction=Direction.MINIMIZE)]
    joint = jointly(alone)
    raw = [c.difference.p_value for one in alone for c in one.candidates]
    assert [c.difference.p_adjusted for one in joint for c in one.candidates] == holm(raw)
    assert [one.comparisons for one in joint] == [4, 4]
    assert joint[0].candidates[0].difference.verdict is Verdict.BETTER
    assert joint[1].candidates[1].difference.verdict is Verdict.WORSE


def test_no_other_number_changes() -> None:
    alone = [made("f1", UP, SLIGHTLY), made("loss", UP)]
    for before, after in zip(alone, jointly(alone), strict=True):
        assert after.baseline == before.baseline
        for old, new in zip(before.candidates, after.candidates, strict=True):
            assert new.side == old.side
            assert old.difference == replace(
                new.difference,
                p_adjusted=old.difference.p_adjusted,
                min_attainable_p=old.difference.min_attainable_p,
                verdict=old.difference.verdict,
            )


def test_a_difference_that_held_alone_may_not_hold_among_many() -> None:
    one = made("f1", SLIGHTLY)
    assert one.candidates[0].difference.verdict is Verdict.BETTER
    many = jointly([replace(one, metric=f"m{i}") for i in range(4)])
    assert {m.candidates[0].difference.verdict for m in many} == {Verdict.NOT_SHOWN}
    assert not [text for m in many for text in m.warnings if "rests on scores being near normal" in text]


def test_a_metric_without_a_p_counts_in_the_family_and_keeps_its_verdict() -> None:
    short = made("f1", (0.7,))
    first, second = jointly([made("f1", UP), short])
    assert second.candidates[0].difference.verdict is Verdict.TOO_FEW
    raw = made("f1", UP).candidates[0].difference.p_value
    assert raw is not None
    assert first.candidates[0].difference.p_adjusted == pytest.approx(2 * raw)


def test_what_was_corrected_already_is_refused() -> None:
    with pytest.raises(ValueError, match="correction 'none'"):
        jointly([made("f1", UP, correction="holm")])
