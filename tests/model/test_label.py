"""What labels have in common."""

from assay.model.label import without_common_key


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
