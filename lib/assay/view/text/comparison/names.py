"""What the sides of a comparison are called on a page."""

from collections.abc import Sequence
from dataclasses import replace

from assay.model.comparison import Comparison, Side
from assay.model.examples import ExampleComparison


def shortened(comparison: Comparison) -> Comparison:
    """The comparison with `model=svc`, `model=forest` called `svc`, `forest`: what all labels share goes."""
    sides = [comparison.baseline, *(candidate.side for candidate in comparison.candidates)]
    names = without_common_key([side.sample.label for side in sides])
    named = [replace(side, sample=replace(side.sample, label=name)) for side, name in zip(sides, names, strict=True)]
    candidates = [replace(c, side=side) for c, side in zip(comparison.candidates, named[1:], strict=True)]
    return replace(
        comparison,
        baseline=named[0],
        candidates=tuple(candidates),
        warnings=tuple(_renamed(warning, sides, names) for warning in comparison.warnings),
    )


def shortened_examples(found: Sequence[ExampleComparison]) -> tuple[ExampleComparison, ...]:
    """The same for comparisons by examples of several candidates with one baseline."""
    full = [found[0].baseline.label, *(one.candidate.label for one in found)]
    new = without_common_key(full)
    renames = sorted(zip(full, new, strict=True), key=lambda pair: -len(pair[0]))

    def said(text: str) -> str:
        for old, short in renames:
            text = text.replace(old, short) if old else text
        return text

    return tuple(
        replace(
            one,
            baseline=replace(one.baseline, label=new[0], reason=one.baseline.reason and said(one.baseline.reason)),
            candidate=replace(one.candidate, label=name, reason=one.candidate.reason and said(one.candidate.reason)),
            difference=replace(one.difference, reason=one.difference.reason and said(one.difference.reason)),
            reason=one.reason and said(one.reason),
            warnings=tuple(said(text) for text in one.warnings),
        )
        for one, name in zip(found, new[1:], strict=True)
    )


def _renamed(warning: str, sides: Sequence[Side], names: Sequence[str]) -> str:
    """A warning that begins with a side's label, under the side's new name."""
    for side, name in zip(sides, names, strict=True):
        if warning.startswith(f"{side.sample.label}:"):
            return name + warning.removeprefix(side.sample.label)
    return warning


def method(name: str) -> str:
    """An interval's method in a sentence: `percentile bootstrap (exact)`."""
    what, comma, how = name.partition(", ")
    return f"{what} ({how})" if comma else what


def without_common_key(labels: Sequence[str]) -> list[str]:
    """`key=value` labels without a key that all have in common, unless a value alone would say nothing."""
    parts = [label.partition("=") for label in labels]
    same = len({key for key, _, _ in parts}) == 1 and len(labels) > 1
    telling = all(
        any(character.isalpha() for character in value) and ", " not in label
        for label, (_, _, value) in zip(labels, parts, strict=True)
    )
    return [value for _, _, value in parts] if same and telling else list(labels)
