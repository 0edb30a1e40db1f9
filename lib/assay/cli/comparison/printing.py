"""A comparison on a terminal: the tables and sentences of the page."""

from assay.cli.comparison import tasks
from assay.cli.options import warn
from assay.cli.output import say, table
from assay.model.comparison.answer import Candidate, Comparison
from assay.model.comparison.question import Statistic
from assay.view.tables.comparison import examples as example_tables
from assay.view.tables.comparison import plan as plans
from assay.view.tables.comparison.metrics import metrics as every_metric
from assay.view.tables.comparison.params import plain_params
from assay.view.tables.comparison.sides import sides
from assay.view.text.comparison import caveats, data
from assay.view.text.comparison.facts import better, family, quantity, right, setting, sizes
from assay.view.text.comparison.headline import finding, headline
from assay.view.text.comparison.report import report
from assay.view.text.comparison.scale import scale_of
from assay.view.text.escape import flat
from assay.view.text.notes import words
from assay.view.text.numbers import MISSING

_ROWS = 30
_CHANGES = 5
_SPARE = ("examples", "runs", "interval")  # the sentences around the table say these


def show(found: Comparison, by_slice: Comparison) -> None:
    """Everything; `by_slice`: the comparison that the slices are of, `found` itself or one over examples."""
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
    whole = f" {text}." if (text := family(found)) else ""
    say(f"{quantity(first)}: {better(first.metric)}.{hint}{whole}")
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
    commit = data.same_commit(found.setting)
    same = f"Same commit: {flat(commit)}." if commit else ""
    for text in (data.line(found.setting.data), same, setting(found.setting, flat)):
        if text:
            say(f"\n{text}")
    if found.over_seeds and not found.first.tasks:
        _show_plan(found)
    for text in (*caveats.limits(found), *caveats.method(found)):
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
