"""How far to trust a front, what is no part of it, and how much room it takes."""

from dataclasses import replace

import pytest

from assay.model.comparison.difference import Difference
from assay.model.comparison.question import Statistic
from assay.model.comparison.side import Replicate, Sample, Side
from assay.model.criteria import Criterion, Limit, Scorecard
from assay.model.note import note
from assay.model.runs.exclusion import Exclusion, LeftOutRuns
from assay.model.tradeoffs.front import Front, Hypervolume, Place, Seen, Trade
from assay.model.tradeoffs.notes import FrontNote
from assay.model.tradeoffs.scorecard import Judgement, Status
from assay.view.text.escape import flat
from assay.view.text.tradeoffs.account import account, basis, doubts, left_out, remarks, volume
from fronted import F1, LATENCY, fronted

LOST = (
    LeftOutRuns("hyde", ("a", "b"), Exclusion.FAILED),
    LeftOutRuns("e5", ("c", "d", "e"), Exclusion.NOT_LOGGED, ("cost",), whole=True),
    LeftOutRuns("one", ("f",), Exclusion.NAN, ("cost",), whole=True),
    LeftOutRuns("more", ("g", "h"), Exclusion.KILLED),
    LeftOutRuns("most", ("i",), Exclusion.KILLED),
)


def single_runs(found: Front) -> Front:
    return replace(found, question=replace(found.question, group_by=None))


def test_a_threshold_that_is_judged_on_more_than_n_is_said() -> None:
    found = fronted()
    place = next(iter(found.seen))
    criterion = Criterion("f1_score", "quality", Limit(">", 0.5), 1.0)
    for n, said in ((5, False), (7, True)):
        side = Side(Sample("a", "", tuple(Replicate((str(i),), (0.5,), str(i)) for i in range(n))))
        own = replace(found.seen[place], judgements=(Judgement(criterion, F1, side, Status.MET),))
        more = replace(found, card=Scorecard("card", ("*",), (criterion,)), seen={**found.seen, place: own})
        assert ("judged on every training" in basis(more)) is said


def test_what_a_front_rests_on() -> None:
    assert basis(fronted()) == "n = 5 each, 95 % intervals, probabilities from 4,000 draws (to ± 1.5 points)."
    assert "from 500 draws (to ± 4.4 points)" in basis(replace(fronted(), draws=500))
    more = replace(fronted(), card=Scorecard("card", ("*",), ()), left_out=LOST)
    assert basis(more).endswith("points). Thresholds don't shape the front. 9 runs left out: see below.")
    assert basis(replace(fronted(), left_out=LOST[-1:])).endswith(" 1 run left out: see below.")
    assert basis(replace(fronted(), points=(), seen={})) == ""


def test_several_numbers_of_replicates_are_a_range() -> None:
    found = fronted()
    points = (replace(found.points[0], n=2), *found.points[1:])
    assert basis(replace(found, points=points)).startswith("n = 2 to 5, 95 % intervals")


def test_nothing_is_said_of_intervals_draws_and_corrections_that_there_are_not() -> None:
    assert basis(fronted(n=1)) == "n = 1 each."
    assert "Holm" not in basis(fronted(baseline="both"))
    compared = Seen((), Trade.NOT_SHOWN, (Difference(0.1), Difference(0.2), Difference(0.3)))
    found = fronted(baseline="both")
    assert basis(replace(found, seen={**found.seen, 0: compared})).endswith(
        "Holm over the 3 objectives of each, p not corrected over configurations."
    )
    alone = fronted(metrics=(F1,), baseline="both")
    one = replace(compared, differences=compared.differences[:1])
    assert "Holm" not in basis(replace(alone, seen={0: one}))


def test_the_beaten_are_named_as_far_as_there_is_room() -> None:
    assert account(fronted(), name=flat) == (
        "Mean ± std over the n replicates that carry every objective. 4 configurations beaten (probability below 5 %): "
        "hyde, dim_only, baseline and 1 more. No run was left out."
    )
    found = fronted({"a": (0.9, 1.0), "b": (0.8, 2.0)}, (F1, LATENCY))
    unsure = replace(found, points=tuple(replace(one, probability=None) for one in found.points))
    assert "1 configuration beaten: `b`. " in account(unsure)
    nobody = fronted({"a": (0.9, 1.0)}, (F1, LATENCY))
    assert "beaten" not in account(nobody)
    median = replace(nobody, question=replace(nobody.question, statistic=Statistic.MEDIAN))
    assert account(median).startswith("Median over the n replicates")


def test_single_runs_have_no_spread_and_are_called_runs() -> None:
    found = single_runs(
        replace(fronted(n=1), left_out=(LeftOutRuns("gay-owl-1", ("a",), Exclusion.FAILED, whole=True),))
    )
    assert account(found, name=flat) == (
        "4 runs beaten: hyde, dim_only, baseline and 1 more. Left out: run gay-owl-1, failed."
    )


def test_what_is_left_out_has_its_runs_and_its_reason() -> None:
    assert left_out(replace(fronted(), left_out=LOST), name=flat) == (
        "Left out: 2 runs of hyde, failed; all 3 runs of e5, cost not logged; the one run of one, cost is NaN; "
        "3 runs more."
    )
    assert left_out(replace(fronted(), left_out=LOST[-1:])) == "Left out: 1 run of `most`, killed."
    many = LeftOutRuns("many", tuple(map(str, range(10_000))), Exclusion.FAILED, whole=True)
    assert left_out(replace(fronted(), left_out=(many,)), name=flat) == "Left out: all 10,000 runs of many, failed."
    odd = LeftOutRuns("`<b>`", ("a",), Exclusion.NOT_LOGGED, ("*c*",))
    assert left_out(replace(fronted(), left_out=(odd,))) == r"Left out: 1 run of `` `<b>` ``, \*c\* not logged."


@pytest.mark.parametrize(("value", "said"), [(0.7104, "0.710"), (0.99999, "0.999"), (1.0, "1.000"), (0.0, "0.000")])
def test_a_volume_is_never_rounded_up_to_all(value: float, said: str) -> None:
    found = replace(fronted(metrics=(F1, LATENCY)), hypervolume=Hypervolume(value, (0.05, 440.0), (0.8, 121.0)))
    assert volume(found, name=flat) == (
        f"Hypervolume {said} of the room from the best to the reference point (5.0 %, 440 ms: the worst of the "
        "experiment and 10 % of its range)."
    )


def test_a_reference_of_ones_own_is_not_called_the_worst_and_no_volume_no_sentence() -> None:
    found = replace(fronted(metrics=(F1, LATENCY)), hypervolume=Hypervolume(0.7, (0.05, 440.0), (0.8, 121.0)))
    own = replace(found, question=replace(found.question, reference=(0.05, 440.0)))
    assert volume(own, name=flat).endswith("reference point (5.0 %, 440 ms).")
    assert volume(fronted()) == volume(replace(found, points=())) == ""


def test_the_headlines_reason_is_no_doubt_beside_it() -> None:
    said = note(FrontNote.MEDIANS_UNTESTED)
    known = note(FrontNote.ONE_OBJECTIVE, metric="f1")
    none = note(FrontNote.NO_POINT_HAS_ALL, metrics=("a",), runs=1)
    found = replace(fronted(), notes=(none, said, known))
    assert (doubts(found), remarks(found)) == ([said], [known])


def test_nobody_beaten_by_chance_alone_is_called_beaten() -> None:
    found = fronted()
    possible = replace(found, points=tuple(replace(one, place=Place.POSSIBLE) for one in found.points))
    assert "beaten" not in account(possible)
