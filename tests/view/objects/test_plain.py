"""JSON that page and command share."""

import json

from assay.view.objects import plain


def test_what_json_has_no_number_for_becomes_null_with_its_reason() -> None:
    made = plain({"mean": float("nan"), "low": [1.0, float("inf")], "inner": {"p": float("-inf"), "reason": "few"}})
    assert made == {
        "mean": None,
        "low": [1.0, None],
        "inner": {"p": None, "reason": "few; p is -Inf"},
        "reason": "mean is NaN",
    }
    assert "NaN" not in json.dumps(made["low"])
