"""What is said of a margin: the claim, how far off it could be, and what it takes to show it."""

from dataclasses import replace

import pytest

from assay.analysis.comparison import family, seeds
from assay.model.comparison.answer import Comparison
from assay.model.comparison.question import Aim, Question, Rules
from assay.model.metric import Direction, Metric, MetricUnit
from assay.view.tables.comparison.plan import plan
from assay.view.tables.comparison.sides import sides
from assay.view.text.comparison.claim import carried
from assay.view.text.comparison.consequence import consequence
from assay.view.text.comparison.headline import headline, mark
from assay.view.text.comparison.report import reports
from assay.view.text.comparison.scale import scale_of
from assay.view.text.escape import flat
from seeded import sample

BASE = (8.0, 8.4, 8.2, 8.9, 8.5)
SLOWER = tuple(b + d for b, d in zip(BASE, (1.9, 1.5, 2.4, 1.2, 2.5), strict=True))
LATENCY = Metric("latency_ms", Direction.MINIMIZE, "policy", MetricUnit.MILLISECONDS, margin=5.0)


def asked(*candidates: tuple[float, ...], aim: Aim = Aim.NO_WORSE, metric: Metric = LATENCY) -> Comparison:
    rules = Rules(aim=aim, family=len(candidates))
    samples = [sample(f"own{place}", values) for place, values in enumerate(candidates)]
    one = seeds.compared(metric, sample("base", BASE), samples, rules)
    question = Question((metric.name,), "b", tuple(s.filter for s in samples), aim=aim)
    return Comparison(question, rules, family.decided([one], rules), comparisons=len(samples))


def said(found: Comparison) -> str:
    return headline(found, scale_of(found.first), name=flat)


@pytest.mark.parametrize(
    ("aim", "metric", "sentence"),
    [
        (
            Aim.NO_WORSE,
            LATENCY,
            "own0 is no worse than base: latency_ms could be at most 2.60 ms higher; the margin is 5 ms.",
        ),
        (
            Aim.NO_WORSE,
            replace(LATENCY, margin=2.0),
            "Not shown that own0 is no worse than base: latency_ms could be 2.60 ms higher; the margin is 2 ms.",
        ),
        (
            Aim.NO_WORSE,
            replace(LATENCY, margin=0.5),
            "own0 is worse than base by more than allowed: latency_ms is at least 1.20 ms higher; the margin is 0.5 ms.",
        ),
        (
            Aim.SAME,
            LATENCY,
            "own0 is the same as base within the margin: latency_ms could be at most 2.60 ms apart; the margin is ±5 ms.",
        ),
        (
            Aim.SAME,
            replace(LATENCY, margin=0.5),
            "own0 is not the same as base: latency_ms is at least 1.20 ms higher; the margin is ±0.5 ms.",
        ),
    ],
)
def test_the_claim_comes_first_with_the_margin(aim: Aim, metric: Metric, sentence: str) -> None:
    assert said(asked(SLOWER, aim=aim, metric=metric)) == sentence


def test_a_gain_is_no_loss_and_several_candidates_are_counted() -> None:
    faster = tuple(b - 1.0 - 0.1 * i for i, b in enumerate(BASE))
    assert (
        said(asked(faster))
        == "own0 is no worse than base: latency_ms shows no loss in its whole interval; the margin is 5 ms."
    )
    far = tuple(b + 30.0 + i for i, b in enumerate(BASE))
    assert said(asked(SLOWER, far)) == (
        "1 of 2 candidates is no worse than base on latency_ms: own0; 1 is worse than allowed; the margin is 5 ms."
    )
    assert said(asked(far, far)) == (
        "None of 2 candidates is shown to be no worse than base on latency_ms; 2 are worse than allowed; the margin is 5 ms."
    )


def test_every_claim_carries_margin_source_and_the_limit_of_its_p() -> None:
    found = asked(SLOWER)
    scale, shown = scale_of(found.first), [fact.text for fact in carried(found)]
    assert "margin 5 ms, policy" in shown
    assert any(text.endswith("one-sided (limit 0.025)") for text in shown)
    chosen = asked(SLOWER, metric=replace(LATENCY, margin_given=True))
    assert "margin 5 ms, chosen" in [fact.text for fact in carried(chosen)]
    [report] = reports(found)
    assert "margin 5 ms, policy, p < 0.001, one-sided (limit 0.025) (paired t), no worse." in report
    assert "p, one-sided" in [column.header for column in sides(found, scale).columns.values()]
    assert (mark(found).glyph, mark(found).word) == ("✓", "no worse")


def test_what_a_kept_margin_does_not_mean_and_what_a_lost_one_takes() -> None:
    kept, lost = asked(SLOWER), asked(SLOWER, metric=replace(LATENCY, margin=2.2))
    follows = consequence(kept, kept.first.candidates[0], scale_of(kept.first)).replace("\\", "")
    assert follows.endswith("no worse means that the loss is shown to stay below the margin, not that there is none.")
    assert "would probably show it" in consequence(lost, lost.first.candidates[0], scale_of(lost.first))
    beyond = asked(SLOWER, metric=replace(LATENCY, margin=1.8))
    assert "beyond the margin itself" in consequence(beyond, beyond.first.candidates[0], scale_of(beyond.first))
    rows = plan(kept, scale_of(kept.first)).rows
    assert [*rows] == ["Smallest margin that 5 paired seeds support", "To show no worse, margin 5 ms, policy, run"]
    assert rows["Smallest margin that 5 paired seeds support"] == "**2.60 ms**"


def test_without_a_margin_the_reason_is_the_headline() -> None:
    found = asked(SLOWER, metric=replace(LATENCY, margin=None))
    assert said(found).startswith("Whether own0 is no worse than base can't be judged: nobody said how much worse")
    assert plan(found, scale_of(found.first)).caption.startswith("Nobody said how much worse latency_ms may get")
    [report] = reports(found)
    assert report.endswith(f"{mark(found).word}.")
    assert mark(found).word == "not judged"
