"""Which configurations there are to pick from, as baseline or candidate of any page."""

from collections.abc import Sequence

from assay.model.runs.listing import ListQuestion
from assay.model.runs.selection import RunGroups
from assay.queries.runs.filters import filters_for
from assay.queries.runs.inventory import all_keys, keys
from assay.queries.runs.listing import listing
from assay.ui import load
from assay.ui.frame import Context

MOST_OPTIONS = 40


def sides_to_pick(context: Context, within: tuple[str, ...], *, deleted: bool, task: str = "") -> list[str]:
    """Filters of an experiment's configurations; none where there are too many to look through.

    `deleted`: whether deleted runs are meant too. `task`: the param that tells tasks apart, "" for none; a side is then
    what runs on each of them.
    """
    if not within:
        return []
    telling = _telling(context, within, task, deleted=deleted) if task else ()
    grouped = ListQuestion(within, group_by=telling, metrics=(), params=(), deleted=deleted)
    found = load.answer(context.work, listing, grouped)
    if len(found.rows) > MOST_OPTIONS:
        return []
    members = found.members.groupby(found.members, sort=False).groups
    ids = tuple(sorted(found.rows["experiment_id"].unique()))
    groups = RunGroups(ids, tuple(tuple(members[key]) for key in found.rows.index))
    return list(load.answer(context.work, filters_for, groups))


def _telling(context: Context, within: Sequence[str], task: str, *, deleted: bool) -> tuple[str, ...]:
    """The params that make a configuration on each task."""
    known = load.answer(context.work, all_keys if deleted else keys, tuple(within)).params
    return tuple(key for key in context.work.policy.params.configuring_among(known) if key != task)
