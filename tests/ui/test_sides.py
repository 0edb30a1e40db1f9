"""Which configurations there are to pick from."""

from datetime import UTC, datetime
from pathlib import Path

from assay.model.policy import Policy
from assay.ui.frame import Context
from assay.ui.sides import MOST_OPTIONS, sides_to_pick
from assay.workspace import Desk
from looking import looked_at
from stores import Store


def test_configurations_are_offered_as_filters_until_there_are_too_many(tmp_path: Path, policy: Policy) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for at in range(MOST_OPTIONS + 1):
        store.run("many", params={"model": f"m{at}"}, metrics={"score": 1.0})
    for model in ("a", "b"):
        for env in ("pong", "maze"):
            store.run("two", params={"model": model, "env": env}, metrics={"score": 1.0})
    gone = store.run("two", params={"model": "gone", "env": "pong"}, metrics={"score": 1.0})
    store.client.delete_run(gone)
    work = looked_at(store, tmp_path / "data", policy)
    context = Context(Desk(work.settings, work.policy, work.snapshot, datetime.now(UTC)))
    assert sides_to_pick(context, (), deleted=False) == []
    assert sides_to_pick(context, ("many",), deleted=False) == []
    assert len(sides_to_pick(context, ("two",), deleted=False)) == 4
    assert len(sides_to_pick(context, ("two",), deleted=True)) == 5
    by_task = sides_to_pick(context, ("two",), deleted=False, task="env")
    assert sorted(by_task) == ["params.model = 'a'", "params.model = 'b'"]
