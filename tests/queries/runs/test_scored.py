"""Which configurations score all of several metrics, and what is left out of them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from assay.cache import reads
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.listing import ListQuestion
from assay.model.runs.selection import PARENT
from assay.queries.runs.listing import listing
from assay.queries.runs.scored import ScoredConfigurations, called, scored_configurations
from assay.queries.runs.selection import selection
from assay.workspace import Workspace
from stores import Store
from traded import ask

Lost = Mapping[tuple[str, Exclusion, tuple[str, ...]], tuple[int, bool]]
BOTH = ("accuracy", "latency_ms")


def scored(work: Workspace, group_by: tuple[str, ...] | None = ()) -> ScoredConfigurations:
    chosen = selection(work.snapshot)
    return scored_configurations(work.snapshot, work.policy, chosen, reads.keys(work.snapshot, chosen), BOTH, group_by)


def lost(work: Workspace, found: ScoredConfigurations) -> Lost:
    names = called(work.snapshot, work.policy, selection(work.snapshot), found)
    return {(own.label, own.reason, own.metrics): (len(own.run_ids), own.whole) for own in found.left_out(names)}


def test_everything_left_out_is_listed_with_its_reason(serving: Workspace) -> None:
    found = scored(serving)
    assert lost(serving, found) == {
        ("mute", Exclusion.NOT_LOGGED, ("latency_ms",)): (1, True),
        ("odd", Exclusion.NAN, ("accuracy",)): (1, True),
        ("odd", Exclusion.INFINITE, ("latency_ms",)): (1, True),
        ("slow", Exclusion.FAILED, ()): (1, False),
        ("slow", Exclusion.NOT_LOGGED, ("latency_ms",)): (1, False),
    }
    used = [run_id for ids in found.members for run_id in ids]
    assert len(set(used)) == len(used) == 21
    assert len(found.runs) == 26
    assert [own.whole for own in ask(serving).left_out] == [True, True, True, False, False]


def test_what_a_run_below_repeats_is_nested_and_what_it_alone_has_is_not(
    work_of: Callable[[Store], Workspace], tmp_path: Path
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for model, above in (("whole", {"accuracy": 0.9, "latency_ms": 3.0}), ("part", {"accuracy": 0.9})):
        parent = store.run("e", params={"model": model}, metrics=above)
        store.run("e", params={"model": model}, metrics={"accuracy": 0.8, "latency_ms": 2.0}, tags={PARENT: parent})
    work = work_of(store)
    found = scored(work)
    assert lost(work, found) == {
        ("part", Exclusion.NOT_LOGGED, ("latency_ms",)): (1, True),
        ("part", Exclusion.NESTED, ("accuracy",)): (1, True),
        ("whole", Exclusion.NESTED, ()): (1, False),
    }


def test_rows_are_called_as_lists_call_them(serving: Workspace) -> None:
    for group_by in ((), ("seed",), ("model", "seed"), None):
        found = scored(serving, group_by)
        listed = listing(serving, ListQuestion(group_by=group_by)).rows
        names = called(serving.snapshot, serving.policy, selection(serving.snapshot), found)
        own = dict(zip(found.trained.index, (name.text for name in names), strict=True))
        assert own == dict(zip(listed.index, listed["name"], strict=True))
