"""Is everything in the journal as it was written?"""

from assay import journal
from assay.model.journal import JournalCheck
from assay.settings import Settings


def checked(settings: Settings, head: str = "") -> JournalCheck:
    """The whole chain, walked; `head`: a hash that has to be in it. Raises JournalError where there is no journal."""
    return journal.verify(settings.journal, head)
