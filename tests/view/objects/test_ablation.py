"""The documented JSON object of an ablation."""

import json
from dataclasses import replace

import pytest

from ablated import ACCURACY, DEMO, SWITCHED, ablated, demo
from assay.model.ablation.notes import AblationNote
from assay.model.metric import MetricUnit
from assay.model.note import note
from assay.model.runs.exclusion import Exclusion
from assay.view.objects import plain
from assay.view.objects.ablation import ablation


def test_the_demo_as_documented() -> None:
    found = plain(ablation(demo()))
    assert (found["metric"], found["design"], found["direction_source"]) == ("accuracy", "factorial", "policy")
    assert [one["component"] for one in found["contributions"]] == ["scaling", "augmentation", "pca"]
    first = found["contributions"][0]
    assert first["contribution"] == pytest.approx(0.1259, abs=1e-4)
    assert first["interval"] == pytest.approx([0.0841, 0.1678], abs=1e-4)
    assert (first["class"], first["method"], first["paired"], first["n"]) == ("critical", "paired t", True, 5)
    assert first["p_adjusted"] > first["p_value"]
    assert first["alone"]["value"] == pytest.approx(0.3548, abs=1e-4)
    assert sum(found["shapley"].values()) == pytest.approx(found["whole"]["value"])
    assert found["yates"]["scaling × pca"] == pytest.approx(-0.1079, abs=1e-4)
    assert found["interactions"][0]["effect"] == pytest.approx(2 * found["yates"]["scaling × pca"])
    assert found["interactions"][0]["averaged_over"] == ["augmentation"]
    assert found["background"] == {}
    pair = found["pairs"][0]
    assert (pair["components"], pair["fate"], pair["case"], pair["winner"], pair["substitutes"]) == (
        ["scaling", "pca"], "needed", "one_wins", "scaling", True,
    )  # fmt: skip
    assert pair["cells"]["without_both"]["mean"] == pytest.approx(0.5944, abs=1e-4)
    assert (found["smallest"]["kept"], found["smallest"]["picked_from"]) == (["scaling", "augmentation"], 7)
    assert found["limits"] == {"critical": 0.05, "removable": 0.01, "source": "policy"}
    assert found["interpretation"].startswith("scaling and pca: one of them wins.")
    assert [arm["off"] for arm in found["arms"]][:2] == [[], ["pca"]]
    assert {arm["as_tested"] for arm in found["arms"]} == {True}
    assert found["full"]["scores"][0]["seed"] == "0"
    assert found["asked"]["factors"] == ["scaling", "pca", "augmentation"]


def test_what_cannot_be_told_is_null_with_a_reason_and_the_arms_that_are_missing() -> None:
    found = plain(ablation(demo(("scaling", "pca"))))
    first = found["interactions"][0]
    assert (first["effect"], first["estimable"], first["missing"]) == (None, False, [["scaling", "pca"]])
    assert first["reason"] == "1 combination that this takes has no run with a usable score"
    assert found["shapley"] == {"scaling": None, "augmentation": None, "pca": None}
    assert found["whole"] is None
    assert found["yates"]["scaling × pca"] is None
    assert found["background"] == {"scaling": "on", "pca": "on", "augmentation": "on"}


def test_an_arm_that_nobody_ran_has_no_contribution() -> None:
    (own,) = (one for one in ablation(demo(("pca",)))["contributions"] if one["component"] == "pca")
    assert (own["contribution"], own["interval"], own["n"]) == (None, None, 0)
    assert "pca" in own["reason"]


def test_without_limits_or_a_direction_nothing_is_classed() -> None:
    bare = ablation(ablated(DEMO, replace(ACCURACY, unit=MetricUnit.NONE, smallest_effect=None)))
    assumed = ablation(demo(metric=replace(ACCURACY, direction_source="assumed")))
    for found in (bare, assumed):
        assert (found["limits"], found["smallest"]) == (None, None)
        assert {one["fate"] for one in found["pairs"]} == {None}
        assert {one["class"] for one in found["contributions"]} == {None}
    assert "nobody said how much of accuracy matters" in bare["contributions"][0]["reason"]
    assert "nobody said which way accuracy is better" in assumed["contributions"][0]["reason"]


def test_nothing_hurts_where_nobody_said_which_way_is_better_or_of_two_runs() -> None:
    cells = {(): (0.5, 0.51, 0.52), ("a",): (0.9, 0.91, 0.93)}
    two = {off: scores[:2] for off, scores in cells.items()}
    assumed = replace(ACCURACY, direction_source="assumed")
    told = [ablation(ablated(*given))["contributions"][0]["hurts"] for given in ((cells,), (cells, assumed), (two,))]
    assert told == [True, False, False]


def test_notes_are_sentences_that_name_their_arms() -> None:
    said = (note(AblationNote.FOLLOWS, param="k", component="pca", on="20", off="0"),)
    found = plain(ablation(demo(notes=said, hypothesis="Scaling carries it.", excluded={Exclusion.FAILED: 2})))
    assert found["warnings"] == ["k changes with pca (20 with it, 0 without): what that adds includes it."]
    assert (found["notes"][0]["code"], found["notes"][0]["component"]) == ("follows", "pca")
    assert (found["hypothesis"], found["excluded"]) == ("Scaling carries it.", {"failed": 2})


def test_questions_of_the_plan_lead_to_their_arms() -> None:
    arms = demo().arms
    asked = replace(demo(), arms=(arms[0], replace(arms[1], question="Does PCA help?"), *arms[2:]))
    assert ablation(asked)["questions"] == {"Does PCA help?": ("pca",)}


@pytest.mark.parametrize("cells", [{(): DEMO[()]}, {off: scores for off, scores in DEMO.items() if off}, {}])
def test_an_ablation_that_tells_nothing_is_json_too(cells: dict[tuple[str, ...], tuple[float, ...]]) -> None:
    found = json.loads(json.dumps(plain(ablation(ablated(cells, components=SWITCHED)))))
    assert {one["contribution"] for one in found["contributions"]} == {None}
    assert found["smallest"] is None


@pytest.mark.parametrize("n", [1, 5])
def test_every_interval_that_is_null_has_a_reason_beside_it(n: int) -> None:
    found = plain(ablation(ablated({off: scores[:n] for off, scores in DEMO.items()}, components=SWITCHED)))
    cells = [own for pair in found["pairs"] for own in pair["cells"].values()]
    without = [own for own in (*found["arms"], *cells) if own["interval"] is None]
    assert [own for own in without if "reason" not in own] == []
    assert {own["reason"] for own in without if own in cells} <= {"one run has no spread, so there is no interval"}
    assert len(without) == (20 if n == 1 else 4)
