"""Which checklists are there?"""

from assay import checklists
from assay.model.evidence.checklist import Checklist, Checklists
from assay.settings import Settings


def known(settings: Settings) -> Checklists:
    """Every list that holds, and what is wrong with files that hold none; files are read again when they changed."""
    return checklists.load(settings)


def named(settings: Settings, name: str) -> Checklist:
    """One of them; raises ChecklistError where its file is wrong, SelectionError where there is none of this name."""
    return checklists.named(known(settings), name)
