import numpy as np
import pandas as pd
import pytest

from assay.demo import data
from assay.errors import RecipeError
from saying import refused

SOURCES = ("sklearn:digits", "sklearn:diabetes", "simulated:noise", "simulated:patients")


@pytest.mark.parametrize("source", SOURCES)
def test_every_row_has_an_id_a_hash_of_its_own_and_a_slice(source: str) -> None:
    loaded = data.load(source)
    rows, columns = loaded.features.shape
    assert len(loaded.columns) == columns
    assert len(set(loaded.ids)) == len(set(loaded.hashes)) == len(loaded.target) == len(loaded.slices) == rows
    assert all(pd.api.types.is_string_dtype(kind) for kind in loaded.slices.dtypes)


def test_equal_rows_have_equal_hashes() -> None:
    twice = np.ones((2, 3))
    made = data.dataset("twin", twice, ("a", "b", "c"), np.zeros(2), pd.DataFrame({"s": ["x", "y"]}))
    assert made.hashes[0] == made.hashes[1]


def test_a_patient_has_one_condition_and_eight_visits() -> None:
    patients = data.load("simulated:patients")
    assert patients.group is not None
    by_patient = pd.Series(patients.target).groupby(patients.group)
    assert by_patient.size().unique().tolist() == [8]
    assert by_patient.nunique().unique().tolist() == [1]


def test_data_that_nobody_ships_is_refused_with_what_there_is() -> None:
    with refused(RecipeError, "'sql:runs'; it must be one of sklearn:digits, sklearn:diabetes"):
        data.load("sql:runs")
