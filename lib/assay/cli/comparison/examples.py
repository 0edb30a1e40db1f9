"""Comparisons by example scores, as the command shows them to people."""

from collections.abc import Iterable, Sequence

from assay.cli.options import warn
from assay.cli.output import say, table
from assay.model.comparison import Direction, Statistic
from assay.model.examples import Example, ExampleComparison, ExampleSide, Slice
from assay.view.text import numbers
from assay.view.text.comparison import examples as words
from assay.view.text.comparison import sentences
from assay.view.text.escape import flat
from assay.view.text.numbers import MISSING, Scale, count

_ROWS = 30
_CHANGES = 5


def show(found: Sequence[ExampleComparison]) -> None:
    """A sentence, the counts, what flipped and the slices; warnings go to stderr."""
    for place, one in enumerate(found):
        if place:
            say()
        _show(one)
    show_slices(found)
    for sentence in _once(one.caveats for one in found):
        say(f"\n{sentence}")
    for sentence in _once(one.warnings for one in found):
        warn(sentence)


def show_slices(found: Sequence[ExampleComparison]) -> None:
    """One table per candidate; the JSON holds every row."""
    for one in found:
        scale = words.scale(one)
        if not one.slices:
            if one.slice_by and one.statistic is Statistic.MEAN:
                say(f"\nNo slices of {one.candidate.label}: {one.reason or 'no shared examples to slice'}.")
            continue
        family = f"{one.correction.capitalize()} over {one.slice_comparisons}"
        say(f"\nSlices of {one.candidate.label}, worst regression first; p: {family}.")
        headers = [
            "slice",
            "n",
            one.baseline.label,
            one.candidate.label,
            "difference",
            "interval",
            "p adjusted",
            "verdict",
        ]
        table(headers, [_slice_row(row, scale) for row in one.slices[:_ROWS]], right=range(1, 7))
        if len(one.slices) > _ROWS:
            say(f"… and {len(one.slices) - _ROWS:,} more; --json gives every row.")


def _show(one: ExampleComparison) -> None:
    scale, difference = words.scale(one), one.difference
    say(words.headline(one, scale, name=flat))
    better = "higher" if one.direction is Direction.MAXIMIZE else "lower"
    unit = "seeds × examples" if one.unit == "both" else "examples"
    say(f"{words.quantity(one)} by {unit}: {better} is better. {count(one.comparisons, 'comparison')}.")
    if one.reason:
        return
    shared = f"{count(one.examples, 'shared example')}, paired" if one.examples else "no shared example, unpaired"
    say(f"n = {shared}; {one.baseline.runs} + {one.candidate.runs} runs.")
    if difference.interval is not None:
        limits = scale.limits(difference.interval.low, difference.interval.high)
        level = numbers.percent(difference.interval.level)
        p = numbers.p_phrase(difference.p_adjusted)
        say(f"{level} interval {limits} {scale.difference_unit}".rstrip() + f" ({difference.interval.method}), {p}.")
    elif difference.reason:
        say(f"No interval: {difference.reason}.")
    say()
    rows = [_side_row(prefix, side, scale) for prefix, side in (("baseline: ", one.baseline), ("", one.candidate))]
    table(["", "runs", "examples", scale.header(one.statistic.words), "interval"], rows, right=range(1, 5))
    _show_changes(one, scale)
    for side in (one.baseline, one.candidate):
        if side.excluded:
            say(f"Left out of {side.label}: {sentences.excluded(dict(side.excluded))}.")


def _show_changes(one: ExampleComparison, scale: Scale) -> None:
    flips = one.flips
    if flips:
        say(f"\nFlips ({flips.rule}): {flips.lost:,} right → wrong, {flips.gained:,} wrong → right.")
        for word, changed in (("right → wrong", flips.lost_examples), ("wrong → right", flips.gained_examples)):
            if changed:
                say(f"{word}: " + _listed([example.example_id for example in changed], flips.limit))
        return
    for word, changed in (("Largest losses", one.losses), ("Largest gains", one.gains)):
        if changed:
            say(f"\n{word}: " + ", ".join(_change(example, scale) for example in changed[:_CHANGES]))


def _change(example: Example, scale: Scale) -> str:
    return f"{example.example_id} {scale.bare(example.difference, signed=True)}"


def _listed(names: Sequence[str], limit: int) -> str:
    more = len(names) - 2 * _CHANGES
    rest = f" and {more:,}{' or more' if len(names) == limit else ''} others" if more > 0 else ""
    return ", ".join(names[: 2 * _CHANGES]) + rest


def _side_row(prefix: str, side: ExampleSide, scale: Scale) -> list[str]:
    limits = scale.limits(side.interval.low, side.interval.high, signed=False) if side.interval else MISSING
    return [prefix + side.label, f"{side.runs:,}", f"{side.examples:,}", scale.bare(side.mean), limits]


def _slice_row(row: Slice, scale: Scale) -> list[str]:
    return [
        f"{row.column} = {row.category}",
        f"{row.n:,}",
        scale.bare(row.baseline),
        scale.bare(row.candidate),
        scale.bare(row.difference, signed=True),
        scale.limits(row.interval.low, row.interval.high) if row.interval else MISSING,
        numbers.p_value(row.p_adjusted),
        row.verdict.replace("_", " "),
    ]


def _once(groups: Iterable[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(sentence for group in groups for sentence in group))
