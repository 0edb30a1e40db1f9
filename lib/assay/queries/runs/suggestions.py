"""What did the reader mean who looked for something that no run holds?"""

from difflib import get_close_matches

from assay.cache import contents
from assay.cache.connection import reading
from assay.model.runs.listing import ListQuestion, Suggestion
from assay.queries.runs.selection import selection
from assay.workspace import Workspace

_MOST, _CLOSE = 3, 0.6


def suggestions(work: Workspace, question: ListQuestion) -> tuple[Suggestion, ...]:
    """Names and values that come close to a word of the question's `text`, nearest first; none where none does."""
    with reading(work.snapshot):
        within = selection(work.snapshot, experiments=question.experiments, deleted=question.deleted)
        known = contents.spoken(work.snapshot, within)
    folded = {text.lower(): text for text in known}
    near = dict.fromkeys(
        close
        for word in question.text.split()
        for close in get_close_matches(word.rpartition("=")[2].lower(), folded, n=_MOST, cutoff=_CLOSE)
    )
    return tuple(Suggestion(folded[text], known[folded[text]]) for text in near)[:_MOST]


def holding(work: Workspace, question: ListQuestion) -> bool:
    """Whether any run of the question's experiments holds every word of its `text`."""
    with reading(work.snapshot):
        within = selection(
            work.snapshot, experiments=question.experiments, deleted=question.deleted, text=question.text
        )
        return contents.any_run(work.snapshot, within)
