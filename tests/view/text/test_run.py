"""A run in a line."""

from dataclasses import replace

import pytest

from assay.model.metric import MetricUnit
from assay.model.runs.detail import Detail, Origin, Relative, Standing
from assay.model.runs.name import Name
from assay.model.runs.store import LifecycleStage, Run, RunStatus
from assay.view.text.numbers import scale
from assay.view.text.run import headline

SCALE = scale(MetricUnit.SHARE, [0.9])


def found(value: float, *others: float, name: str = "svc") -> Detail:
    run = Run("r1", name, "1", "e", RunStatus.FINISHED, LifecycleStage.ACTIVE, None, None, "", {"seed": "42"})
    values = tuple(sorted((value, *others)))
    standing = Standing(values, sum(values) / len(values), None)
    own = Relative("r1", name, "42", "FINISHED", None)
    detail = Detail(run, ("seed",), (own,), None, (), "", "e", 5, Origin(), {"accuracy": standing}, {}, Name())
    return replace(detail, run=replace(run, metrics={"accuracy": value}))


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        (found(0.9, 0.91, 0.92), "`svc, seed 42`: accuracy 90.0 %, the lowest of its 3 seeds"),
        (found(0.92, 0.91), "`svc, seed 42`: accuracy 92.0 %, the highest of its 2 seeds"),
        (found(0.91, 0.9, 0.92), "`svc, seed 42`: accuracy 91.0 %, within the range of its 3 seeds"),
        (found(0.9, 0.9), "`svc, seed 42`: accuracy 90.0 %, as all of its 2 seeds"),
        (
            replace(found(0.9, 0.91), run=replace(found(0.9).run, metrics={"accuracy": float("nan")})),
            "`svc, seed 42`: accuracy NaN %",
        ),
        (found(0.9), "`svc, seed 42`: accuracy 90.0 %"),
        (found(0.9, name="svc-42"), "`svc-42`: accuracy 90.0 %"),
        (
            replace(found(0.9, 0.91), unknown=frozenset({"accuracy"})),
            "`svc, seed 42`: accuracy 90.0 %, which means not known",
        ),
        (replace(found(0.9, 0.91), replicates=()), "`svc, seed 42`: accuracy 90.0 %"),
        (replace(found(0.9, 0.91), seeds=()), "`svc`: accuracy 90.0 %, the lowest of its 2 runs"),
    ],
)
def test_a_run_says_where_it_stands_among_its_seeds(detail: Detail, said: str) -> None:
    assert headline(detail, "accuracy", SCALE) == said


def test_without_a_metric_that_matters_it_is_its_name() -> None:
    assert headline(found(0.9), None, SCALE) == "`svc, seed 42`"
    assert headline(found(0.9, name="`x` [a](b)"), None, SCALE) == "`` `x` [a](b), seed 42 ``"
