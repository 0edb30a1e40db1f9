"""Datasets in words."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from assay.model.runs.data import Dataset, Use
from assay.view.text.escape import flat, markdown, short
from assay.view.text.numbers import count

AS_FAR_AS = "numbers and text of the first 10,000 rows of a table, or the first 10,000 numbers of an array"
"""What MLflow's digest looks at; what every claim of sameness has to say once."""

TITLES = {Use.TEST: "Test data", Use.TRAIN: "Training data", Use.OTHER: "Data"}

_LONGEST_NAME, _LONGEST_DIGEST = 32, 16
_MOST = 5
Set = TypeVar("Set")


def named(one: Dataset, text: Callable[[str], str] = flat) -> str:
    """`digits f6d9e39f`: what tells it from others; `text` escapes what was logged."""
    parts = short(one.name, _LONGEST_NAME), short(one.digest, _LONGEST_DIGEST)
    return " ".join(text(part) for part in parts if part) or "without name and digest"


def facts(datasets: Sequence[Dataset]) -> dict[str, str]:
    """Of one run, Markdown by title: `digits **f6d9e39f**, 540 rows`; several of one use one below the other."""
    found = {use: [one for one in datasets if one.use is use] for use in Use}
    return {TITLES[use]: "  \n".join(first(own, _described)) for use, own in found.items() if own}


def first(sets: Sequence[Set], text: Callable[[Set], str]) -> list[str]:
    """What is said of the first few, and how many more there are."""
    said = [text(one) for one in sets[:_MOST]]
    return [*said, f"and {len(sets) - _MOST:,} more"] if len(sets) > _MOST else said


def _described(one: Dataset) -> str:
    """The context stands with it where the row's title isn't all there is to it."""
    digest = f"**{markdown(short(one.digest, _LONGEST_DIGEST))}**" if flat(one.digest) else "(no digest)"
    name = markdown(short(one.name, _LONGEST_NAME))
    rows = "" if one.rows is None else f", {count(one.rows, 'row')}"
    plain = flat(one.context).lower() in ("", "test", "train", "training")
    context = "" if plain else f" ({markdown(short(one.context, _LONGEST_NAME))})"
    return f"{name} {digest}{rows}{context}".strip()
