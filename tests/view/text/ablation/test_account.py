"""How far to trust an ablation, and what its shares are."""

from dataclasses import replace

from ablated import ACCURACY, DEMO, LOG_LOSS, SWITCHED, ablated, demo
from assay.model.ablation.notes import AblationNote
from assay.model.metric import MetricUnit
from assay.model.note import note
from assay.model.runs.exclusion import Exclusion
from assay.view.text.ablation.account import basis, doubts, left_out, remarks, shares
from assay.view.text.ablation.words import labels
from assay.view.text.escape import flat
from assay.view.text.notes import words


def test_the_basis_names_method_n_correction_limits_and_what_stays_open() -> None:
    assert basis(demo(), name=flat) == (
        "95 % paired t intervals over 5 seeds; p is corrected over 3 (Holm), intervals are not. Critical: the whole "
        "interval lies above 5 points; important: above 1 point; removable: below 1 point; optional: below 5 points. "
        "augmentation stays optional: without it the interval reaches from a gain of 1.2 to a loss of 1.4 points. A "
        "large p removes nothing."
    )


def test_why_a_component_is_undecided_is_said_where_it_is_known() -> None:
    found = ablated({(): DEMO[()], ("a",): DEMO["scaling",], ("b",): DEMO[()], ("c",): DEMO[()]})
    said = basis(found, name=flat)
    assert "b and c are undecided: no variation seen in 5 pairs, so there is no interval and no p value." in said
    alone = ablated({(): DEMO[()], ("b",): DEMO[()], ("c",): DEMO[()]})
    assert "undecided:" not in basis(alone)


def test_limits_of_a_smallest_effect_say_so_and_missing_ones_why() -> None:
    losses = {off: [1 - score for score in scores] for off, scores in DEMO.items()}
    assert "5 times and once the smallest effect that matters" in basis(ablated(losses, LOG_LOSS))
    bare = ablated(DEMO, replace(ACCURACY, unit=MetricUnit.NONE, smallest_effect=None))
    sly = ablated(DEMO, replace(ACCURACY, name="*m*", unit=MetricUnit.NONE, smallest_effect=None))
    assert "Nobody said how much of \\*m\\* matters" in basis(sly)
    assert "Nobody said how much of accuracy matters" in basis(bare)
    assumed = demo(metric=replace(ACCURACY, direction_source="assumed"))
    assert "Nobody said which way accuracy is better" in basis(assumed)


def test_without_an_interval_nothing_is_shown_and_without_a_number_nothing_is_said() -> None:
    alone = ablated({off: scores[:1] for off, scores in DEMO.items()})
    assert basis(alone) == "There is no interval, so nothing is shown."
    assert basis(ablated({(): DEMO[()]}, components=SWITCHED)) == ""


def test_shares_sum_to_what_full_has_over_none_and_a_removable_one_is_explained() -> None:
    assert shares(demo(), name=flat) == (
        "Shapley shares 24.7 + 9.7 + 1.1 = 35.6 points, all that full has over none (rounded terms). Why pca has a "
        "share of 9.7 and can still go: a share averages over every order, and pca earns it only where scaling is off."
    )
    assert "**Why `pca` has a share of 9.7 and can still go:**" in shares(demo())
    assert shares(demo(("scaling", "pca"))) == ""


def test_a_share_that_is_earned_beside_its_substitute_too_is_not_put_down_to_it() -> None:
    """b stands in for a in the full system; without c it adds 15 points beside a."""
    means = {
        (): 0.80, ("b",): 0.80, ("a",): 0.60, ("a", "b"): 0.40,
        ("c",): 0.80, ("b", "c"): 0.65, ("a", "c"): 0.60, ("a", "b", "c"): 0.40,
    }  # fmt: skip
    noise = (0.002, -0.001, 0.001, -0.002, 0.0)
    cells = {
        off: [mean + own for own in noise[k % 5 :] + noise[: k % 5]] for k, (off, mean) in enumerate(means.items())
    }
    assert "b earns it only where others are off too." in shares(ablated(cells), name=flat)


def test_shares_of_some_components_name_the_system_they_are_counted_from() -> None:
    cells = {(): (0.9, 0.91), ("a",): (0.8, 0.82), ("b",): (0.7, 0.73), ("a", "b"): (0.5, 0.5), ("c",): (0.9, 0.9)}
    assert "all that full has over the system without `a` and `b`" in shares(ablated(cells))


def test_a_negative_share_keeps_its_sign() -> None:
    cells = {(): (0.9, 0.91), ("a",): (0.8, 0.82), ("b",): (0.95, 0.97), ("a", "b"): (0.85, 0.86)}
    assert "Shapley shares 10.0 − 5.0 = 5.0 points" in shares(ablated(cells))


def test_notes_are_told_apart_by_whether_they_are_doubts_and_name_their_arms() -> None:
    follows = note(AblationNote.FOLLOWS, param="pca_components", component="pca", on="20", off="0")
    doubt = note(AblationNote.CHANGES_BESIDE, params=("gamma",))
    found = demo(notes=(follows, doubt))
    assert remarks(found) == [follows]
    assert doubts(found) == [doubt]
    assert labels(found) == ["full", "without pca", "without augmentation", "without scaling"]
    sides = ablated({off: scores[:1] for off, scores in DEMO.items()})
    assert [words(one, labels(sides)) for one in doubts(sides)] == [
        "without pca, without augmentation, without scaling: 1 training per side, so this compares two checkpoints, "
        "not two methods."
    ]


def test_runs_that_are_in_no_mean_are_counted() -> None:
    assert left_out(demo()) == ""
    assert left_out(demo(excluded={Exclusion.NAN: 1}, metric=replace(ACCURACY, name="*m*"))) == (
        "Left out of every mean: 1 \\*m\\* is NaN."
    )
    assert left_out(demo(excluded={Exclusion.FAILED: 2, Exclusion.NAN: 1}), name=flat) == (
        "Left out of every mean: 2 failed, 1 accuracy is NaN."
    )
