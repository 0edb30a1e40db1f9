"""Which checklists are there?"""

from assay import checklists
from assay.model.evidence.checklist import Checklist, Checklists
from assay.settings import ROOT, Settings

USUAL = "promotion"


def known(settings: Settings) -> Checklists:
    """Every list that holds, and what is wrong with files that hold none; files are read again when they changed."""
    return checklists.load(settings)


def chosen(held: Checklists, name: str = "") -> Checklist:
    """The list of this name; without a name the one before a promotion, else the first.

    Raises ChecklistError where its file is wrong, SelectionError where there is none of this name.
    """
    usual = next((own.name for own in held.known if own.name == USUAL), held.known[0].name if held.known else USUAL)
    return checklists.named(held, name or usual)


def file_of(own: Checklist) -> str:
    """Where a list stands: of a shipped one below the folder that Assay came with."""
    return str(own.path.relative_to(ROOT)) if own.path.is_relative_to(ROOT) else str(own.path)
