"""Which run does somebody mean by its id, the beginning of its id, or its name?"""

from assay.cache.called import called
from assay.errors import SelectionError
from assay.model.note import Quote
from assay.model.runs.notes import RunNote
from assay.queries.runs.selection import selection
from assay.workspace import Workspace

_NAMED = 5
_OF_ID = 12


def meant(work: Workspace, text: str, experiments: tuple[str, ...] = ()) -> str:
    """The id of the one run that is; raises SelectionError where there is none, or several."""
    within = selection(work.snapshot, experiments=experiments, deleted=True).experiments
    found = called(work.snapshot, text, within) if text else ()
    if not found:
        raise SelectionError(RunNote.UNKNOWN_RUN, run_id=text)
    if len(found) > 1:
        ids = tuple(one[:_OF_ID] for one in found[:_NAMED])
        raise SelectionError(RunNote.SEVERAL_RUNS, given=Quote(text), n=len(found), ids=ids)
    return found[0]
