"""The words of a front that a template can't say."""

from assay.model.note import note
from assay.model.tradeoffs.notes import FrontNote as Says
from assay.view.text.notes import words


def test_why_there_is_no_volume_is_told_of_one_of_several_and_of_many_objectives() -> None:
    assert words(note(Says.NO_VOLUME, n=1, objectives=2)).startswith(
        "No hypervolume: there is one configuration alone, or all have the same values, so that there is no room"
    )
    assert words(note(Says.NO_VOLUME, n=2, objectives=2)).startswith("No hypervolume: all configurations have the same")
    assert "3,000 configurations over 5 objectives" in words(note(Says.NO_VOLUME, n=3000, objectives=5))
