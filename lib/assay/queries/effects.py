"""What do the team's rules do to the runs in the store that the shipped ones would not?"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from assay.analysis.replicates import trainings
from assay.cache import reads
from assay.cache.connection import reading
from assay.model.note import Note, note
from assay.model.policy import Policy
from assay.model.rules import Reach, Rule, RuleEffect
from assay.model.runs.selection import Selection
from assay.model.sync import Snapshot
from assay.queries import policies
from assay.queries.reach import judged, reach
from assay.queries.runs import replicates
from assay.queries.values import latest_values
from assay.workspace import Workspace

_ALL = Selection((), (), "", False)


def consequences(work: Workspace, _: None = None) -> tuple[dict[str, Reach], dict[str, Note]]:
    """What the rules decide, as `reach` gives it, and the team's effects."""
    decided = reach(work)
    return decided, effects(work, decided)


def effects(work: Workspace, decided: Mapping[str, Reach]) -> dict[str, Note]:
    """By path, for rules of the team's that say something else than what is shipped and whose effect can be told.

    `decided`: as `reach` gives it.
    """
    found = policies.book(work.settings.policy)
    own = {rule.path: rule for rule in found.rules if not rule.shipped and not rule.repeats}
    with reading(work.snapshot):
        return {
            **dict(_of_claims(found.policy, own)),
            **dict(_of_replicates(work.snapshot, found.policy, own)),
            **dict(_of_params(work.snapshot, found.policy, own)),
            **dict(_of_unknown(work.snapshot, found.policy, own, decided)),
            **dict(_of_cards(work.snapshot, found.policy, own)),
        }


def _of_claims(known: Policy, own: Mapping[str, Rule]) -> Iterator[tuple[str, Note]]:
    """What they change of every comparison, which is nothing to count."""
    usual = policies.shipped().statistics
    if (path := "statistics.level") in own:
        yield path, note(RuleEffect.LEVEL, now=known.statistics.level, usual=usual.level)
    if (path := "statistics.correction") in own:
        yield path, note(RuleEffect.CORRECTION, now=known.statistics.correction, usual=usual.correction)


def _of_replicates(snapshot: Snapshot, known: Policy, own: Mapping[str, Rule]) -> Iterator[tuple[str, Note]]:
    path = "statistics.minimum_runs"
    if path not in own:
        return
    runs, found = replicates.read(snapshot, known, _ALL)
    counts = found.excluded.eq("").to_numpy(dtype=bool)
    trained = pd.Series(trainings(runs)).where(counts).groupby(runs["configuration"].to_numpy()).nunique()
    usual = policies.shipped().statistics.minimum_runs
    yield (
        path,
        note(
            RuleEffect.TOO_FEW,
            now=int((trained < known.statistics.minimum_runs).sum()),
            usual=int((trained < usual).sum()),
            configurations=len(trained),
        ),
    )


def _of_params(snapshot: Snapshot, known: Policy, own: Mapping[str, Rule]) -> Iterator[tuple[str, Note]]:
    shipped = policies.shipped().params
    before = {
        "params.seed": replace(known.params, seed=shipped.seed),
        "params.ignored": replace(known.params, ignored=shipped.ignored),
    }
    said = [path for path in before if path in own]
    if not said:
        return
    runs, now = _configurations(snapshot, known)
    for path in said:
        _, usual = _configurations(snapshot, replace(known, params=before[path]))
        yield path, note(RuleEffect.CONFIGURATIONS, runs=runs, now=now, usual=usual)


def _configurations(snapshot: Snapshot, known: Policy) -> tuple[int, int]:
    """How many runs there are, and how many configurations these make."""
    params = reads.keys(snapshot, _ALL).params
    runs = reads.runs(
        snapshot, _ALL, seeds=known.params.seeds_among(params), ignored=known.params.ignored_among(params)
    )
    return len(runs), runs["configuration"].nunique()


def _of_unknown(
    snapshot: Snapshot, known: Policy, own: Mapping[str, Rule], decided: Mapping[str, Reach]
) -> Iterator[tuple[str, Note]]:
    said = [path for path, rule in own.items() if rule.part == "metrics" and rule.keys[-1] == "unknown"]
    names = {path: decided[path].names for path in said if path in decided}
    unknown = latest_values(snapshot, known, _ALL, [name for own in names.values() for name in own]).unknown.sum()
    for path, metrics in names.items():
        yield path, note(RuleEffect.LEFT_OUT, scores=sum(int(unknown[name]) for name in metrics))


def _of_cards(snapshot: Snapshot, known: Policy, own: Mapping[str, Rule]) -> Iterator[tuple[str, Note]]:
    before, now = judged(snapshot, policies.shipped()), judged(snapshot, known)
    without = [name for name, card in now.items() if card is None]
    if "scorecards" in own:
        yield "scorecards", note(RuleEffect.NOT_JUDGED, n=len(without))
    for card in known.scorecards:
        if (path := f"scorecards.{card.name}.experiments") in own:
            names = [name for name, used in now.items() if used == card]
            cards = dict.fromkeys(used.name for name in names if (used := before[name]))
            yield path, note(RuleEffect.JUDGED, n=len(names), cards=tuple(cards), without=len(without))
