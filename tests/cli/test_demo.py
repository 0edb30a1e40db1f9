"""`assay demo` where a demo of an earlier version is there, and not the demo's alone any more."""

import json
from pathlib import Path

from shell import Assay
from stores import Store


def test_a_store_that_others_logged_to_is_kept_and_it_is_said_on_stderr(assay: Assay, tmp_path: Path) -> None:
    store = Store.sqlite(tmp_path / "data" / "demo" / "mlflow.db")
    run_id = store.run("mine", metrics={"accuracy": 0.5})
    found = assay("demo", "--json")
    assert found.code == 0
    assert json.loads(found.out) == {"tracking_uri": store.uri, "experiments": 1, "runs": 1}
    assert "is the demo of an earlier version and holds 1 runs, experiments or models of others" in found.err
    assert "move it away and run `assay demo` again" in found.err
    assert store.client.get_run(run_id).data.metrics == {"accuracy": 0.5}
