"""`assay compare`: is the difference larger than the noise?"""

import math
import sys
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Any

import click

from assay.cli.comparison import printing
from assay.cli.comparison.form import JSON
from assay.cli.options import run_options, store_options, workspace
from assay.cli.output import emit
from assay.model.comparison.answer import Comparison
from assay.model.comparison.difference import Verdict
from assay.model.comparison.question import OF_SCORES, Aim, Method, Normalisation, Question, Statistic, Unit
from assay.model.metric import Direction
from assay.queries.comparison.answer import compare as compared
from assay.queries.comparison.metrics import usual
from assay.view.objects.comparison import comparison, sliced

_REQUIRED = {"better": Aim.BETTER, "no_worse": Aim.NO_WORSE, "same": Aim.SAME}


class _Level(click.FloatRange):
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = super().convert(value, param, ctx)
        if math.isnan(found):  # every comparison with it is false, so that no range refuses it
            self.fail("nan is no level; give a number such as 0.95.", param, ctx)
        return found


def _choices(members: Iterable[StrEnum]) -> click.Choice[str]:
    return click.Choice([member.value for member in members])


class _Margin(click.FloatRange):
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = float(super().convert(value, param, ctx))
        if not math.isfinite(found):
            self.fail(f"{value} is no margin; give a number above 0 in the metric's unit.", param, ctx)
        return found


@click.command(
    epilog=JSON,
)
@store_options
@run_options
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    metavar="M",
    help="Repeatable: p is corrected over all; the first is printed in full. Without one all that the policy judges.",
)
@click.option("--baseline", required=True, metavar="F", help="Filter that finds the baseline's runs.")
@click.option("--candidate", "candidates", required=True, multiple=True, metavar="F", help="One filter each.")
@click.option("--direction", type=_choices(Direction), help="Else the policy's, else the name's.")
@click.option("--aim", type=_choices(Aim), help="What is to be shown; better unless --require says otherwise.")
@click.option(
    "--margin",
    type=_Margin(0, min_open=True),
    metavar="X",
    help="How much worse is no worse; else the smallest effect.",
)
@click.option("--require", type=click.Choice(list(_REQUIRED)), help="Exit 1 unless every comparison shows it.")
@click.option("--simultaneous", is_flag=True, help="Intervals that hold together (Bonferroni).")
@click.option("--unit", type=_choices(Unit), default=Unit.SEEDS.value, show_default=True, help="What a claim is about.")
@click.option("--method", type=_choices(Method), help="Else the policy's.")
@click.option(
    "--statistic",
    type=_choices(OF_SCORES),
    default=Statistic.MEAN.value,
    show_default=True,
    help="Of the examples' scores; all but the mean need --unit examples.",
)
@click.option("--level", type=_Level(0.5, 0.9999), help="Of every interval; else the policy's.")
@click.option("--resamples", type=click.IntRange(1_000, 1_000_000), help="Where nothing exact can be computed.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Of that resampling.")
@click.option("--pair-by", metavar="PARAM", help="Param whose equal values pair runs, or `none`; else the seeds.")
@click.option("--task-by", metavar="PARAM", help="Compare over its values as tasks, such as dataset or env.")
@click.option("--normalise", type=_choices(Normalisation), help="Scale of tasks; else the policy's references, if any.")
@click.option("--over-steps", is_flag=True, help="Tasks by every run's history too, read from the store.")
@click.option("--slice", "slice_by", metavar="COL", help="Column of the example scores; else every one, with --unit.")
@click.option("--cluster", metavar="COL", help="Column whose equal values make examples alike, or `none`.")
def compare(
    tracking_uri: str | None,
    data: str | None,
    policy: str | None,
    as_json: bool,
    experiments: tuple[str, ...],
    filter: str,
    deleted: bool,
    no_sync: bool,
    metrics: tuple[str, ...],
    direction: str | None,
    aim: str | None,
    require: str | None,
    method: str | None,
    statistic: str,
    normalise: str | None,
    unit: str,
    candidates: tuple[str, ...],
    **more: Any,
) -> None:
    """Compare candidates with a baseline on one or more metrics, with intervals that say what they assume.

    Over `seeds`, scores of runs are compared; over `examples`, scores of single test examples, averaged over a
    side's runs; over `both`, those of runs that share a seed, so that a claim holds for new seeds and new examples.
    Exits 0 whatever it finds, unless --require is not shown.
    """
    aims = {Aim(given) for given in (aim, _REQUIRED.get(require or "")) if given}
    if len(aims) > 1:
        raise click.UsageError(f"--require {require} asks whether it is {_REQUIRED[str(require)]}; --aim is {aim}.")
    work = workspace(tracking_uri, data, policy, no_sync=no_sync)
    question = Question(
        metrics=metrics,
        aim=next(iter(aims), Aim.BETTER),
        candidates=candidates,
        experiments=experiments,
        within=filter,
        deleted=deleted,
        unit=Unit(unit),
        direction=Direction(direction) if direction else None,
        method=Method(method) if method else None,
        statistic=Statistic(statistic),
        normalise=Normalisation(normalise) if normalise else None,
        **more,
    )
    question = replace(question, metrics=metrics or usual(work, question))
    # Slices are made of examples, whatever the comparison is made of, and so are their clusters.
    sliced_beside = bool(question.slice_by) and question.unit is Unit.SEEDS
    found = compared(work, replace(question, cluster=None) if sliced_beside else question)
    by_slice = found
    if sliced_beside:
        by_slice = compared(work, replace(question, unit=Unit.EXAMPLES))
    if as_json:
        emit(comparison(found) if by_slice is found else sliced(found, by_slice))
    else:
        printing.show(found, by_slice)
    if require and not _shown(found):
        sys.exit(1)


def _shown(found: Comparison) -> bool:
    """Whether every candidate is shown to be what was asked for, on every metric."""
    wanted = Verdict(found.rules.aim.replace("-", "_"))
    return all(c.difference.verdict is wanted for one in found.metrics for c in one.candidates)
