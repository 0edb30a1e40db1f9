"""What does the project say of a method: what it is, what it assumes, when not to trust it?"""

import re
from functools import lru_cache
from pathlib import Path

from assay import settings
from assay.model.comparison.method_page import MethodPage
from assay.model.comparison.procedure import Procedure, Technique

FOLDER = settings.ROOT / "docs" / "methods"
_PAGES = {
    Technique.T: "t",
    Technique.PAIRED_T: "t",
    Technique.WELCH_T: "t",
    Technique.SATTERTHWAITE_T: "ablation",
    Technique.TWO_WAY_T: "two-way",
    Technique.CLUSTERED_T: "clusters",
    Technique.CLUSTERED_PERCENTILE: "clusters",
    Technique.CLUSTERED_BASIC: "clusters",
    Technique.CLUSTERED_FLIPS: "clusters",
    Technique.PERCENTILE: "percentile",
    Technique.BASIC: "basic",
    Technique.BCA: "bca",
    Technique.BOOTSTRAP_T: "bootstrap-t",
    Technique.STRATIFIED_PERCENTILE: "tasks",
    Technique.STRATIFIED_BASIC: "tasks",
    Technique.SIGN_FLIPS: "permutation",
    Technique.PERMUTATION: "permutation",
    Technique.WILSON: "proportions",
    Technique.NEWCOMBE: "proportions",
    Technique.PAIRED_NEWCOMBE: "proportions",
    Technique.TANGO: "proportions",
    Technique.MCNEMAR: "proportions",
}


@lru_cache(maxsize=64)
def page(made: Procedure, folder: Path = FOLDER) -> MethodPage | None:
    """The page on a procedure; None where the pages aren't at hand."""
    path = folder / f"{'other-statistics' if made.of else _PAGES[made.technique]}.md"
    if not path.is_file():
        return None
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", path.read_text(encoding="utf-8"))
    head, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    title, _, computes = head.removeprefix("# ").partition("\n")
    parts = {name.strip(): body.strip() for name, _, body in (section.partition("\n") for section in sections)}
    return MethodPage(title, computes.strip(), parts.get("What it assumes", ""), parts.get("When not to trust it", ""))
