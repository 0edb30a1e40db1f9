"""What is known of one run, asked of real stores."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from assay import settings as configuration
from assay.model.policy import Policy
from assay.model.sync import Snapshot
from assay.queries.runs import detail
from stores import Store


def test_ids_from_the_store_stay_ids_in_the_link(
    digits: Store, policy: Policy, snapshot_of: Callable[[Store], Snapshot], tmp_path: Path
) -> None:
    path = Path(shutil.copy(digits.uri.removeprefix("sqlite:///"), tmp_path / "mlflow.db"))
    odd = "../x?a#b \u00e9"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE runs SET run_uuid = ? WHERE run_uuid = (SELECT min(run_uuid) FROM runs)", [odd])
    own = configuration.read({}, tracking_uri=f"sqlite:///{path}", data=tmp_path / "data")
    own = replace(own, mlflow_url="https://mlflow.example")
    store = Store(own.tracking_uri)
    found = detail.detail(snapshot_of(store), policy, own, odd)
    assert found.link.startswith("https://mlflow.example/#/experiments/")
    assert found.link.endswith("/runs/..%2Fx%3Fa%23b%20%C3%A9")
