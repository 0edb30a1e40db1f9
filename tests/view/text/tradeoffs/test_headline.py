"""The answer of a front in one sentence, and what follows from it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assay.model.comparison.difference import Difference, Verdict
from assay.model.criteria import Criterion, Scorecard
from assay.model.note import note
from assay.model.tradeoffs.front import Front, Place, Point, Seen, Trade
from assay.model.tradeoffs.notes import FrontNote
from assay.model.tradeoffs.scorecard import Scored
from assay.view.text.escape import flat
from assay.view.text.tradeoffs import pictures
from assay.view.text.tradeoffs import scorecard as cards
from assay.view.text.tradeoffs.headline import badges, follows, headline, listed, mark
from carded import around, criterion, judge, scored
from fronted import COST, F1, LATENCY, RAG, fronted

HOSTILE = "[x](http://evil.example) <b>`y`"
CARD = Scorecard("card", ("*",), (criterion("f1_score", "> 0.75", "< 0.70"), criterion("latency_p95_ms", "< 300")))
GOOD, LATE = {"f1_score": around(0.80, 0.003)}, {"latency_p95_ms": around(412.0, 5.0)}
FAST = {"latency_p95_ms": around(238.0, 5.0)}


def without_chances(found: Front) -> Front:
    return replace(found, points=tuple(replace(one, probability=None) for one in found.points))


def traded(found: Front, trade: Trade, *verdicts: Verdict) -> Front:
    """With this standing of the candidate against the baseline."""
    assert found.candidate is not None
    own = found.seen[found.candidate]
    values = (0.018, -8.0, 0.6)
    differences = tuple(Difference(value, verdict=one) for value, one in zip(values, verdicts, strict=False))
    won, lost = (tuple(k for k, one in enumerate(verdicts) if one is way) for way in (Verdict.BETTER, Verdict.WORSE))
    own = replace(own, trade=trade, differences=differences, won=won, lost=lost)
    return replace(found, seen={**found.seen, found.candidate: own})


def named(found: Front, label: str) -> Point:
    return next(one for one in found.points if one.label == label)


def test_who_is_on_the_front_and_who_may_be_is_counted() -> None:
    assert headline(fronted(), name=flat) == (
        "5 of 10 configurations are on the front of f1_score, latency_p95_ms and cost_per_1k_queries_usd; 1 more may be."
    )
    two = {"a": (0.5, 1.0), "b": (0.4, 2.0)}
    assert headline(fronted(two, (F1, LATENCY)), name=flat) == (
        "On the front of f1_score and latency_p95_ms: a, of 2 configurations."
    )
    runs = fronted(two, (F1, LATENCY))
    runs = replace(runs, question=replace(runs.question, group_by=None))
    assert headline(runs).endswith(": `a`, of 2 runs.")


def test_one_objective_has_a_leader_and_ties_lead_together() -> None:
    assert headline(fronted(metrics=(F1,)), name=flat) == (
        "both-rerank leads 10 configurations by f1_score; 1 more may be."
    )
    assert headline(fronted({"a": (0.5,)}, (F1,)), name=flat) == "a leads 1 configuration by f1_score."
    two = fronted({"a": (0.5,), "b": (0.5,)}, (F1,))
    assert headline(two, name=flat) == "a and b lead 2 configurations by f1_score."
    five = fronted(dict.fromkeys("abcde", (0.5,)), (F1,))
    assert headline(five, name=flat) == "a, b, c and 2 more lead 5 configurations by f1_score."


def test_without_a_point_the_reason_is_the_headline() -> None:
    why = note(FrontNote.NO_POINT_HAS_ALL, metrics=("a", "b", "<b>"), runs=12)
    nothing = replace(fronted(), points=(), seen={}, notes=(why,))
    assert headline(nothing, name=flat) == "Of 12 runs none that counts carries a and b and <b>, so there is no front."
    assert r"\<b\>" in headline(nothing)
    assert follows(nothing) == ""
    assert badges(nothing, None) == ()
    assert mark(nothing, None).glyph == "–"
    empty = replace(nothing, notes=(note(FrontNote.NO_POINT_HAS_ALL, metrics=("a",), runs=0),))
    assert headline(empty) == r"No run is found\, so there is no front\."


def test_a_long_name_is_cut_in_sentences() -> None:
    long = f"lr=0.1, {'x' * 480}, seed=3"
    found = fronted({long: (0.8, 100.0), "b": (0.7, 200.0)}, (F1, LATENCY), candidate="b", baseline=long)
    for said in (
        headline(replace(found, candidate=None), name=flat),
        headline(traded(found, Trade.WORSE, Verdict.WORSE, Verdict.WORSE), name=flat),
        follows(traded(found, Trade.WORSE, Verdict.WORSE, Verdict.WORSE), name=flat),
        pictures.map_alt(found, 1, 0),
        cards.headline(replace(scored(CARD, GOOD), candidate=long), name=flat),
    ):
        assert "lr=0.1, xxx" in said
        assert ", seed=3" in said
        assert "x" * 61 not in said


def test_names_in_markdown_cannot_act() -> None:
    means = {HOSTILE: (0.8, 100.0), "quiet": (0.7, 200.0)}
    odd = replace(F1, name="<i>*f1*")
    found = fronted(means, (odd, LATENCY), candidate=HOSTILE, baseline="quiet")
    assert headline(found).startswith("`` [x](http://evil.example) <b>`y` `` is on the front")
    said = follows(traded(found, Trade.WORSE, Verdict.WORSE, Verdict.BETTER))
    assert "`<i>*f1*` +1.8 points is shown worse than `quiet`" in said
    assert "`<i>*f1*`" in headline(fronted(means, (odd, LATENCY)))


def test_a_korean_name_is_itself() -> None:
    found = fronted({"트리 모델": (0.8, 100.0), "b": (0.7, 90.0)}, (F1, LATENCY), candidate="트리 모델")
    assert headline(found) == "`트리 모델` is on the front."


@pytest.mark.parametrize(
    ("candidate", "said"),
    [
        ("both", "both is on the front."),
        ("bge-m3-int8", "bge-m3-int8 may be on the front."),
        ("hyde", "hyde is beaten."),
    ],
)
def test_the_candidate_stands_where_its_probability_puts_it(candidate: str, said: str) -> None:
    assert headline(fronted(candidate=candidate), name=flat) == said


def test_who_beats_the_candidate_is_named() -> None:
    found = fronted(candidate="hyde")
    assert found.candidate is not None
    own = replace(found.seen[found.candidate], beaten_by=found.points.index(named(found, "both-rerank")))
    found = replace(found, seen={**found.seen, found.candidate: own})
    assert headline(found, name=flat) == "hyde is beaten, by both-rerank for one."


def test_without_any_probability_the_values_speak_alone() -> None:
    found = without_chances(fronted(candidate="hyde"))
    assert headline(found, name=flat) == "hyde is beaten by its means alone."
    assert headline(fronted(candidate="both", n=1), name=flat) == "both is on the front by its values alone."
    assert [fact.text for fact in badges(found, None)] == ["– beaten"]
    assert headline(without_chances(fronted()), name=flat).startswith("5 of 10 configurations are on the front")


@pytest.mark.parametrize(
    ("trade", "verdicts", "said", "then"),
    [
        (
            Trade.BETTER,
            (Verdict.BETTER, Verdict.NOT_SHOWN, Verdict.NOT_SHOWN),
            "both is shown better than model_only in f1_score and worse in none of 3 objectives.",
            "f1_score +1.8 points is shown better than model_only; latency_p95_ms −8 ms and cost_per_1k_queries_usd "
            "+0.600 USD are shown neither better nor worse.",
        ),
        (
            Trade.WORSE,
            (Verdict.WORSE, Verdict.WORSE, Verdict.NOT_SHOWN),
            "both is shown worse than model_only in f1_score and latency_p95_ms and better in none of 3 objectives.",
            "f1_score +1.8 points and latency_p95_ms −8 ms are shown worse than model_only; cost_per_1k_queries_usd "
            "+0.600 USD is shown neither better nor worse.",
        ),
        (
            Trade.MIXED,
            (Verdict.BETTER, Verdict.BETTER, Verdict.WORSE),
            "both is better than model_only in f1_score and latency_p95_ms and worse in cost_per_1k_queries_usd.",
            "f1_score +1.8 points and latency_p95_ms −8 ms are shown better than model_only; cost_per_1k_queries_usd "
            "+0.600 USD is shown worse than model_only.",
        ),
        (
            Trade.NOT_SHOWN,
            (Verdict.NOT_SHOWN, Verdict.TOO_FEW, Verdict.NOT_SHOWN),
            "both is not shown better than model_only in any of 3 objectives.",
            "f1_score +1.8 points, latency_p95_ms −8 ms and cost_per_1k_queries_usd +0.600 USD are shown neither better "
            "nor worse.",
        ),
        (Trade.BASELINE, (), "both is on the front.", ""),
    ],
)
def test_the_candidate_beside_the_baseline(trade: Trade, verdicts: Sequence[Verdict], said: str, then: str) -> None:
    found = traded(fronted(candidate="both", baseline="model_only"), trade, *verdicts)
    assert headline(found, name=flat) == said
    assert follows(found, name=flat) == then


def test_what_never_varied_is_told_from_what_is_shown() -> None:
    settled = (Verdict.BETTER, Verdict.NOT_SHOWN, Verdict.NOT_SHOWN)
    found = traded(fronted(candidate="both", baseline="model_only"), Trade.MIXED, *settled)
    assert found.candidate is not None
    own = replace(found.seen[found.candidate], won=(0, 1), lost=(2,))
    found = replace(found, seen={**found.seen, found.candidate: own})
    assert headline(found, name=flat) == (
        "both is better than model_only in f1_score and latency_p95_ms and worse in cost_per_1k_queries_usd."
    )
    assert follows(found, name=flat) == (
        "f1_score +1.8 points is shown better than model_only; latency_p95_ms −8 ms is better than model_only by a value "
        "that never varied; cost_per_1k_queries_usd +0.600 USD is worse than model_only by a value that never varied."
    )


def test_who_meets_all_that_is_logged_is_told_with_what_is_not() -> None:
    found = fronted()
    kept = judge(CARD.criteria[0], (0.8,) * 3)
    silent = judge(CARD.criteria[1], ())
    seen = {p: replace(s, judgements=(kept, silent)) for p, s in list(found.seen.items())[:2]}
    assert follows(replace(found, seen=seen, card=CARD), name=flat).endswith(
        f"both meet every threshold but of what is not logged ({CARD.criteria[1].metric})."
    )


def test_a_difference_that_nobody_knows_is_called_that() -> None:
    found = fronted(metrics=(F1,), candidate="both", baseline="model_only")
    assert found.candidate is not None
    own = replace(found.seen[found.candidate], trade=Trade.NOT_SHOWN, differences=(Difference(None),))
    found = replace(found, seen={**found.seen, found.candidate: own})
    assert follows(found, name=flat) == "f1_score not known is shown neither better nor worse."


def test_who_is_better_than_the_baseline_is_named_where_nobody_asked_for_one() -> None:
    found = fronted(baseline="model_only")
    places = list(found.seen)

    def trades(*better: int) -> Front:
        seen = {p: replace(s, trade=Trade.BETTER if p in better else Trade.NOT_SHOWN) for p, s in found.seen.items()}
        return replace(found, seen=seen)

    assert follows(trades(), name=flat) == (
        "Of those looked at, none is shown better than the baseline in one objective and worse in none."
    )
    first = found.points[places[0]].label
    assert follows(trades(places[0]), name=flat).startswith(f"{first} is shown better than the baseline")
    assert " and 2 more are shown better than the baseline" in follows(trades(*places[:5]), name=flat)


@pytest.mark.parametrize(
    ("candidate", "values", "said"),
    [
        ("both", {**GOOD, **FAST}, "both is on the front, and meets every threshold."),
        ("hyde", {**GOOD, **FAST}, "hyde is beaten, but meets every threshold."),
        ("both", GOOD, "both is on the front, but of 2 thresholds 1 is not logged."),
        ("both", {"f1_score": around(0.75, 0.01)}, "both is on the front, but of 2 thresholds 1 is uncertain and 1 is not logged."),
        ("hyde", GOOD, "hyde is beaten, and of 2 thresholds 1 is not logged."),
        (
            "both",
            {**GOOD, **LATE},
            "both is on the front, but latency_p95_ms misses its threshold: 412 ms, the limit is 300 ms.",
        ),
        (
            "hyde",
            {"f1_score": around(0.60, 0.003), **LATE},
            "hyde is beaten, and f1_score is beyond its alert: 60.00 %, the limit is 70 %, 1 more missed.",
        ),
        ("both", {}, "both is on the front."),
    ],
)  # fmt: skip
def test_what_the_card_says_against_the_candidate_is_in_the_sentence(
    candidate: str, values: dict[str, tuple[float, ...]], said: str
) -> None:
    assert headline(fronted(candidate=candidate), scored(CARD, values), name=flat) == said


def test_many_open_and_missed_thresholds_have_their_plural() -> None:
    three: tuple[Criterion, ...] = tuple(criterion(name, "> 0.5") for name in "abc")
    card = Scorecard("three", ("*",), three)
    found = fronted(candidate="both")
    lost = scored(card, dict.fromkeys("abc", around(0.4, 0.01)))
    assert headline(found, lost, name=flat).endswith(
        "a misses its threshold: 40.0 %, the limit is 50 %, 2 more missed."
    )
    open_ = scored(card, {"a": around(0.5, 0.1), "b": around(0.5, 0.1)})
    assert headline(found, open_, name=flat).endswith("of 3 thresholds 2 are uncertain and 1 is not logged.")
    silent = scored(card, {"a": (0.9,) * 3})
    assert headline(found, silent, name=flat).endswith("of 3 thresholds 2 are not logged.")


def test_what_the_headline_says_of_the_candidates_thresholds_is_not_said_again() -> None:
    own = tuple(judge(one, values) for one, values in zip(CARD.criteria, ((0.8,) * 3, (238.0,) * 3), strict=True))
    late = (own[0], judge(CARD.criteria[1], (400.0,) * 3))

    def judged(found: Front, *meeting: str) -> Front:
        seen = {
            p: replace(s, judgements=own if found.points[p].label in meeting else late) for p, s in found.seen.items()
        }
        return replace(found, seen=seen, card=CARD)

    assert (
        follows(judged(fronted()), name=flat) == "Of 6 configurations looked at, none is shown to meet every threshold."
    )
    assert follows(judged(fronted(), "both"), name=flat) == (
        "Of 6 configurations looked at, each judged alone, both meets every threshold, 2 of them by a value that did not "
        "vary."
    )
    assert follows(judged(fronted(), "both", "e5-small"), name=flat) == (
        "Of 6 configurations looked at, each judged alone, both and e5-small meet every threshold."
    )
    asked = fronted(candidate="both")
    assert (
        follows(judged(asked, "both"), name=flat)
        == "Of the other 5 configurations looked at, none is shown to meet every threshold."
    )
    assert follows(judged(asked, "both", "e5-small"), name=flat) == (
        "Of the other 5 configurations looked at, each judged alone, e5-small meets every threshold, 2 of them by a "
        "value that did not vary."
    )
    alone = fronted({"both": RAG["both"]}, candidate="both")
    assert follows(judged(alone, "both"), name=flat) == ""


def test_badges_count_every_status_and_give_the_score() -> None:
    def badged(scored_as: Scored | None) -> list[str]:
        return [fact.text for fact in badges(fronted(candidate="both"), scored_as)]

    assert badged(None) == ["● on front, 97 %"]
    assert badged(scored(CARD, {**GOOD, **LATE})) == [
        "● on front, 97 %", "✕ 1 missed", "✓ 1 met", "score 0.50, possible 0.50"
    ]  # fmt: skip
    assert badged(scored(CARD, {})) == ["● on front, 97 %", "– 2 not logged"]
    assert badges(fronted(), None) == ()
    better = traded(fronted(candidate="both", baseline="baseline"), Trade.BETTER)
    assert badges(better, None)[0].text == "▲ better on these 3 objectives"


@pytest.mark.parametrize(
    ("candidate", "trade", "values", "colour"),
    [
        ("", None, None, "blue"), ("both", None, None, "blue"), ("both", None, {**GOOD, **FAST}, "green"),
        ("both", None, {**GOOD, **LATE}, "red"), ("both", None, GOOD, "gray"), ("hyde", None, {**GOOD, **FAST}, "gray"),
        ("both", Trade.WORSE, {**GOOD, **FAST}, "red"), ("both", Trade.BETTER, None, "green"),
        ("both", Trade.NOT_SHOWN, None, "gray"), ("both", Trade.MIXED, {**GOOD, **FAST}, "gray"),
    ],
)  # fmt: skip
def test_the_colour_is_that_of_the_gravest(
    candidate: str, trade: Trade | None, values: dict[str, tuple[float, ...]] | None, colour: str
) -> None:
    found = fronted(candidate=candidate, baseline="baseline" if trade else "")
    found = traded(found, trade) if trade else found
    assert mark(found, None if values is None else scored(CARD, values)).colour == colour


def test_thousands_of_configurations_are_counted() -> None:
    point = fronted({"a": (0.5, 1.0)}, (F1, LATENCY)).points[0]
    beaten = replace(point, mean_on=False, place=Place.BEATEN)
    found = replace(fronted(metrics=(F1, COST)), points=(point, *([beaten] * 9_999)), seen={0: Seen(())})
    assert (
        headline(found, name=flat)
        == "On the front of f1_score and cost_per_1k_queries_usd: a, of 10,000 configurations."
    )


def test_names_are_listed_as_people_do() -> None:
    assert [listed(list("abc"[:n])) for n in (1, 2, 3)] == ["a", "a and b", "a, b and c"]
