"""`assay scorecard`: does a candidate meet the team's thresholds, and what did it lose?"""

import click

from assay.cli.options import of_somebody, run_options, store_options, unknown_option, warn, workspace
from assay.cli.output import emit, say
from assay.model.rules import RuleBook
from assay.model.tradeoffs.question import ScorecardQuestion
from assay.model.tradeoffs.scorecard import Scored
from assay.queries import policies
from assay.queries.tradeoffs.scorecard import scorecard as scored
from assay.view.exports import markdown
from assay.view.objects import scorecard as objects
from assay.view.tables.column import Table
from assay.view.tables.tradeoffs import scorecard as tables
from assay.view.text.escape import named
from assay.view.text.tradeoffs import scorecard as text


@click.command(
    epilog="""JSON: {scorecard, candidate, baseline, asked, level, correction, minimum_runs, metrics: [{metric, group,
    status, value, std, interval: [lo, hi], method, n, replicates, run_ids[], excluded: {reason: count}, direction,
    unit, comparator, threshold, alert_comparator, alert, weight, reason?}], score, score_possible, groups: {name:
    score}, groups_possible: {name: score}, regressions: [{metric, status: worse or cannot_exclude, direction,
    direction_source, unit, difference, interval, method, smallest_effect, p_value, p_adjusted, p_method, paired, pairs,
    verdict, reason?}], comparisons, promotion, reason?, notes: [{code, …, sentence}], warnings[]} with asked =
    {candidate, baseline, card, experiments[], within (--filter), deleted, ignore[], unknown: {metric: [number]}}, null
    for what was not given. n counts runs; statistics use the replicates. status: met, missed or alert where the whole
    interval lies there, else uncertain; not_logged. score: weight met of the weight of the whole card, null with a
    reason where the candidate logs none of it; a group's is of its own weight. Limits are in the unit of value, so
    those of a share are per cent where it was logged so. regressions: of comparisons metrics that both sides logged, p
    corrected over all of them, worse first."""
)
@store_options
@run_options
@click.option(
    "--candidate", required=True, callback=of_somebody, metavar="F", help="Filter that finds the candidate's runs."
)
@click.option(
    "--baseline",
    default="",
    callback=of_somebody,
    metavar="F",
    help="Filter that finds today's; then losses are looked for.",
)
@click.option("--scorecard", "card", default="", metavar="NAME", help="Else the policy's first for these experiments.")
@unknown_option
def scorecard(
    tracking_uri: str | None,
    data: str | None,
    policy: str | None,
    as_json: bool,
    experiments: tuple[str, ...],
    filter: str,
    ignore: tuple[str, ...],
    deleted: bool,
    no_sync: bool,
    candidate: str,
    baseline: str,
    card: str,
    unknown: tuple[tuple[str, float], ...],
) -> None:
    """Judge a candidate by the policy's thresholds, and by what it lost against a baseline.

    Every threshold is judged on the candidate's whole interval. Exits 0 whatever it finds.
    """
    work = workspace(tracking_uri, data, policy, no_sync=no_sync)
    values = tuple((name, (value,)) for name, value in unknown)
    found = scored(work, ScorecardQuestion(candidate, baseline, card, experiments, filter, deleted, ignore, values))
    if as_json:
        emit(objects.scorecard(found))
    else:
        show(found, policies.book(work.settings.policy))


def show(found: Scored, book: RuleBook) -> None:
    """The sentence first, then Markdown."""
    say(text.headline(found, name=named))
    if found.judgements:
        _table(tables.criteria(found))
    for line in (text.score(found), text.basis(found, book), text.regressions(found, name=named)):
        if line:
            say(f"\n{line}")
    if found.regressions:
        _table(tables.regressions(found))
    if found.card and found.card.promotion:
        say(f"\nPromotion, in the words of the card: {found.card.promotion}")
    if lines := text.to_log(found):
        say("\nThis logs the rest:")
        for line in lines:
            say(line)
    for sentence in text.doubts(found, book):
        warn(sentence)


def _table(shown: Table) -> None:
    say()
    for line in markdown(shown).splitlines():
        say(line)
