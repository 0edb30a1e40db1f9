"""Datasets of a run in words: a few, however many were logged."""

from assay.model.runs.data import Dataset
from assay.view.text.data import facts, first


def test_of_a_thousand_datasets_the_first_few_are_said() -> None:
    text = facts([Dataset(f"d{number}", "f6d9e39f", "test") for number in range(1_001)])["Test data"]
    assert len(text.splitlines()) == 6
    assert text.endswith("\nand 996 more")
    assert first(range(5), str) == [*"01234"]
