"""A run is meant by its id, by the beginning of its id, or by its name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assay.errors import SelectionError
from assay.model.runs.notes import RunNote
from assay.queries.runs.meant import meant
from assay.workspace import Workspace
from noted import of
from stores import Store


def test_an_id_its_beginning_or_a_name_means_one_run_and_deleted_ones_only_alone(
    tmp_path: Path, work_of: Callable[[Store], Workspace]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    first, second, other = (store.run(experiment, name="svc") for experiment in ("a", "a", "b"))
    gone, alone = store.run("a", name="mlp"), store.run("a", name="[x](y)' OR 1=1")
    kept = store.run("a", name="mlp")
    named = store.run("b", name=first)
    store.client.delete_run(gone)
    store.client.delete_run(alone)
    work = work_of(store)
    assert meant(work, first) == first != named
    assert meant(work, second[:20]) == second
    assert meant(work, "svc", ("b",)) == other
    assert meant(work, "mlp") == kept
    assert meant(work, "[x](y)' OR 1=1") == alone
    assert meant(work, gone[:20]) == gone
    with pytest.raises(SelectionError) as several:
        meant(work, "svc")
    assert of(several.value.note, RunNote.SEVERAL_RUNS)["n"] == 3
    for nothing in ("", "nobody", "%", "_"):
        with pytest.raises(SelectionError) as unknown:
            meant(work, nothing)
        assert of(unknown.value.note, RunNote.UNKNOWN_RUN) == {"run_id": nothing}
