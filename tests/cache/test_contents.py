"""Whole runs, by selection or by id."""

from assay.cache import contents
from assay.model.runs.detail import ParamSpread
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


def test_params_say_how_they_vary_and_from_where_to_where(publish: Publish) -> None:
    runs = [a_run(name) for name in "abc"]
    params = [(name, "seed", seed) for name, seed in zip("abc", "123", strict=True)]
    params += [("a", "C", "0.1"), ("b", "C", "1e2"), ("a", "model", "svc"), ("b", "model", "7"), ("c", "model", "svc")]
    params += [(name, "odd", value) for name, value in zip("abc", ("1", "nan", "inf"), strict=True)]
    snapshot = publish(store(runs=runs, params=params, tags=[], metrics=[])).snapshot
    assert contents.spreads(snapshot, Selection()) == {
        "seed": ParamSpread(3, False, 1.0, 3.0),
        "C": ParamSpread(2, True, 0.1, 100.0),
        "model": ParamSpread(2, False),
        "odd": ParamSpread(3, False),
    }
