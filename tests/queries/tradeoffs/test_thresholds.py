"""Every configuration that is looked at is judged by the card, as its own scorecard judges it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assay.errors import SelectionError
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.question import Statistic
from assay.model.criteria import Criterion, Limit, Objective, Scorecard
from assay.model.metric import Direction, MetricUnit
from assay.model.policy import Policy
from assay.model.runs.exclusion import Exclusion
from assay.model.tradeoffs.front import Front
from assay.model.tradeoffs.notes import FrontNote, ScorecardNote
from assay.model.tradeoffs.question import FrontQuestion, ScorecardQuestion
from assay.model.tradeoffs.scorecard import Judgement, Status
from assay.queries.tradeoffs.front import front
from assay.queries.tradeoffs.scorecard import scorecard
from assay.view.text.tradeoffs.headline import headline
from assay.workspace import Workspace
from carded import DIGITS, carrying, criterion, filled
from looking import looked_at
from noted import has, of
from saying import refused
from stores import Store
from traded import SERVING

Cards = tuple[Scorecard, ...]
EVERY = ("a", "b", "c", "d", "skewed", "few", "still")
COSTS = Scorecard(
    "costs",
    ("serv*",),
    (Criterion("cost_usd", "cost", Limit("<", 0.1), 0.5), Criterion("ttft_ms", "speed", Limit("<", 1.0), 0.5)),
)
PER_CENT = "params.model = 'percent'"


@pytest.fixture(scope="module")
def look(policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("judged")
    return looked_at(filled(folder), folder / "data", carrying(policy, DIGITS))


def ask(look: Workspace, *metrics: str, cards: Cards = (DIGITS,), **more: Any) -> Front:
    usual: dict[str, Any] = {"experiments": ("digits",), "draws": 100}
    objectives = tuple(map(Objective.of, metrics or ("accuracy",)))
    return front(replace(look, policy=carrying(look.policy, *cards)), FrontQuestion(objectives, **usual | more))


def judged(found: Front, label: str) -> dict[str, Judgement]:
    place = [point.label for point in found.points].index(label)
    return {one.metric.name: one for one in found.seen[place].judgements}


@pytest.mark.parametrize("metrics", [("accuracy",), ("accuracy", "latency_p95_ms")])
def test_a_point_is_judged_as_its_own_scorecard_judges_it(look: Workspace, metrics: tuple[str, ...]) -> None:
    found = ask(look, *metrics)
    labels = [point.label for point in found.points]
    for label in set(EVERY) & set(labels):
        own = scorecard(look, ScorecardQuestion(f"params.model = '{label}'", experiments=("digits",)))
        for one in own.judgements:
            there = judged(found, label)[one.metric.name]
            assert (there.status, there.reason, there.criterion) == (one.status, one.reason, one.criterion)
            assert there.metric == one.metric
            assert (there.side.value, there.side.interval, there.side.replicates) == (
                one.side.value, one.side.interval, one.side.replicates
            )  # fmt: skip
    assert [judged(found, label)["accuracy"].status for label in "abcd"] == [
        Status.MET, Status.UNCERTAIN, Status.MISSED, Status.ALERT
    ]  # fmt: skip


def test_a_criterion_counts_every_training_that_logged_it_whatever_else_it_lacks(look: Workspace) -> None:
    found = ask(look, "latency_p95_ms", filter="params.model = 'a' and params.seed != '42'")
    assert judged(found, "a")["accuracy"].side.replicates == 4
    few = judged(ask(look), "few")
    assert (few["accuracy"].status, few["latency_p95_ms"].status) == (Status.UNCERTAIN, Status.NOT_LOGGED)
    assert of(few["accuracy"].reason, ScorecardNote.TOO_FEW_FOR_STATUS) == {"n": 2, "needed": 3}


def test_limits_stand_at_their_objectives_but_where_scores_are_of_mixed_scales(look: Workspace) -> None:
    found = ask(look, "grue:max", "latency_p95_ms", "accuracy")
    assert found.card == DIGITS
    assert found.limits == (None, Limit("<", 5.0), None)


def test_shares_logged_per_cent_meet_limits_per_cent(look: Workspace) -> None:
    found = ask(look, filter=PER_CENT, cards=(replace(DIGITS, criteria=(criterion("accuracy", "> 0.965", "< 0.9"),)),))
    own = judged(found, "percent")["accuracy"]
    assert (own.status, own.metric.unit) == (Status.MET, MetricUnit.PERCENT)
    assert (own.criterion.threshold.value, own.criterion.alert) == (96.5, Limit("<", 90.0))


def test_scores_of_mixed_scales_fit_no_threshold(look: Workspace) -> None:
    own = judged(ask(look), "mixed")["accuracy"]
    assert own.status is Status.UNCERTAIN
    assert of(own.reason, ComparisonNote.OFF_SCALE) == {"metric": "accuracy"}


@pytest.mark.parametrize(
    ("own", "others", "status"),
    [
        ((0.5, 0.51, 0.52), 3.2, Status.UNCERTAIN), ((0.5, 0.51, 0.52), 40.0, Status.ALERT),
        ((0.5, 0.51, 0.52), 0.7, Status.ALERT), ((0.0, 0.0, 0.0), 3.2, Status.MET), ((1.5, 1.6, 1.7), 3.2, Status.ALERT),
    ],
)  # fmt: skip
def test_small_numbers_among_per_cents_are_of_either_scale_and_whose_they_are_does_no_filter_change(
    work_of: Callable[[Store], Workspace], tmp_path: Path, own: tuple[float, ...], others: float, status: Status
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for seed, value in enumerate(own):
        store.run("e", params={"p": "own", "seed": seed}, metrics={"error_rate": value, "loss": 1.0})
        store.run("e", params={"p": "other", "seed": seed}, metrics={"error_rate": others + seed / 10, "loss": 1.0})
    work = work_of(store)
    card = Scorecard("ours", ("e",), (criterion("error_rate", "< 0.001", "> 0.01"),))
    work = replace(work, policy=carrying(work.policy, card))
    asked = scorecard(work, ScorecardQuestion("params.p = 'own'"))
    within = scorecard(work, ScorecardQuestion("params.p = 'own'", within="params.p = 'own'"))
    found = front(work, FrontQuestion((Objective("loss"),), filter="params.p = 'own'", draws=100))
    for one in (*asked.judgements, *within.judgements, *found.seen[0].judgements):
        assert one.status is status
        if status is Status.UNCERTAIN:
            assert of(one.reason, ScorecardNote.SCALE_UNKNOWN) == {
                "metric": "error_rate", "own": 0.52, "other": others
            }  # fmt: skip


def test_a_comparator_tells_the_way_of_a_metric_that_nobody_directed(look: Workspace) -> None:
    card = replace(DIGITS, criteria=(criterion("grue", "< 0.9", "> 0.95"),))
    found = ask(look, "grue", "accuracy", cards=(card,))
    asked = scorecard(replace(look, policy=carrying(look.policy, card)), ScorecardQuestion("params.model = 'd'"))
    for metric in (found.metrics[0], judged(found, "d")["grue"].metric, asked.judgements[0].metric):
        assert (metric.direction, metric.direction_source) == (Direction.MINIMIZE, "scorecard")
    assert found.points[0].label == "d"
    assert [m.direction_source for m in ask(look, "grue", cards=()).metrics] == ["assumed"]
    assert ask(look, "grue:max", cards=(card,)).metrics[0].direction_source == "option"
    assert [judged(found, label)["grue"].status for label in "ad"] == [Status.ALERT, Status.MET]


def test_an_unknown_card_is_refused_with_those_that_there_are(look: Workspace) -> None:
    with refused(SelectionError, "There is no scorecard 'guide'; the policy has digits."):
        ask(look, card="guide")
    with refused(SelectionError, "the policy has none"):
        ask(look, card="guide", cards=())


def test_a_name_chooses_the_card_and_the_first_that_speaks_of_all_experiments_is_taken(look: Workspace) -> None:
    wine, every = replace(DIGITS, name="wine", experiments=("wine",)), replace(DIGITS, name="every", experiments=("*",))
    assert ask(look, cards=(wine, DIGITS, every)).card == DIGITS
    assert ask(look, cards=(wine, DIGITS, every), card="wine").card == wine
    assert ask(look, cards=(wine, DIGITS, every), experiments=()).card == every


@pytest.mark.parametrize("cards", [(), (replace(DIGITS, experiments=("wine",)),)])
def test_without_a_card_nobody_is_judged_and_nothing_limits(look: Workspace, cards: Cards) -> None:
    found = ask(look, "accuracy", "latency_p95_ms", cards=cards)
    assert (found.card, found.limits) == (None, (None, None))
    assert not any(seen.judgements for seen in found.seen.values())


def test_a_card_of_metrics_that_nobody_logged_is_named_and_judges_nobody(look: Workspace) -> None:
    card = replace(DIGITS, criteria=(criterion("<b>f1</b>", "> 0.5"), criterion("f*", "> 0.5")))
    found = ask(look, cards=(card,))
    assert (found.card, found.limits) == (card, (None,))
    assert not any(seen.judgements for seen in found.seen.values())


def test_thresholds_do_not_shape_the_front(look: Workspace) -> None:
    def shape(found: Front) -> list[Any]:
        return [(point.label, point.place, point.probability, point.values) for point in found.points]

    assert shape(ask(look, "accuracy", "latency_p95_ms")) == shape(ask(look, "accuracy", "latency_p95_ms", cards=()))


def test_where_nobody_has_all_objectives_the_answer_says_so(look: Workspace) -> None:
    for filter in ("params.model = 'silent'", "params.model = 'nobody'"):
        found = ask(look, "accuracy", "latency_p95_ms", filter=filter)
        assert (found.points, found.seen, found.stairs) == ((), {}, {(0, 1): ()})
        assert "no front" in headline(found)


def test_single_runs_are_too_few_to_be_judged(look: Workspace) -> None:
    found = ask(look, group_by=None)
    statuses = {one.status for seen in found.seen.values() for one in seen.judgements}
    assert statuses <= {Status.UNCERTAIN, Status.NOT_LOGGED}
    assert Status.UNCERTAIN in statuses


def test_thresholds_are_those_of_means_beside_medians_and_that_is_said(look: Workspace) -> None:
    assert has(ask(look, statistic=Statistic.MEDIAN).notes, FrontNote.THRESHOLDS_BY_MEANS)
    assert not has(ask(look).notes, FrontNote.THRESHOLDS_BY_MEANS)
    assert not has(ask(look, cards=(), statistic=Statistic.MEDIAN).notes, FrontNote.THRESHOLDS_BY_MEANS)


def test_values_that_nobody_knows_are_none_on_the_card_either(serving: Workspace) -> None:
    carded, unknown = replace(serving, policy=carrying(serving.policy, COSTS)), (("cost_usd", (0.0,)),)
    small = ScorecardQuestion("params.model = 'small'", experiments=("serving",))
    found = front(carded, replace(SERVING, candidate=small.candidate, unknown=unknown))
    assert found.candidate is not None
    for judgements in (
        scorecard(carded, replace(small, unknown=unknown)).judgements,
        found.seen[found.candidate].judgements,
    ):
        assert judgements[0].side.value == pytest.approx(0.01)
        assert judgements[0].status is Status.UNCERTAIN
    assert scorecard(carded, small).judgements[0].side.value == pytest.approx(0.004)
    fast, unknown = replace(small, candidate="params.model LIKE '%fast%'"), (("cost_usd", (-1.0,)),)
    seen = front(carded, replace(SERVING, candidate=fast.candidate, unknown=unknown))
    assert seen.candidate is not None
    for judgements in (
        scorecard(carded, replace(fast, unknown=unknown)).judgements,
        seen.seen[seen.candidate].judgements,
    ):
        assert judgements[0].status is Status.NOT_LOGGED
        assert of(judgements[0].reason, ScorecardNote.CRITERION_UNUSABLE)["why"] == (Exclusion.UNKNOWN,)
        assert of(judgements[1].reason, ScorecardNote.CRITERION_NOT_LOGGED) == {"metric": "ttft_ms"}
    with refused(SelectionError, "no metric 'cots_usd'"):
        scorecard(carded, replace(small, unknown=(("cots_usd", (0.0,)),)))
