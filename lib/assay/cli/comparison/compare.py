"""`assay compare`: is the difference larger than the noise?"""

import math
from collections.abc import Iterable
from functools import partial
from typing import Any, Literal

import click

from assay.cli.comparison import examples
from assay.cli.options import Workspace, run_options, store_options, warn, workspace
from assay.cli.output import emit, say, table
from assay.model.comparison import OF_SCORES, Candidate, Comparison, Direction, Method, Side, Statistic
from assay.model.examples import ExampleUnit
from assay.queries import objects
from assay.queries.comparison.examples import several
from assay.queries.comparison.seeds import Compared, Options, compared
from assay.view.text import numbers
from assay.view.text.comparison import sentences
from assay.view.text.escape import flat

UNITS = ("seeds", "examples", "both")


class _Level(click.FloatRange):
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = super().convert(value, param, ctx)
        if math.isnan(found):  # every comparison with it is false, so that no range refuses it
            self.fail("nan is no level; give a number such as 0.95.", param, ctx)
        return found


def _choices(members: Iterable[Direction | Method | Statistic]) -> click.Choice[str]:
    return click.Choice([member.value for member in members])


def _one(_: click.Context, param: click.Parameter, given: tuple[str, ...]) -> str:
    if len(given) > 1:
        listed = ", ".join(given)
        raise click.BadParameter(f"{listed} are {len(given)}; ask for one metric at a time.", param=param)
    return given[0]


@click.command(
    epilog="""JSON: {metric, direction, direction_source, method, level, unit, correction, comparisons, resamples, seed,
    filter, baseline: SIDE, candidates: [SIDE + {difference: {mean, std, interval: [lo, hi], method, bootstrap_interval,
    bootstrap_method, p_value, p_adjusted, p_method, paired, pairs, min_attainable_p, effect_size, verdict, reason?}}],
    params: [{key, values[]}], slices[], warnings[]} with SIDE = {label, filter, n, replicates, run_ids[], excluded:
    {reason: count}, scores: [{run_id, value, seed}], mean, std, interval, method, bootstrap_interval,
    bootstrap_method, reason?}. verdict: better, worse, not_shown, cannot_be_significant, too_few.
    effect_size: d_z paired, Hedges g unpaired.
    slices: [{label, column, category, n, baseline, candidate, difference, interval, method, p_value, p_adjusted,
    p_method, verdict, reason?}], worst regression first; label is the candidate's.
    With --unit examples or both: statistic, column, id_column, slice_comparisons instead of params; SIDE +
    {examples, uneven, only_here, undefined, repeated, not_logged: [{run_id, reason}]}; each candidate + {baseline:
    SIDE over the examples they share, examples, flips: {gained, lost, both_right, both_wrong, rule, limit,
    gained_examples: [EXAMPLE], lost_examples: [EXAMPLE]} or null, losses: [EXAMPLE], gains: [EXAMPLE], reason?} with
    EXAMPLE = {example_id, baseline, candidate, difference, slices: {column: category}}. With another statistic
    than mean, SIDE and difference hold value instead of mean, and there are no slices; f1, macro-f1 and auc are of
    logged predictions, where the scores hold no column of the metric's name."""
)
@store_options
@run_options
@click.option(
    "--metric", required=True, multiple=True, callback=_one, metavar="M", help="The metric to compare on; one a call."
)
@click.option("--baseline", required=True, metavar="F", help="Filter that finds the baseline's runs.")
@click.option("--candidate", "candidates", required=True, multiple=True, metavar="F", help="One filter each.")
@click.option("--direction", type=_choices(Direction), help="Else the policy's, else the name's.")
@click.option("--unit", type=click.Choice(UNITS), default="seeds", show_default=True, help="What a claim is about.")
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
@click.option("--slice", "slice_by", metavar="COL", help="Column of the example scores; else every one, with --unit.")
def compare(
    tracking_uri: str | None,
    data: str | None,
    policy: str | None,
    as_json: bool,
    experiments: tuple[str, ...],
    filter: str,
    deleted: bool,
    no_sync: bool,
    metric: str,
    baseline: str,
    candidates: tuple[str, ...],
    direction: str | None,
    method: str | None,
    statistic: str,
    level: float | None,
    resamples: int | None,
    seed: int,
    pair_by: str | None,
    slice_by: str | None,
    unit: ExampleUnit | Literal["seeds"],
) -> None:
    """Compare candidates with a baseline on one metric, with intervals that say what they assume.

    Over `seeds`, scores of runs are compared; over `examples`, scores of single test examples, averaged over a
    side's runs; over `both`, those of runs that share a seed, so that a claim holds for new seeds and new examples.
    Exits 0 whatever it finds.
    """
    work = workspace(tracking_uri, data, policy, no_sync=no_sync)
    asked: dict[str, Any] = {
        "metric": metric,
        "baseline": baseline,
        "candidates": candidates,
        "experiments": experiments,
        "deleted": deleted,
        "options": Options(
            direction=Direction(direction) if direction else None,
            method=Method(method) if method else None,
            level=level,
            resamples=resamples,
            seed=seed,
            pair_by=pair_by,
            statistic=Statistic(statistic),
            within=filter,
        ),
    }
    show = _over_seeds if unit == "seeds" else partial(_over_examples, unit)
    show(work, asked, slice_by, as_json=as_json)
    if filter.strip() and not as_json:
        say(f"\nEvery side holds only runs with {filter.strip()}.")


