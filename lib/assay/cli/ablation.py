"""`assay ablation`: what each component adds, what they do together, and what can go."""

import csv
from collections.abc import Collection, Sequence
from typing import Any

import click

from assay.cli.options import of_somebody, run_options, store_options, warn, workspace
from assay.cli.output import emit, say, table
from assay.model.ablation.answer import Ablation
from assay.model.ablation.question import AblationQuestion
from assay.model.metric import Direction
from assay.queries.ablation.answer import ablation as taken_apart
from assay.queries.ablation.notation import filters_given, levels_given
from assay.queries.runs.inventory import all_keys, keys
from assay.view.objects import ablation as objects
from assay.view.tables.ablation import arms, parts
from assay.view.text.ablation.account import basis, doubts, left_out, remarks, shares
from assay.view.text.ablation.headline import follows, headline
from assay.view.text.ablation.pairs import interpretation
from assay.view.text.ablation.words import labels
from assay.view.text.escape import named
from assay.view.text.notes import words


@click.command(
    epilog="""JSON: {metric, direction, direction_source, level, correction, minimum_runs, design: leave-one-out |
    factorial, experiment, asked, components: [{component, on, off, follows: [{param, on, off}]}], full: SIDE,
    contributions: [{component, contribution, TEST, class, hurts, alone: GAIN, yates, shapley}], interactions:
    [{components[], effect, yates, averaged_over[], TEST, estimable, missing: [[component]]}], shapley: {component:
    number or null}, yates: {component or "a × b": number or null}, together[], whole: GAIN, background: {component:
    level}, pairs: [{components[], loss, TEST, fate, beyond: GAIN, case, winner, hurting[], substitutes, cells:
    {without_both, first_alone, second_alone, both: {mean, interval, n}} or null}], smallest: {kept[], off[], filter,
    loss, TEST, picked_from, passed} or null, arms: [SIDE + {off[], lost: GAIN, above: GAIN, as_tested, question}],
    limits: {critical, removable, source} or null, interpretation, hypothesis, questions: {text: [component off]},
    excluded: {reason: count}, notes: [{code, …, sentence}], warnings[]} with SIDE as in compare, TEST = interval: [lo,
    hi], method, p_value, p_adjusted, p_method, paired, n, reason? and GAIN = {value, TEST} or null. Everything is in
    the unit that was logged, and positive where it makes the metric better. contribution: full − without; p over all
    components. class: critical, important, optional, removable or undecided, by the whole interval; null without
    limits. effect: the gain of all together beyond the sum of each, averaged over the components averaged_over, all
    others on; p over all interactions. shapley: null unless all combinations of those that were ever off together
    were run; it sums to whole, what the full system has over the one without these. background: the levels at which
    the other components are held. as_tested: false for an arm on other test rows than the full system. fate: can_go,
    not_shown or needed."""
)
@store_options
@run_options
@click.option("--metric", required=True, metavar="M", help="What is lost without a component.")
@click.option(
    "--factors",
    multiple=True,
    metavar="P,Q",
    help="""Params that switch the components; repeatable, a name with a comma in quotes: '"a,b",c'.""",
)
@click.option("--full", default="", callback=of_somebody, metavar="F", help="Filter that finds the full system.")
@click.option(
    "--without", multiple=True, metavar="NAME=F", help="A component and a filter that finds the runs without it."
)
@click.option(
    "--on",
    multiple=True,
    metavar="P=LEVEL",
    help="The full system's level of a param, where it is not on, true, yes, 1 or enabled; `P=`: not logged.",
)
@click.option(
    "--direction", type=click.Choice([way.value for way in Direction]), help="Which way the metric is better."
)
def ablation(
    tracking_uri: str | None,
    data: str | None,
    policy: str | None,
    as_json: bool,
    no_sync: bool,
    metric: str,
    factors: tuple[str, ...],
    full: str,
    without: tuple[str, ...],
    on: tuple[str, ...],
    filter: str,
    direction: str | None,
    **asked: Any,
) -> None:
    """Tell what each component adds, what components do together, and what can go.

    Either --factors, of which every combination that was run counts, or --full with a --without for each component.
    """
    work = workspace(tracking_uri, data, policy, no_sync=no_sync)
    known = (all_keys if asked["deleted"] else keys)(work, asked["experiments"]).params if factors else ()
    found = taken_apart(
        work,
        AblationQuestion(
            metric,
            factors=names(factors, known),
            full=full,
            without=filters_given(without),
            on=levels_given(on),
            within=filter,
            direction=Direction(direction) if direction else None,
            **asked,
        ),
    )
    if as_json:
        emit(objects.ablation(found))
    else:
        _show(found)


def names(given: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """`a,b` as two names and `"a,b",c` as two; a text that is a param as it stands is one, whatever it holds."""
    found: list[str] = []
    for text in given:
        apart = [text] if text in known else next(csv.reader([text], skipinitialspace=True), [])
        found += [name.strip() for name in apart if name.strip()]
    return tuple(found)


def _show(found: Ablation) -> None:
    """The sentence first, then tables with what there is to say of each."""
    if found.hypothesis:
        say(f"Hypothesis: {found.hypothesis}")
    for line in (headline(found, name=named), follows(found, name=named)):
        if line:
            say(line)
    say()
    rows = arms.arms(found)
    table(rows, spare=rows.spare)
    if more := arms.hidden(found):
        say(f"{more:,} more arms: --json has all.")
    for line in (basis(found, name=named), shares(found, name=named)):
        if line:
            say(f"\n{line}")
    if any(one.estimable for one in found.interactions):
        say()
        shown = parts.interactions(found)
        table(shown, spare=shown.spare)
        if more := len(found.interactions) - len(shown.frame):
            say(f"{more:,} more: --json has all.")
    called = labels(found)
    known = " ".join(filter(None, (left_out(found, name=named), *(words(own, called) for own in remarks(found)))))
    for line in (interpretation(found), known):
        if line:
            say(f"\n{line}")
    for own in doubts(found):
        warn(words(own, called))
