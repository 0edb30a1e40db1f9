"""`assay ablation`, called as a shell would."""

from pathlib import Path

import pytest

import factored
from assay.cli.ablation import names
from looking import synced
from shell import Assay, Result
from stores import Store


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Path]:
    store = factored.filled(tmp_path_factory.mktemp("ablations"))
    return store, synced(store, tmp_path_factory.mktemp("data"))


@pytest.fixture
def asked(assay: Assay, held: tuple[Store, Path]) -> Assay:
    store, data = held

    def call(*options: str, experiment: str = "whole") -> Result:
        where = ("--tracking-uri", store.uri, "--experiment", experiment, "--no-sync")
        found: Result = assay("ablation", *where, "--metric", "accuracy", *options, data=data)
        return found

    return call


ALL = ("--factors", "scaling,pca,augmentation")


def test_the_json_is_the_documented_one(asked: Assay) -> None:
    found = asked(*ALL, "--json").object
    assert (found["design"], found["experiment"]) == ("factorial", "whole")
    classes = {one["component"]: one["class"] for one in found["contributions"]}
    assert classes["scaling"] == "critical"
    assert found["full"]["replicates"] == 5
    assert sum(found["shapley"].values()) == pytest.approx(found["whole"]["value"])
    assert len(found["arms"]) == 8
    assert {"interactions", "pairs", "smallest", "yates", "background", "interpretation", "warnings"} <= set(found)


def test_people_get_the_sentence_first_then_arms_and_what_pairs_do(asked: Assay) -> None:
    found = asked(*ALL)
    lines = found.out.splitlines()
    assert lines[0].startswith("scaling is critical: accuracy loses")
    assert any(line.startswith("− scaling ") for line in lines)
    assert any(line.startswith("scaling × pca ") for line in lines)
    assert "Shapley shares" in found.out
    assert "Left out of every mean: 1 failed." in found.out
    assert found.code == 0


def test_filters_tell_the_arms_apart_where_no_param_does(asked: Assay) -> None:
    full = "params.scaling = 'on' AND params.pca = 'on' AND params.augmentation = 'on'"
    off = full.replace("params.pca = 'on'", "params.pca = 'off'")
    found = asked("--full", full, "--without", f"pca={off}", "--json", experiment="single").object
    assert (found["design"], [one["component"] for one in found["contributions"]]) == ("leave-one-out", ["pca"])
    assert found["contributions"][0]["n"] == 5


def test_factors_can_be_given_one_by_one(asked: Assay) -> None:
    found = asked("--factors", "scaling", "--factors", "pca,augmentation", "--json").object
    assert found["asked"]["factors"] == ["scaling", "pca", "augmentation"]


def test_the_full_systems_level_and_the_direction_can_be_chosen(asked: Assay) -> None:
    found = asked(*ALL, "--on", "scaling=off", "--direction", "minimize", "--json").object
    assert (found["direction"], found["direction_source"]) == ("minimize", "option")
    assert found["components"][0] == {"component": "scaling", "on": "off", "off": "on", "follows": []}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "assay: No component is named"),
        ((*ALL, "--without", "a=params.pca = 'off'"), "assay: Components are named as params or each by a filter"),
        (("--without", "pca"), "assay: 'pca' is no NAME=F"),
        (("--without", "pca=params.pca = 'off'"), "assay: A filter for each arm needs one for the full system too"),
        ((*ALL, "--on", "scaling"), "assay: 'scaling' is no PARAM=LEVEL"),
        ((*ALL, "--on", "scaling=maybe"), "assay: scaling is nowhere 'maybe'; it is off or on."),
        (("--factors", "scaling,scaling"), "assay: The factor scaling is named twice; keep one."),
        (("--factors", "nothing"), "assay: There is no param 'nothing'."),
        (("--full", ""), "assay: Invalid value for '--full'"),
        (("--factors", "scaling"), "assay: augmentation varies within one arm"),
    ],
)
def test_what_cannot_be_asked_is_one_line_and_code_2(asked: Assay, options: tuple[str, ...], sentence: str) -> None:
    found = asked(*options)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(sentence)
    assert len(found.err.splitlines()) == 1


def test_names_with_commas_are_quoted_or_known() -> None:
    assert names(["a, b", "c"], ()) == ("a", "b", "c")
    assert names(['"a,b",c'], ()) == ("a,b", "c")
    assert names(["a,b", "c,d"], {"a,b"}) == ("a,b", "c", "d")
    assert names([" , ", ""], ()) == ()
