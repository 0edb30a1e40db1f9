import numpy as np
import pandas as pd
import pytest

from assay.demo import data
from assay.errors import RecipeError
from saying import refused

SOURCES = (
    "sklearn:digits", "sklearn:large-digits", "sklearn:diabetes", "simulated:noise", "simulated:patients",
    "simulated:series", "sklearn:breast-cancer",
)  # fmt: skip


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


def test_cleaned_data_keep_their_name_and_lose_rows_with_outliers() -> None:
    whole = data.load("sklearn:breast-cancer")
    left = data.cleaned(whole)
    assert left.name == whole.name
    assert 500 < len(left.target) < len(whole.target) == 569
    rows = np.flatnonzero(np.isin(whole.ids, left.ids))
    assert (left.features == whole.features[rows]).all()
    assert (left.target == whole.target[rows]).all()
    assert left.slices["diagnosis"].tolist() == whole.slices["diagnosis"].iloc[rows].tolist()
    gone = np.delete(whole.features, rows, axis=0)
    far = np.abs(gone - whole.features.mean(axis=0)) > 4 * whole.features.std(axis=0)
    assert far.any(axis=1).all()
    for other in ("simulated:patients", "simulated:series"):
        assert len(data.cleaned(data.load(other)).hashes) <= len(data.load(other).hashes)


def test_data_that_nobody_ships_is_refused_with_what_there_is() -> None:
    with refused(RecipeError, "'sql:runs'; it must be one of sklearn:digits, sklearn:large-digits, sklearn:diabetes"):
        data.load("sql:runs")


def test_a_moved_image_is_a_row_of_its_own_and_knows_which_image_it_was() -> None:
    still = data.load("sklearn:large-digits")
    moved = data.moved_copies(still)
    assert len(moved.target) == len({*moved.ids}) == len({*moved.hashes}) == 2 * len(still.target)
    assert moved.group is not None
    assert pd.Series(moved.target).groupby(moved.group).nunique().eq(1).all()
    assert [one for one in moved.ids if one.startswith("digits-00000")] == [
        f"digits-00000-{way}" for way in ("still", "down", "up", "right", "left")
    ]
    first = [
        moved.features[moved.ids.tolist().index(f"digits-00000-{way}")].reshape(24, 24) for way in ("still", "down")
    ]
    assert (first[0][:-1] == first[1][1:]).all()


def test_the_hours_of_the_series_are_in_order_and_the_load_is_on_as_long_as_off() -> None:
    series = data.load("simulated:series")
    assert series.time is not None
    assert pd.Series(series.time).diff().dropna().eq(pd.Timedelta("1h")).all()
    assert series.target.mean() == 0.5
