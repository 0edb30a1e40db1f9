from pathlib import Path

import numpy as np
import pytest
import yaml

from assay import evidence
from assay.errors import EvidenceError
from evidence.conftest import Run


def test_a_recipe_is_kept_as_readable_yaml_with_numpy_values_made_plain(run: Run) -> None:
    evidence.log_recipe({"name": "숫자", "model": {"C": np.float64(0.5), "layers": np.array([8, 4])}, "at": Path("a")})
    text = run.text("recipe.yaml")
    assert "숫자" in text
    assert yaml.safe_load(text) == {"name": "숫자", "model": {"C": 0.5, "layers": [8, 4]}, "at": "a"}


def test_a_recipe_that_is_empty_or_no_plain_value_is_refused(run: Run) -> None:
    with pytest.raises(EvidenceError, match="is empty"):
        evidence.log_recipe({})
    with pytest.raises(EvidenceError, match="object is no plain value"):
        evidence.log_recipe({"model": object()})
