"""What of the store do the rules decide?"""

from collections.abc import Iterator, Mapping, Sequence

from assay.cache import reads
from assay.cache.connection import reading
from assay.model.criteria import Scorecard
from assay.model.evidence.policy import LeakagePolicy
from assay.model.evidence.splits import SplitRole
from assay.model.policy import Policy
from assay.model.rules import Reach, RuleBook
from assay.model.runs.selection import Selection
from assay.model.runs.store import LifecycleStage
from assay.model.sync import Snapshot
from assay.queries import policies
from assay.workspace import Workspace


def reach(work: Workspace, _: None = None) -> dict[str, Reach]:
    """By path, for rules that name metrics, params or experiments; the others decide every comparison, ablation
    or check alike.

    A rule that decides nothing in the store has a reach without names.
    """
    with reading(work.snapshot):
        keys = reads.keys(work.snapshot, Selection((), (), "", False))
        found = policies.book(work.settings.policy)
        used = judged(work.snapshot, found.policy)
    return {
        **dict(_of_metrics(found, keys.metrics)),
        **dict(_of_params(found.policy, keys.params)),
        **dict(_of_leakage(found.policy.leakage, keys.metrics)),
        **dict(_of_cards(found, used, keys.metrics)),
        **dict(_of_objectives(found.policy, keys.metrics)),
    }


def _of_metrics(found: RuleBook, metrics: Sequence[str]) -> Iterator[tuple[str, Reach]]:
    decided: dict[str, list[str]] = {rule.path: [] for rule in found.rules if rule.part == "metrics"}
    for metric, rule in policies.deciding(found, metrics):
        decided[rule.path].append(metric)
    yield from ((path, Reach("metric", tuple(names))) for path, names in decided.items())


def _of_params(known: Policy, params: tuple[str, ...]) -> Iterator[tuple[str, Reach]]:
    own = known.params
    yield "params.seed", Reach("param", own.seeds_among(params))
    yield "params.ignored", Reach("param", own.ignored_among(params))
    yield "params.task", Reach("param", own.tasks_among(params))


def _of_leakage(known: LeakagePolicy, metrics: Sequence[str]) -> Iterator[tuple[str, Reach]]:
    kinds = tuple(name for name in metrics if known.is_suspicious_kind(name))
    yield "leakage.suspicious_metrics", Reach("metric", kinds)
    parts = {name: part[0] for name in metrics if (part := known.parted(name))}
    for role in SplitRole:
        yield f"leakage.{role}", Reach("metric", tuple(name for name, own in parts.items() if own is role))


def judged(snapshot: Snapshot, known: Policy) -> dict[str, Scorecard | None]:
    """The scorecard of each experiment that has runs."""
    held = reads.experiments(snapshot)
    names = (one.name for one in held if one.runs and one.lifecycle_stage is LifecycleStage.ACTIVE)
    return {name: known.scorecard((name,)) for name in names}


def _of_cards(
    found: RuleBook, used: Mapping[str, Scorecard | None], metrics: Sequence[str]
) -> Iterator[tuple[str, Reach]]:
    for card in found.policy.scorecards:
        names = tuple(name for name, own in used.items() if own == card)
        yield f"scorecards.{card.name}.experiments", Reach("experiment", names)
    asked = {metric: Reach("metric", (metric,)) for metric in metrics}
    for rule in found.rules:
        match rule.keys:
            case ("scorecards", _, "metrics", metric, _) | ("evaluation", _, metric, _):
                yield rule.path, asked.get(metric, Reach("metric", ()))


def _of_objectives(known: Policy, metrics: Sequence[str]) -> Iterator[tuple[str, Reach]]:
    for one in known.objectives:
        logged = tuple(own.metric for own in one.objectives if own.metric in metrics)
        yield f"objectives.{one.name}", Reach("metric", logged)
