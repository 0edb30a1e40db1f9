"""What does the project say of a method: what it is, what it assumes, when not to trust it?"""

import re
from dataclasses import dataclass
from pathlib import Path

from assay import settings

FOLDER = settings.ROOT / "docs" / "methods"
# The name an interval or a test carries → its page, the first that fits.
_PAGES = (
    ("two-way", "two-way"),
    ("newcombe", "proportions"),
    ("wilson", "proportions"),
    ("mcnemar", "proportions"),
    ("bootstrap-t", "bootstrap-t"),
    ("bootstrap of the ", "other-statistics"),
    ("percentile", "percentile"),
    ("basic", "basic"),
    ("bca", "bca"),
    ("sign flips", "permutation"),
    ("permutation", "permutation"),
    ("paired t", "t"),
    ("welch t", "t"),
)


@dataclass(frozen=True, slots=True)
class MethodPage:
    """A page's title and the three parts that a reader of a result needs, as Markdown without links."""

    title: str
    computes: str
    assumes: str
    distrust: str


def page(method: str, folder: Path = FOLDER) -> MethodPage | None:
    """The page on what an interval calls its `method`; None where there is none or the pages aren't shipped."""
    name = next((name for part, name in _PAGES if part in method.lower()), "")
    path = folder / f"{name}.md"
    if not name or not path.is_file():
        return None
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", path.read_text(encoding="utf-8"))
    head, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    title, _, computes = head.removeprefix("# ").partition("\n")
    parts = {name.strip(): body.strip() for name, _, body in (section.partition("\n") for section in sections)}
    return MethodPage(title, computes.strip(), parts.get("What it assumes", ""), parts.get("When not to trust it", ""))
