"""`assay compare`: is the difference larger than the noise?"""

import math
import sys
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Any

import click

from assay.cli import tasks
from assay.cli.options import run_options, store_options, warn, workspace
from assay.cli.output import emit, say, table
from assay.model.comparison.answer import Candidate, Comparison
from assay.model.comparison.difference import Verdict
from assay.model.comparison.question import OF_SCORES, Aim, Method, Normalisation, Question, Statistic, Unit
from assay.model.metric import Direction
from assay.queries.comparison.answer import compare as compared
from assay.view.objects.comparison import comparison, sliced
from assay.view.tables.comparison import examples as example_tables
from assay.view.tables.comparison import plan as plans
from assay.view.tables.comparison.metrics import metrics as every_metric
from assay.view.tables.comparison.params import plain_params
from assay.view.tables.comparison.sides import sides
from assay.view.text.comparison import caveats
from assay.view.text.comparison.facts import better, family, quantity, right, sizes
from assay.view.text.comparison.headline import finding, headline
from assay.view.text.comparison.report import report
from assay.view.text.comparison.scale import scale_of
from assay.view.text.escape import flat
from assay.view.text.notes import words
from assay.view.text.numbers import MISSING

_REQUIRED = {"better": Aim.BETTER, "no_worse": Aim.NO_WORSE, "same": Aim.SAME}
_ROWS = 30
_CHANGES = 5
_SPARE = ("examples", "runs", "interval")  # the sentences around the table say these


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
    epilog="""JSON: {metric, direction, direction_source, method, level, unit, aim, margin, margin_source, alpha,
    correction, simultaneous, comparisons, resamples, seed, filter, baseline: SIDE, candidates: [SIDE + {difference:
    {mean, std, interval: [lo, hi], method, bootstrap_interval, bootstrap_method, p_value, p_adjusted, p_beyond,
    p_method, paired, pairs, min_attainable_p, effect_size, verdict, reason?}}], selected_from: {label,
    configurations, replicates, luck, excess} or null, params: [{key, values[]}], slices[], notes: [{code, sides[],
    …, sentence}], warnings[]} with SIDE = {label, filter, n, replicates, run_ids[], excluded: {reason: count},
    left_out: {code: count}, scores: [{run_id?, run_ids[], value, seed}], mean, std, interval, method,
    bootstrap_interval, bootstrap_method, reason?}; of the first metric, the others under also: [the same]. verdict:
    better, worse, differs (nobody said which way is better), no_worse, same, not_shown, cannot_be_significant,
    too_few. With --aim no-worse or same p is one-sided, of the claim, and to be below alpha, half of 1 - level;
    p_beyond is that of lying beyond the margin. effect_size: d_z paired, Hedges g unpaired. Over seeds each
    candidate + {plan: {n, paired, power, upper_std, detectable, needs: [{effect, replicates, reason?}],
    permutation_n, supported_margin, reason?}}. Beside every reason stands note: {code, …}. slices: [{label, column,
    category, n, baseline, candidate, difference, interval, method, p_value, p_adjusted, p_method, verdict,
    reason?}], worst regression first; label is the candidate's. With --slice over seeds also slice_comparisons;
    notes and warnings are then those of the slices too. With --unit examples or both: statistic, column, id_column,
    slice_comparisons instead of params; SIDE + {examples, uneven, only_here, undefined, repeated, not_logged:
    [{run_id, reason}]}; each candidate + {baseline: SIDE over the examples they share, examples, flips: {gained,
    lost, both_right, both_wrong, rule, limit, gained_examples: [EXAMPLE], lost_examples: [EXAMPLE]} or null,
    losses: [EXAMPLE], gains: [EXAMPLE], reason?} with EXAMPLE = {example_id, baseline, candidate, difference,
    slices: {column: category}}. With another statistic than mean, SIDE and difference hold value instead of mean,
    and there are no slices; f1, macro-f1 and auc are of logged predictions, where the scores hold no column of the
    metric's name. With --task-by: SIDE and difference hold value, the interquartile mean over the tasks on the
    scale, on which higher is better unless it is none; statistic, and tasks: {param, scale, scale_means, better,
    target, tasks[], aggregate: {iqm, median, mean, optimality_gap: {baseline: {value, interval}, candidates:
    [{label, value, interval, difference: {value, interval}}], reason?}, improvement: {candidates: [{label, value,
    interval}]}}, profile: {thresholds[], baseline: CURVE, candidates: [{label} + CURVE]}, per_task: [{task, label,
    n: [baseline, candidate], baseline, candidate, difference, interval, method, p_value, p_adjusted, p_method,
    paired, verdict, reason?}], left_out: [{task, reason}], efficiency: {steps[], baseline: CURVE, candidates:
    [{label} + CURVE], runs, values, missing, reason?} or null without --over-steps} with CURVE = {values[], low[],
    high[]}; per_task is in the logged unit."""
)
@store_options
@run_options
@click.option(
    "--metric",
    "metrics",
    required=True,
    multiple=True,
    metavar="M",
    help="Repeatable: p is corrected over all; the first is printed in full.",
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
    found = compared(work, question)
    # Slices are made of examples, whatever the comparison is made of.
    by_slice = found
    if question.slice_by and found.over_seeds:
        by_slice = compared(work, replace(question, unit=Unit.EXAMPLES))
    if as_json:
        emit(comparison(found) if by_slice is found else sliced(found, by_slice))
    else:
        _print(found, by_slice)
    if require and not _shown(found):
        sys.exit(1)


def _shown(found: Comparison) -> bool:
    """Whether every candidate is shown to be what was asked for, on every metric."""
    wanted = Verdict(found.rules.aim.replace("-", "_"))
    return all(c.difference.verdict is wanted for one in found.metrics for c in one.candidates)


def _print(found: Comparison, by_slice: Comparison) -> None:
    _show(found)
    for candidate in found.first.candidates:
        _show_changes(found, candidate)
    _show_slices(by_slice)
    limits, doubts = ((), ()) if by_slice is found else caveats.beside(found, by_slice)
    for text in limits:
        say(f"\n{text}")
    _show_basis(found)
    for text in (*caveats.warnings(found), *doubts):
        warn(text)
    if within := found.question.within.strip():
        say(f"\nEvery side holds only runs with {within}.")


def _show(found: Comparison) -> None:
    """The finding, every side, and a sentence for each candidate."""
    first, scale = found.first, scale_of(found.first)
    say(headline(found, scale, name=flat))
    hint = " --direction says which." if first.metric.direction_source == "assumed" else ""
    say(f"{quantity(first)}: {better(first.metric)}.{hint} {family(found)}.")
    each = {c.side.label: ", ".join(sizes(found, c)) for c in first.candidates}
    same = len(set(each.values())) == 1
    for line in dict.fromkeys(f"{size}." if same else f"{label}: {size}." for label, size in each.items()):
        say(line)
    say()
    if first.tasks:
        tasks.show(found, scale)
    else:
        table(sides(found, scale), wrap=True, spare=_SPARE)
    if len(found.metrics) > 1:
        say("\nEvery metric")
        table(every_metric(found), wrap=True)
    for candidate in first.candidates:
        if candidate.difference.value is not None:
            say(f"\n{report(found, first, candidate, scale)}")
        if candidate.difference.interval is None and not found.single:
            say(f"\n{finding(found, candidate, scale, name=flat)}")
    for side in first.sides:
        if not side.sample.run_ids:
            warn(f"{side.label}: no run matches its filter.")


def _show_basis(found: Comparison) -> None:
    """What sets the sides apart, what more runs could show, and how far all of it can be trusted."""
    _show_params(found)
    if found.over_seeds and not found.first.tasks:
        _show_plan(found)
    for text in caveats.caveats(found):
        say(f"\n{text}")


def _show_plan(found: Comparison) -> None:
    plan = plans.plan(found, scale_of(found.first), name=flat)
    say("\nPlan the next runs")
    for line in (*plan.lines, plan.caption):
        say(line)


def _show_params(found: Comparison) -> None:
    """Of a single candidate a line a param; of several a row a side."""
    differing = found.setting.params
    if differing:
        say("\nParams that differ")
    if differing and not found.single:
        table(plain_params(found))
        return
    for param in differing:
        say(f"{param.key}: " + " → ".join(value or MISSING for value in param.values))


def _show_changes(found: Comparison, candidate: Candidate) -> None:
    """Which examples flipped, or changed most."""
    one, scale = candidate.examined, scale_of(found.first, candidate)
    if one is None:
        return
    if one.flips:
        flips = one.flips
        whose = "" if found.single else f" under {candidate.side.label}"
        say(f"\nFlips{whose} ({right(flips)}): {flips.lost:,} right → wrong, {flips.gained:,} wrong → right.")
        changed = {
            "right → wrong": (flips.lost_examples, flips.lost),
            "wrong → right": (flips.gained_examples, flips.gained),
        }
    else:
        changed = {
            "Largest losses": (one.losses, len(one.losses)),
            "Largest gains": (one.gains, len(one.gains)),
        }
    for what, (rows, total) in changed.items():
        if rows:
            say(f"\n{what} under {candidate.side.label}")
            table(example_tables.changes(found, candidate, rows[:_CHANGES], scale, what))
            if total > _CHANGES:
                listed = "them" if total == len(rows) else f"the first {len(rows):,}"
                say(f"… and {total - _CHANGES:,} more; --json lists {listed}.")


def _show_slices(found: Comparison) -> None:
    """Worst regressions on top; the JSON holds every row."""
    if found.slice_comparisons:
        say("\nSlices, worst regressions first")
        table(example_tables.slices(found, scale_of(found.first), most=_ROWS), spare=("baseline",))
        if found.slice_comparisons > _ROWS:
            say(f"… and {found.slice_comparisons - _ROWS:,} more; --json gives every row.")
        return
    if found.question.slice_by and found.first.statistic is Statistic.MEAN:
        for candidate in found.first.candidates:
            why = words(candidate.examined.reason, found.labels) if candidate.examined else ""
            say(f"\nNo slices of {candidate.side.label}: {why or 'no shared examples to slice'}.")
