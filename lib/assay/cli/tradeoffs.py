"""`assay tradeoffs`: which configurations nothing beats on several metrics together."""

from typing import Any

import click

from assay.cli.options import MetricValue, of_somebody, run_options, store_options, unknown_option, warn, workspace
from assay.cli.output import emit, say
from assay.cli.runs import AUTO
from assay.model.comparison.question import Statistic
from assay.model.tradeoffs.front import Front
from assay.model.tradeoffs.question import DRAWS, SINGLE_RUNS, FrontQuestion
from assay.queries.runs.inventory import all_keys, keys
from assay.queries.tradeoffs.front import front
from assay.queries.tradeoffs.grouping import group_by as of_params
from assay.queries.tradeoffs.objectives import objectives
from assay.queries.tradeoffs.reference import point
from assay.view.exports import markdown
from assay.view.objects import front as objects
from assay.view.tables.tradeoffs import front as tables
from assay.view.text.escape import named, short
from assay.view.text.notes import words
from assay.view.text.tradeoffs.account import account, basis, doubts, remarks
from assay.view.text.tradeoffs.account import objectives as whose
from assay.view.text.tradeoffs.headline import follows, headline

_LONGEST = 300


@click.command(
    epilog="""JSON: {objectives: [{metric, direction, direction_source, unit}], objective_set, asked, statistic,
    group_by, filter, level, correction, minimum_runs, draws, seed, scorecard, limits: {metric: {comparator,
    threshold}}, configurations, front: [POINT], possible: [POINT], dominated, baseline: POINT or null, candidate: POINT
    or null, excluded: [{label, run_ids[], reason, code, metrics[], whole}], hypervolume: {value, reference: {metric:
    number}, ideal: {metric: number}} or null, notes: [{code, …, sentence}], warnings[]} with POINT = {label, key:
    {param: value}, filter, experiment, run_ids[], n, replicates, values: {metric: number}, intervals: {metric: [lo, hi]
    or null}, probability, state, to_baseline, verdicts: {metric: verdict}, thresholds: {metric: status}, beaten_by,
    reason?} and asked = {objectives[], experiments[], filter, deleted, group_by, ignore[], statistic, baseline,
    candidate, unknown: {metric: [number]}, reference: {metric: number} or null, card, seed, draws}, null for what was
    not given. n counts runs; statistics use the replicates. front: what no other's values beat, best first by the first
    objective; possible: what others' values beat and may be on it all the same; dominated counts all others.
    probability: of being on the front, null below minimum_runs. state: on_front from .95 on, beaten below .05 where
    others' values beat it too, else possible. to_baseline: better (in one objective, worse in none; Holm over the
    objectives), worse, mixed, not_shown, baseline. hypervolume: the share of the room from ideal to reference, which
    all configurations of the experiments span, whatever the filter."""
)
@store_options
@run_options
@click.option(
    "--objective",
    "chosen",
    multiple=True,
    metavar="METRIC[:max|:min]",
    help="Repeatable, or one set of the policy by name; else the policy's first set that is logged.",
)
@click.option(
    "--group-by",
    default=AUTO,
    metavar="P,Q",
    help=f"Params, `{AUTO}` (all but the seed) or `{SINGLE_RUNS}` (single runs).",
)
@click.option(
    "--statistic",
    type=click.Choice([Statistic.MEAN.value, Statistic.MEDIAN.value]),
    default=Statistic.MEAN.value,
    show_default=True,
    help="Of a configuration's replicates.",
)
@click.option("--baseline", default="", callback=of_somebody, metavar="F", help="Filter that finds today's runs.")
@click.option(
    "--candidate", default="", callback=of_somebody, metavar="F", help="Filter that finds the runs to look at."
)
@click.option("--scorecard", "card", default="", metavar="NAME", help="Else the policy's first for these experiments.")
@unknown_option
@click.option(
    "--reference", multiple=True, type=MetricValue(), help="The hypervolume's reference point; one an objective."
)
@click.option(
    "--draws",
    type=click.IntRange(100, 100_000),
    show_default=f"{DRAWS}, fewer where fronts are large",
    help="For probabilities.",
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Of these draws.")
def tradeoffs(
    tracking_uri: str | None,
    data: str | None,
    policy: str | None,
    as_json: bool,
    no_sync: bool,
    chosen: tuple[str, ...],
    group_by: str,
    statistic: str,
    unknown: tuple[tuple[str, float], ...],
    reference: tuple[tuple[str, float], ...],
    **asked: Any,
) -> None:
    """Find the configurations that nothing beats on several metrics together, and how sure that is.

    What is left out, runs and whole configurations, is listed with its reason.
    """
    work = workspace(tracking_uri, data, policy, no_sync=no_sync)
    known = (all_keys if asked["deleted"] else keys)(work, asked["experiments"]).metrics
    of = objectives(work.policy, known, chosen)
    wanted = of.objectives
    params = tuple(part.strip() for part in group_by.split(",") if part.strip())
    names = list(dict.fromkeys(one.metric for one in wanted))
    if (limit := point(reference, names)) is None:
        given = short(", ".join(dict(reference)), _LONGEST)
        raise click.UsageError(f"--reference names {given}; it must name every objective: {', '.join(names)}.")
    found = front(
        work,
        FrontQuestion(
            wanted,
            group_by=() if params == (AUTO,) else of_params(params),
            statistic=Statistic(statistic),  # type: ignore[arg-type]
            unknown=tuple((name, (value,)) for name, value in unknown),
            reference=limit,
            **asked,
        ),
    )
    if as_json:
        emit(objects.front(found, of.name))
    else:
        _show(found, whose(of.name, chosen=bool(chosen), name=named))


def _show(found: Front, of: str) -> None:
    """The sentence first, then Markdown; `of`: whose objectives these are."""
    say(headline(found, name=named))
    if found.points:
        say()
        for line in markdown(tables.front(found)).splitlines():
            say(line)
    known = " ".join((basis(found), *map(words, remarks(found)))).strip()
    for line in (of, follows(found, name=named), known, account(found, name=named)):
        if line:
            say(f"\n{line}")
    for own in doubts(found):
        warn(words(own))
