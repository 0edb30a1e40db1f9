"""The cells of an ablation: which there are, in which order they are run, and what each is called."""

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations
from typing import Literal, get_args

from assay.errors import EvidenceError
from assay.model.ablation.question import MOST_TOGETHER

Cell = tuple[str, ...]
"""What is taken out of the full system, in the order of the components."""

StudyDesign = Literal["leave-one-out", "factorial"]

FULL: Cell = ()


def cell(removed: Collection[str], components: Iterable[str]) -> Cell:
    """Raises EvidenceError for what is no component."""
    names = tuple(components)
    unknown = next((name for name in removed if name not in names), None)
    if unknown is not None:
        raise EvidenceError(f"There is no component {unknown!r}; there are {', '.join(names)}.")
    return tuple(name for name in names if name in removed)


def label(removed: Cell, components: Collection[str]) -> str:
    """`full`, `without pca`, `only pca, scaling`, `none`: the same in whatever order the components are."""
    if not removed:
        return "full"
    if len(removed) * 2 <= len(components) or len(components) == 1:
        return f"without {', '.join(sorted(removed))}"
    return f"only {', '.join(sorted({*components} - {*removed}))}" if len(removed) < len(components) else "none"


def blocks(design: str, components: Sequence[str], asked: Iterable[Cell]) -> list[list[Cell]]:
    """The full system, what lacks one component and what is `asked` for; then the rest, smallest loss first.

    Raises EvidenceError for another design, and for a factorial one of more than MOST_TOGETHER components.
    """
    if design not in get_args(StudyDesign):
        raise EvidenceError(f"The design is {design!r}; there are {' and '.join(get_args(StudyDesign))}.")
    n = len(components)
    first = list(dict.fromkeys([FULL, *((name,) for name in components), *sorted(asked, key=len)]))
    if design == "leave-one-out":
        return [first]
    if n > MOST_TOGETHER:
        raise EvidenceError(
            f"A factorial design of {n} components has 2^{n} = {2**n:,} cells for each seed; take {MOST_TOGETHER} "
            "components at most, or leave-one-out."
        )
    known = {*first}
    return [first, [one for size in range(n + 1) for one in combinations(components, size) if one not in known]]
