"""Which objectives are traded off: those chosen, a set of the policy, or what the policy judges."""

from dataclasses import replace

import pytest

from assay.errors import SelectionError
from assay.model.criteria import Objective, ObjectiveSet
from assay.model.metric import Direction, MetricUnit
from assay.model.policy import MetricPolicy, ParamsPolicy, Policy, StatisticsPolicy
from assay.queries.tradeoffs.objectives import objectives
from saying import refused

SERVING = ObjectiveSet("serving", (Objective.of("ttft_ms:min"), Objective.of("cost_usd:min"), Objective.of("qps:max")))
POLICY = Policy(
    (
        MetricPolicy("accuracy", Direction.MAXIMIZE),
        MetricPolicy("f1", Direction.MAXIMIZE),
        MetricPolicy("rmse", Direction.MINIMIZE),
        MetricPolicy("*_ms", Direction.MINIMIZE, MetricUnit.MILLISECONDS),
    ),
    StatisticsPolicy(),
    ParamsPolicy(),
    objectives=(SERVING,),
)


def names(found: ObjectiveSet) -> list[str]:
    return [one.text for one in found.objectives]


def test_the_first_set_that_is_all_there_is_the_default() -> None:
    found = objectives(POLICY, ("accuracy", "cost_usd", "qps", "ttft_ms"))
    assert (found.name, names(found)) == ("serving", ["ttft_ms:min", "cost_usd:min", "qps:max"])
    assert objectives(POLICY, ("accuracy", "qps", "ttft_ms")).name == ""


def test_without_a_set_the_first_judged_metric_stands_against_what_it_costs() -> None:
    assert names(objectives(POLICY, ("qps", "rmse", "f1", "accuracy"))) == ["accuracy", "f1"]
    assert names(objectives(POLICY, ("f1", "latency_ms", "accuracy"))) == ["accuracy", "latency_ms"]
    assert names(objectives(POLICY, ("f1",))) == ["f1"]
    assert names(objectives(replace(POLICY, metrics=()), ("wins", "loss", "gains"))) == ["wins", "loss"]


def test_of_several_the_policys_first_is_taken_and_the_commonest_where_it_says_nothing() -> None:
    small = ObjectiveSet("small", (Objective.of("qps:max"),))
    two = replace(POLICY, objectives=(SERVING, small))
    assert objectives(two, ("qps", "ttft_ms", "cost_usd")) is SERVING
    assert objectives(two, ("qps", "ttft_ms")) is small
    assert objectives(replace(two, objectives=(small, SERVING)), ("qps", "ttft_ms", "cost_usd")) is small
    # Measured in something are both latencies; that which is there first is taken.
    assert names(objectives(POLICY, ("p95_ms", "f1", "p50_ms"))) == ["f1", "p95_ms"]
    bare = replace(POLICY, metrics=())
    assert names(objectives(bare, ("x", "wins", "y", "loss"))) == ["wins", "loss"]
    assert names(objectives(bare, ("x", "y", "z"))) == ["x", "y"]


def test_a_set_or_metrics_can_be_chosen_by_name() -> None:
    metrics = ("accuracy", "qps", "ttft_ms", "cost_usd", "a:b")
    assert objectives(POLICY, metrics, ("serving",)) is SERVING
    assert names(objectives(POLICY, metrics, ("qps:min", "accuracy", "a:b"))) == ["qps:min", "accuracy", "a:b"]
    assert objectives(POLICY, ("serving",), ("serving",)) == ObjectiveSet("", (Objective("serving"),))


def test_a_set_can_be_chosen_among_metrics() -> None:
    metrics = ("accuracy", "cost_usd", "qps", "ttft_ms")
    found = objectives(POLICY, metrics, ("accuracy", "serving"))
    assert (found.name, names(found)) == ("", ["accuracy", "ttft_ms:min", "cost_usd:min", "qps:max"])


def test_a_metric_whose_name_ends_as_a_direction_does_is_that_metric() -> None:
    assert objectives(POLICY, ("load:max", "load"), ("load:max",)).objectives == (Objective("load:max"),)
    turned = objectives(POLICY, ("load:max",), ("load:max:min",)).objectives
    assert turned == (Objective("load:max", Direction.MINIMIZE),)


def test_unknown_names_are_refused_with_near_ones() -> None:
    with refused(SelectionError, "no metric and no set of objectives 'servin'.*'serving'"):
        objectives(POLICY, ("accuracy",), ("servin",))
    with refused(SelectionError, "no set of objectives 'acuracy:max'. There are 'accuracy'"):
        objectives(POLICY, ("accuracy",), ("acuracy:max", "accuracy"))
    for chosen in (("serving",), ("accuracy", "serving")):
        with refused(SelectionError, "^No run found logged ttft_ms or cost_usd of the set of objectives 'serving'.$"):
            objectives(POLICY, ("accuracy", "qps"), chosen)
    with refused(
        SelectionError, "^'serving:max' is no objective: 'serving' is a set of objectives, which takes no direction"
    ):
        objectives(POLICY, ("accuracy",), ("accuracy", "serving:max"))
    with refused(SelectionError, "No run found logged a metric"):
        objectives(POLICY, ())


@pytest.mark.parametrize(("chosen", "name"), [((), "digits"), (("serving",), "serving"), (("rag",), "rag")])
def test_the_shipped_sets_are_known(policy: Policy, chosen: tuple[str, ...], name: str) -> None:
    every = [one.metric for own in policy.objectives for one in own.objectives]
    assert objectives(policy, every, chosen).name == name
