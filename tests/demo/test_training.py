from dataclasses import replace

import numpy as np
import pytest

from assay.demo import data, images, recipes, steps, training
from assay.settings import SHIPPED


def recipe(experiment: str, name: str) -> recipes.Recipe:
    (file,) = (SHIPPED / "recipes").glob(f"*-{experiment}.yaml")
    found = recipes.read_file(file).recipes
    return next(r for r in found if r.name == name)


@pytest.mark.parametrize(("name", "accuracy"), [("selection-before-split", 0.76), ("selection-after-split", 0.46)])
def test_selecting_noise_before_and_after_the_split_scores_what_is_known(name: str, accuracy: float) -> None:
    known = recipe("leak-selection", name)
    whole = replace(known.validation, train_share=1.0)
    known = replace(known, hyperparameters={"n_estimators": 100}, validation=whole)
    assert training.train(known, data.load(known.source_uri), 1).metrics["accuracy"] == pytest.approx(accuracy)


def test_test_rows_are_the_same_for_every_seed_and_never_trained_on() -> None:
    svc = recipe("digits-classifiers", "svc-rbf")
    digits = data.load(svc.source_uri)
    first, second = (training.partition(svc, digits, seed) for seed in (1, 2))
    assert first.test.tolist() == second.test.tolist()
    assert set(first.train) != set(second.train)
    assert not set(first.train) & set(first.test)


def test_a_search_holds_back_validation_rows_from_training_and_leaves_the_test_rows_alone() -> None:
    mlp = recipe("digits-random-search", "mlp-search")
    rows = training.partition(mlp, data.load(mlp.source_uri), 42, validation=0.25)
    sets = [set(part) for part in (rows.train, rows.validation, rows.test)]
    assert not sets[0] & sets[1] | sets[0] & sets[2] | sets[1] & sets[2]
    assert rows.test.tolist() == training.partition(mlp, data.load(mlp.source_uri), 42).test.tolist()


def test_augmentation_shifts_training_images_and_only_those() -> None:
    full = recipe("digits-ablation", "full")
    outcome = training.train(full, data.load(full.source_uri), 42)
    assert outcome.splits["split"].value_counts()["train"] == round(0.2 * 1257)
    image = np.zeros((1, 64))
    image[0, 27] = 1.0
    assert images.moved(image).argmax(axis=1).tolist() == [27, 35, 19, 28, 26]


def test_a_trial_that_is_stopped_says_after_which_epoch() -> None:
    mlp = replace(recipe("digits-classifiers", "mlp"), metrics=("accuracy",))
    digits = data.load(mlp.source_uri)
    rows = training.partition(mlp, digits, 42, validation=0.25)
    outcome = training.train(mlp, digits, 42, rows=rows, stop=lambda epoch, _score: epoch == 3)
    assert outcome.stopped == 3
    assert len(outcome.histories["val_accuracy"]) == len(outcome.histories["train_loss"]) == 3


def test_images_are_moved_before_the_split_or_after_it_on_training_images_only() -> None:
    before, after = recipe("leak-images", "moved-before-split"), recipe("leak-images", "moved-after-split")
    assert len(data.table(before).target) == 2 * len(data.table(after).target)
    for known, times in ((before, 1), (after, 5)):
        outcome = training.train(known, data.table(known), 42)
        rows = outcome.splits["split"].value_counts()
        assert len(outcome.steps[0].train.target) == times * rows["train"]
        assert len(outcome.steps[0].held_out.target) == rows["test"] == len(outcome.scores)


def test_a_split_by_time_tests_on_the_last_hours_of_all_seeds_alike() -> None:
    by_time = recipe("leak-series", "split-by-time")
    series = data.table(by_time)
    first, second = (training.partition(by_time, series, seed) for seed in (1, 2))
    assert first.test.tolist() == second.test.tolist() == [*range(630, 900)]
    assert first.train.max() < 630
    assert {*first.train} != {*second.train}


def test_steps_know_the_rows_that_they_should_not_have_seen() -> None:
    leaky = recipe("leak-selection", "selection-before-split")
    noise = data.table(leaky)
    (selection,) = training.train(leaky, noise, 42).steps
    parts = (selection.train, selection.held_out, selection.others)
    assert [part and len(part.target) for part in parts] == [135, 50, 15]
    assert selection.supervised
    assert not np.array_equal(selection.step.scores_, selection.step.fit(*parts_of(selection.train)).scores_)


def parts_of(part: steps.Part) -> tuple[images.Array, images.Array]:
    return part.features, part.target
