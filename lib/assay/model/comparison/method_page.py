"""What the project says of a method."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MethodPage:
    """A page's title and the three parts that a reader of a result needs, as Markdown without links."""

    title: str
    computes: str
    assumes: str
    distrust: str
