import pandas as pd
import pytest

from assay import evidence
from assay.errors import EvidenceError
from evidence.conftest import Run


def test_feature_importance_is_kept_largest_first(run: Run) -> None:
    evidence.log_feature_importance(pd.Series({"age": 0.1, "bmi": 0.7, "sex": -0.2}))
    kept = run.frame("feature_importance.parquet")
    assert kept["feature"].tolist() == ["bmi", "age", "sex"]
    assert kept["importance"].tolist() == [0.7, 0.1, -0.2]


@pytest.mark.parametrize(
    ("series", "message"),
    [
        (pd.Series([], dtype=float), "is empty"),
        (pd.Series({"age": "high"}), "must hold numbers"),
        (pd.Series([1.0, 2.0], index=["age", "age"]), "names 'age' more than once"),
    ],
    ids=["empty", "text", "repeated"],
)
def test_feature_importance_that_says_nothing_is_refused(run: Run, series: "pd.Series[float]", message: str) -> None:
    with pytest.raises(EvidenceError, match=message):
        evidence.log_feature_importance(series)
