"""Whole runs, by selection or by id."""

from assay.cache import contents
from assay.model.runs.selection import Condition, Selection

from .conftest import Publish, a_run, store


def test_runs_come_whole_and_newest_first_however_they_are_asked_for(publish: Publish) -> None:
    gone = (*a_run("c", start=None)[:4], "deleted", *a_run("c", start=None)[5:])
    snapshot = publish(store(runs=[a_run("a", start=1), a_run("b", start=2), gone])).snapshot

    everything = contents.runs(snapshot, Selection(deleted=True))

    assert [run.run_id for run in everything] == ["b", "a", "c"]
    assert [run.params for run in everything] == [{"seed": "2"}, {"seed": "1"}, {}]
    assert contents.runs(snapshot, ["c", "a", "nobody"]) == everything[1:]
    only_b = Selection(conditions=(Condition("attribute", "run_id", "=", "b"),))
    assert contents.runs(snapshot, only_b)[0].tags == {"mlflow.parentRunId": "a"}
    assert contents.runs(snapshot, []) == ()


def test_many_runs_hold_what_few_hold(publish: Publish) -> None:
    names = [f"r{number:03d}" for number in range(120)]
    runs = [a_run(name, start=number) for number, name in enumerate(names)]
    snapshot = publish(store(runs=runs, params=[(name, "of", name) for name in names], tags=[], metrics=[])).snapshot

    assert [run.params["of"] for run in contents.runs(snapshot, Selection())] == names[::-1]
    assert [run.params["of"] for run in contents.runs(snapshot, names[:3])] == names[2::-1]
