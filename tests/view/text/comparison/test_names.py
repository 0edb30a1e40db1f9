"""What the sides of a comparison are called."""

from collections.abc import Callable

from assay.model.comparison import Comparison
from assay.view.text.comparison.names import shortened, without_common_key


def test_the_key_that_all_labels_share_goes() -> None:
    assert without_common_key(["model=svc", "model=forest"]) == ["svc", "forest"]


def test_a_number_alone_would_say_nothing() -> None:
    assert without_common_key(["C=0.1", "C=5"]) == ["C=0.1", "C=5"]


def test_labels_of_several_params_or_of_none_stay() -> None:
    assert without_common_key(["model=svc, pca=on", "model=svc, pca=off"]) == [
        "model=svc, pca=on",
        "model=svc, pca=off",
    ]
    assert without_common_key(["model=", "model=x"]) == ["model=", "model=x"]
    assert without_common_key(["a run", "another"]) == ["a run", "another"]


def test_a_comparison_is_renamed_as_a_whole(compare: Callable[..., Comparison]) -> None:
    found = compare(**{"x=a": (0.6, 0.7, 0.8), "x=b": (0.6, 0.7, 0.8)})
    assert [c.side.sample.label for c in shortened(found).candidates] == ["x=a", "x=b"]
