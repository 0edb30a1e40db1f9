"""Where a result comes from."""

from dataclasses import replace

from assay import __version__, settings
from assay.queries import provenance
from assay.workspace import Workspace


def test_data_rules_and_versions_are_named_and_no_credential(work: Workspace) -> None:
    store = settings.read({}, tracking_uri="https://me:secret@mlflow.example.com/x?token=secret")
    found = provenance.of(replace(work, settings=store))
    assert found["assay"] == __version__
    assert {"python", "numpy", "scipy", "duckdb", "mlflow"} <= set(found["versions"])
    assert found["store"] == "https://mlflow.example.com/x"
    assert "secret" not in str(found)
    assert found["snapshot"]["name"] == work.snapshot.name
    assert found["snapshot"]["complete_as_of"] == work.snapshot.complete_as_of.isoformat()
    assert found["policy"]["digest"] == work.policy.digest