def _over_examples(
    unit: ExampleUnit, work: Workspace, asked: dict[str, Any], slice_by: str | None, *, as_json: bool
) -> None:
    found = several(work.snapshot, work.policy, work.settings, **asked, unit=unit, slice_by=slice_by)
    if as_json:
        emit(objects.examples(found) | {"filter": asked["options"].within.strip()})
    else:
        examples.show(found)


def _over_seeds(work: Workspace, asked: dict[str, Any], slice_by: str | None, *, as_json: bool) -> None:
    """Slices are made of examples, whatever the comparison is made of."""
    found = compared(work.snapshot, work.policy, **asked)
    sliced = several(work.snapshot, work.policy, work.settings, **asked, slice_by=slice_by) if slice_by else ()
    if as_json:
        emit(objects.comparison(found, objects.slices(sliced)) | {"filter": asked["options"].within.strip()})
        return
    _show(found)
    examples.show_slices(sliced)


def _show(found: Compared) -> None:
    comparison = found.comparison
    sides = [comparison.baseline, *(c.side for c in comparison.candidates)]
    scale = numbers.scale_of(comparison, found.unit)
    say(sentences.headline(comparison, scale, name=flat))
    say(f"{comparison.metric}: {_better(comparison)}. {sentences.family(comparison)}.\n")
    headers = ["", "n", scale.header("mean ± std"), "interval", "difference", "interval", "p adjusted", "verdict"]
    table(
        headers,
        [
            _row("baseline: ", comparison.baseline, scale),
            *(_candidate_row(c, scale) for c in comparison.candidates),
        ],
        right=range(1, 7),
    )
    for candidate in comparison.candidates:
        say("\n" + sentences.report(comparison, candidate, scale))
    for param in found.params:
        say(f"{param.key}: " + " → ".join(value or numbers.MISSING for value in param.values))
    for side in sides:
        if not side.sample.run_ids:
            warn(f"{side.sample.label}: no run matches its filter.")
        if side.sample.excluded:
            say(f"Left out of {side.sample.label}: {sentences.excluded(dict(side.sample.excluded))}.")
    for sentence in comparison.warnings:
        warn(sentence)


def _better(comparison: Comparison) -> str:
    word = "higher" if comparison.direction is Direction.MAXIMIZE else "lower"
    said = {
        "option": "as asked",
        "policy": "by the policy",
        "name": "judging by its name",
        "assumed": "assumed: set it with --direction",
    }
    return f"{word} is better, {said[comparison.direction_source]}"


def _row(prefix: str, side: Side, scale: numbers.Scale) -> list[str]:
    interval = side.interval
    return [
        prefix + side.sample.label,
        str(side.replicates),
        scale.spread(side.mean, side.std),
        scale.limits(interval.low, interval.high, signed=False) if interval else numbers.MISSING,
        *[""] * 4,
    ]


def _candidate_row(candidate: Candidate, scale: numbers.Scale) -> list[str]:
    difference = candidate.difference
    interval = difference.interval
    return [
        *_row("", candidate.side, scale)[:4],
        scale.difference(difference.mean),
        scale.limits(interval.low, interval.high) if interval else numbers.MISSING,
        numbers.p_value(difference.p_adjusted),
        difference.verdict.replace("_", " "),
    ]
