"""What is read of a dataset."""

import pyarrow as pa
import pytest

from assay.sources import datasets


@pytest.mark.parametrize(
    ("profile", "rows"),
    [
        ('{"num_rows": 540, "num_elements": 3}', 540),
        ('{"features_shape": [754, 64]}', 754),
        ('{"num_rows": 0}', 0),
        ('{"num_rows": -1}', None),
        ('{"num_rows": true}', None),
        ('{"num_rows": 1e300}', None),
        ('{"num_rows": 99999999999999999999}', None),
        ('{"features_shape": []}', None),
        ('{"features_shape": {"a": [1]}}', None),
        ("[540]", None),
        ("{", None),
        ("[" * 3_000, None),
        ("", None),
        ('{"num_rows": 540, "more": "' + "x" * 4_000 + '"}', None),
    ],
)
def test_rows_are_counted_where_a_short_profile_says_how_many(profile: str, rows: int | None) -> None:
    assert datasets.rows(profile) == rows


def test_an_odd_dataset_is_a_row_all_the_same() -> None:
    assert datasets.row({"name": None, "digest": 7, "source": "s" * 9_999, "source_type": "\ud800"}) == (
        "",
        "",
        "?",
        "s" * 2_000,
        None,
    )


def test_inputs_without_a_context_keep_an_empty_one() -> None:
    inputs = pa.table({"run_id": ["a", "b"], "dataset": ["x", "x"], "input": ["1", "2"]})
    contexts = pa.table({"input": ["2", "3"], "context": ["test", "train"]})
    assert datasets.used(inputs, contexts).to_pylist() == [
        {"run_id": "a", "dataset": "x", "context": ""},
        {"run_id": "b", "dataset": "x", "context": "test"},
    ]
