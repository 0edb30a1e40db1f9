from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assay.errors import EvidenceError
from assay.evidence.ablation.plan import StudyPlan, read_plan

COMPONENTS: Mapping[str, Any] = {"model": "large", "dim": 768}
THREE: Mapping[str, Any] = {"scaling": True, "pca": 32, "augmentation": True}

_GUIDE = """\
ablation:
  hypothesis: |
    Model and dimension only win together.
  experiments:
    - name: baseline
      question: Where do we start?
      model: small
      dim: 384
    - name: model_only
      question: Is the model enough?
      config: {model: large, dim: 384}
    - name: dim_only
    - name: both
      question:
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _arm(experiment: Mapping[str, Any], components: Mapping[str, Any] = THREE) -> tuple[str, ...]:
    [arm] = read_plan({"experiments": [experiment]}, components).questions
    return arm


def test_the_guides_form_is_read_from_a_file(tmp_path: Path) -> None:
    assert read_plan(_file(tmp_path, _GUIDE), COMPONENTS) == StudyPlan(
        "Model and dimension only win together.",
        {
            ("model", "dim"): "Where do we start?",
            ("dim",): "Is the model enough?",
            ("model",): "",
            (): "",
        },
    )
    assert read_plan(str(_file(tmp_path, _GUIDE)), COMPONENTS).hypothesis


def test_a_mapping_and_one_without_the_top_key_are_the_same_plan() -> None:
    inner = {"hypothesis": "H", "experiments": [{"name": "full", "question": "Q"}]}
    assert read_plan(inner, THREE) == read_plan({"ablation": inner}, THREE) == StudyPlan("H", {(): "Q"})
    assert read_plan({"hypothesis": "H"}, THREE) == StudyPlan("H")
    assert read_plan(None, THREE) == StudyPlan()


@pytest.mark.parametrize(
    ("name", "arm"),
    [
        ("full", ()),
        ("ALL", ()),
        ("none", ("scaling", "pca", "augmentation")),
        ("Baseline", ("scaling", "pca", "augmentation")),
        ("without_pca", ("pca",)),
        ("without pca", ("pca",)),
        ("no_scaling", ("scaling",)),
        ("-augmentation", ("augmentation",)),
        ("- augmentation", ("augmentation",)),
        ("pca_only", ("scaling", "augmentation")),
        ("only pca", ("scaling", "augmentation")),
    ],
)
def test_a_name_alone_places_an_arm(name: str, arm: tuple[str, ...]) -> None:
    assert _arm({"name": name}) == arm


@pytest.mark.parametrize(
    ("settings", "arm"),
    [
        ({"remove": "pca"}, ("pca",)),
        ({"without": ["augmentation", "scaling"]}, ("scaling", "augmentation")),
        ({"remove": []}, ()),
        ({"remove": "pca", "settings": {"pca": False, "scaling": "on"}}, ("pca",)),
        ({"scaling": "yes", "pca": 32, "augmentation": 1}, ()),
        ({"scaling": "Enabled", "pca": "on", "augmentation": "off"}, ("augmentation",)),
        ({"scaling": False, "pca": 16, "augmentation": None}, ("scaling", "pca", "augmentation")),
        ({"config": {"scaling": True, "pca": "32"}, "augmentation": True}, ()),
        ({"components": {"scaling": True, "pca": False, "augmentation": True}}, ("pca",)),
    ],
)
def test_settings_place_an_arm_whatever_it_is_called(settings: Mapping[str, Any], arm: tuple[str, ...]) -> None:
    assert _arm({"name": "E7", **settings}) == arm


@pytest.mark.parametrize(
    ("experiment", "said"),
    [
        ({"name": "E7"}, "experiment 'E7': it tells no arm"),
        ({"question": "Why?"}, "experiment 1: it tells no arm"),
        ({"name": "both"}, "it tells no arm"),
        ({"name": "without_pcs"}, "it tells no arm"),
        ({"name": 7, "remove": "pcs"}, "experiment 7: There is no component 'pcs'"),
        ({"remove": 5}, "what it removes is 5"),
        ({"settings": {"pcs": False}}, "'pcs' is no component; there are scaling, pca, augmentation"),
        ({"name": "full", "epochs": 3}, "'epochs' is no component"),
        ({"pca": False}, "does not say whether scaling, augmentation is on"),
        ({"remove": "pca", "scaling": False}, "two things of 'scaling'"),
        ({"remove": "pca", "pca": True}, "two things of 'pca'"),
        ({"pca": True, "config": {"pca": False}}, "two things of 'pca'"),
        ({"scaling": 3, "pca": True, "augmentation": True}, "'scaling' is 3; it must be on or off"),
        ({"components": ["pca"]}, r"components is \['pca'\]; it must be a mapping"),
        ({"name": "full", "question": 3}, "the question is 3; it must be a text"),
        ("full", "'full' is no mapping"),
    ],
)
def test_what_cannot_be_placed_without_guessing_is_refused(experiment: Any, said: str) -> None:
    with pytest.raises(EvidenceError, match=f"^The plan: .*{said}"):
        read_plan({"experiments": [experiment]}, THREE)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ({"hypothesis": ["A"]}, r"the hypothesis is \['A'\]; it must be a text"),
        ({"experiments": {"a": 1}}, "it must be a list"),
        ({"ablation": None}, "no ablation with a hypothesis or experiments"),
        ({"train": {}}, "no ablation with a hypothesis or experiments"),
        (7, "The plan is 7; pass the path"),
    ],
)
def test_what_is_no_plan_is_refused(plan: Any, said: str) -> None:
    with pytest.raises(EvidenceError, match=said):
        read_plan(plan, THREE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            _GUIDE.replace("dim_only", "model_only"),
            "line 12: experiment 'model_only': it is 'without dim', as one before",
        ),
        (_GUIDE.replace("dim_only", "dims_only"), "line 12: experiment 'dims_only': it tells no arm"),
        (_GUIDE.replace("      dim: 384\n", "      dim: 384\n      dim: 768\n"), "line 9: 'dim' is there twice"),
        (_GUIDE.replace("dim: 384}", "dim: 384, dim: 1}"), "line 11: 'dim' is there twice"),
        ("experiments:\n- name: full\n- {name: x}\n", "line 3: experiment 'x'"),
        ("ablation:\n  hypothesis: [\n", "line 3: the plan is no YAML"),
        ("? [a]\n: 1\n", "line 1: the plan is no YAML"),
        ("", "no ablation with a hypothesis"),
        ("- a\n", "no ablation with a hypothesis"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    path = _file(tmp_path, text)
    with pytest.raises(EvidenceError) as error:
        read_plan(path, COMPONENTS)
    assert str(error.value).startswith(str(path))
    assert said in str(error.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="gone.yaml: the plan cannot be read: No such file"):
        read_plan(tmp_path / "gone.yaml", THREE)
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"hypothesis: \xe9t\xe9\n")
    with pytest.raises(EvidenceError, match=r"latin.yaml: the plan is no text in UTF-8"):
        read_plan(path, THREE)


def test_a_value_that_only_code_has_is_switched_by_on_and_off() -> None:
    components = {"model": object(), "pca": True}
    assert _arm({"model": "on", "pca": "off"}, components) == ("pca",)
    assert _arm({"model": "small", "pca": "on"}, components) == ("model",)


def test_the_plan_of_the_manual_is_one(tmp_path: Path) -> None:
    manual = (Path(__file__).resolve().parents[3] / "docs" / "evidence.md").read_text(encoding="utf-8")
    found = read_plan(
        _file(tmp_path, manual.partition("```yaml\n")[2].partition("```")[0]), {"scaling": True, "pca": 32}
    )
    assert [*found.questions] == [("pca",), ("scaling",), ("scaling", "pca")]
    assert found.hypothesis.startswith("Scaling carries it")
