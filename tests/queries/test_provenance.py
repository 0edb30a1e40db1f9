"""Where a result comes from."""

from assay import __version__, settings
from assay.model.policy import Policy
from assay.model.sync import Snapshot
from assay.queries import provenance


def test_data_rules_and_versions_are_named_and_no_credential(snapshot: Snapshot, policy: Policy) -> None:
    store = settings.read({}, tracking_uri="https://me:secret@mlflow.example.com/x?token=secret")
    found = provenance.of(store, snapshot, policy)
    assert found["assay"] == __version__
    assert {"python", "numpy", "scipy", "duckdb", "mlflow"} <= set(found["versions"])
    assert found["store"] == "https://mlflow.example.com/x"
    assert "secret" not in str(found)
    assert found["snapshot"]["name"] == snapshot.name
    assert found["snapshot"]["complete_as_of"] == snapshot.complete_as_of.isoformat()
    assert found["policy"]["digest"] == policy.digest
