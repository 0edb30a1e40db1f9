"""Which runs stand for the trainings behind a finding?"""

from collections.abc import Sequence

from assay.analysis.replicates import trainings
from assay.model.runs.selection import Condition, Selection
from assay.queries.runs.replicates import read
from assay.workspace import Workspace

_MOST = 30


def one_each(work: Workspace, run_ids: Sequence[str]) -> list[str]:
    """One run of each training that may stand as a replicate, in the order given; the first run where none may."""
    runs, replicates = read(work.snapshot, work.policy, these(run_ids))
    used = runs.assign(training=trainings(runs))[replicates.excluded.eq("")].drop_duplicates("training")
    ids = {*used["run_id"]}
    return ([one for one in run_ids if one in ids] or list(run_ids[:1]))[:_MOST]


def these(run_ids: Sequence[str]) -> Selection:
    """These runs and no others, deleted ones too."""
    return Selection((), (Condition("attribute", "run_id", "IN", tuple(run_ids)),), "", deleted=True)
