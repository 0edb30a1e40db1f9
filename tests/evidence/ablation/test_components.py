import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from assay.errors import EvidenceError
from assay.evidence.ablation.components import checked, digest, params, value_text
from assay.evidence.hashing import hash_rows


def test_bare_names_are_true_and_a_mapping_is_what_it_is() -> None:
    assert checked(["b", "a"]) == {"b": True, "a": True}
    assert checked({"layer norm": None, "크기/x": 3}) == {"layer norm": None, "크기/x": 3}


@pytest.mark.parametrize(
    ("components", "said"),
    [
        ([], "no components"),
        ({}, "no components"),
        ("scaling", "components are 'scaling'"),
        (7, "components are 7"),
        (["a", "b", "a"], "'a' is named twice"),
        (["seed"], "'seed' would be taken for the seed"),
        (["Random_State"], "would be taken for the seed"),
        (["a,b"], "'a,b' cannot be a param of MLflow"),
        (["it's"], "cannot be a param"),
        (["../a"], "cannot be a param"),
        (["a//b"], "cannot be a param"),
        ([""], "cannot be a param"),
        (["x" * 241], "cannot be a param"),
        ([3], "component 3 cannot be a param"),
        ({"a": False}, "'a' is False in the full system"),
        ({"a": 3, "a_value": 4}, "value of 'a' is logged as 'a_value', which is a component too"),
    ],
)
def test_what_cannot_be_a_param_of_its_own_is_refused(components: Any, said: str) -> None:
    with pytest.raises(EvidenceError, match=said):
        checked(components)


def test_a_value_follows_from_its_component_and_goes_with_it() -> None:
    components = {"scaling": True, "pca": 32, "model": "large", "dims": (1, 2), "norm": None, "flag": np.True_}
    assert params(components, ["model", "scaling"]) == {
        "scaling": "off",
        "pca": "on",
        "model": "off",
        "dims": "on",
        "norm": "on",
        "flag": "on",
        "pca_value": "32",
        "dims_value": "[1, 2]",
        "norm_value": "null",
    }


def test_a_long_value_is_shortened_and_a_function_is_named() -> None:
    assert len(value_text("x" * 900, "a")) == 500
    assert value_text(hash_rows, "a") == '"assay.evidence.hashing.hash_rows"'


_SAME: Mapping[str, Any] = {
    "kinds": {"b", "a", "c"},
    "model": {"size": np.int64(3), "rates": np.array([0.1, 0.2])},
    "hash": hash_rows,
    "on": True,
}


def test_the_digest_is_the_same_in_every_process_and_in_any_order() -> None:
    code = (
        "import numpy as np\nfrom assay.evidence.ablation.components import digest\nfrom assay.evidence.hashing import hash_rows\n"
        "print(digest({'on': True, 'model': {'rates': [0.1, 0.2], 'size': 3}, 'hash': hash_rows, "
        "'kinds': frozenset('cab')}))"
    )
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        said = subprocess.check_output([sys.executable, "-c", code], text=True, env=environment)
        assert said.strip() == digest(_SAME)


def test_other_names_values_and_kinds_have_another_digest() -> None:
    several: list[dict[str, Any]] = [
        {"a": 1},
        {"a": "1"},
        {"a": 2},
        {"b": 1},
        {"a": 1, "b": 1},
        {"a": True},
        {"a": [1]},
    ]
    several += [{"a": np.array([0.123456789012])}, {"a": np.array([0.123456789013])}]
    assert len({digest(one) for one in several}) == len(several)


@pytest.mark.parametrize("value", [object(), lambda: 0, [object()], np.random.default_rng(0).normal])
def test_what_another_process_could_not_tell_from_others_is_refused(value: object) -> None:
    with pytest.raises(EvidenceError, match="value of component 'a' is .*; name it by a text"):
        digest({"a": value})


def test_a_text_that_leaves_something_out_is_no_name() -> None:
    class Elided:
        def __repr__(self) -> str:
            return "Elided(1, 2, ..., 9)"

    with pytest.raises(EvidenceError, match="name it by a text"):
        digest({"a": Elided()})
