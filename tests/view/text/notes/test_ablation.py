"""What a template can't say of an ablation is said."""

import pytest

from assay.model.ablation.notes import AblationNote as Says
from assay.model.note import Code, note
from assay.view.text.notes import words


@pytest.mark.parametrize(
    ("code", "values", "sentence"),
    [
        (Says.ONE_LEVEL, {"param": "pca", "level": "on"}, "pca is 'on' in every run found, so there is no telling what it adds."),
        (Says.ONE_LEVEL, {"param": "pca", "level": None}, "No run found logged pca, so there is no telling what it adds."),
        (Says.MANY_LEVELS, {"param": "lr", "levels": ("1", "2", "3"), "n": 3}, "lr has 3 levels (1, 2, 3); a component is on or off: filter two of them."),
        (Says.MANY_LEVELS, {"param": "lr", "levels": tuple("abcdefghij"), "n": 12}, "lr has 12 levels (a, b, c, d, e, f, g, h and 4 more); a component is on or off: filter two of them."),
        (Says.WHICH_IS_ON, {"param": "model", "levels": ("large", "small")}, "Which level of model is the full system's, large or small? Choose it under Full, or give it: --on model=large."),
        (Says.WHICH_IS_ON, {"param": "aug", "levels": ("", "flip")}, "Which level of aug is the full system's, not logged or flip? Choose it under Full, or give it: --on aug=flip."),
        (Says.NO_SUCH_LEVEL, {"param": "pca", "given": "maybe", "levels": ("on", "off")}, "pca is nowhere 'maybe'; it is on or off."),
        (Says.NO_SUCH_LEVEL, {"param": "pca", "given": None, "levels": ("on", "off")}, "pca is nowhere missing; it is on or off."),
        (Says.FULL_FINDS_SEVERAL, {"param": "pca", "levels": ("on", "off")}, "The filter of the full system finds on, off of pca; the full system has one of them: narrow the filter."),
        (Says.TWO_CONFIGURATIONS, {"param": "C", "values": ("1", "a,b"), "arm": "pca=on", "filter": "params.C = '1'", "more": 0}, "C varies within one arm, pca=on (1, \"a,b\"), and follows from no factor, so its runs are several configurations: filter one of them, such as params.C = '1', name it as a component too, or ignore it (under Full, or --ignore C)."),
        (Says.TWO_CONFIGURATIONS, {"param": "C", "values": ("1", ""), "arm": "pca=on", "filter": "", "more": 1}, "C varies within one arm, pca=on (1, not logged), and follows from no factor, as does 1 other param, so its runs are several configurations: filter one of them, name it as a component too, or ignore it (under Full, or --ignore C)."),
        (Says.SEVERAL_STUDIES, {"names": ("v1", "v2"), "filter": "tags.x = 'v1'"}, "Runs of 2 studies are found (v1, v2), which are no replicates of each other: filter one of them, such as tags.x = 'v1'."),
        (Says.INTERVALS_ALONE, {"n": 2, "of": 12}, "Each interval is read alone, and a class with it: 2 of 12 contributions leave out 0 and are not shown once p is corrected over all."),
        (Says.NO_PAIR_GIVEN, {"given": "pca"}, "'pca' is no NAME=F, a component's name and a filter: pca=params.pca = 'off'."),
        (Says.ON_OF_NONE, {"params": ("pca",)}, "pca is no component here: its level on is not used."),
        (Says.ON_OF_NONE, {"params": ("pca", "lora")}, "pca and lora are no components here: their levels on are not used."),
        (Says.NO_RUN_HOLDS, {"params": ("pca", "lora"), "n": 0}, "No run found logged pca and lora."),
        (Says.NO_RUN_HOLDS, {"params": ("pca",), "n": 1}, "1 run found logged pca, but it has not finished."),
        (Says.NO_RUN_HOLDS, {"params": ("pca",), "n": 3}, "3 runs found logged pca, but none of them has finished."),
        (Says.CELL_UNSCORED, {"n": 0}, "it has no run"),
        (Says.CELL_UNSCORED, {"n": 2}, "none of 2 runs has a usable score"),
        (Says.SAME_RUNS, {"a": "pca", "b": "x,y", "n": 1}, "1 run stands in the arms without pca and without \"x,y\": what these say is not independent."),
        (Says.CHANGES_BESIDE, {"params": ("C", "gamma")}, "C and gamma change with several components at once: what they do is told apart from none of these."),
        (Says.CHANGES_BESIDE, {"params": ("C",)}, "C changes with several components at once: what they do is told apart from none of these."),
        (Says.TEST_ROWS_DIFFER, {"n": 1, "of": 3}, "1 of 3 arms was tested on other rows than the full system, so it is not paired with it; the difference need not be the component's."),
        (Says.CHANGE_TOGETHER, {"components": ("a", "b")}, "a and b change together in every run, so there is no telling which of them does it."),
        (Says.CELLS_MISSING, {"n": 2}, "2 combinations that this takes have no run with a usable score."),
        (Says.MANY_SYSTEMS, {"n": 4094, "luck": 102.35}, "The smallest system is picked from 4,094 systems: were every one of them just at the limit, about 102 would pass by luck. Confirm it on fresh seeds."),
        (
            Says.NOT_ALL_TOGETHER,
            {"n": 1, "of": 8, "components": ("a", "b", "c")},
            "1 of 8 combinations of a, b, c has no run with a usable score, so pairs are told with everything else on, "
            "and there are no Shapley shares.",
        ),
        (Says.MANY_SYSTEMS, {"n": 7, "luck": 0.175}, "The smallest system is picked from 7 systems: were every one of them just at the limit, about 0.17 would pass by luck. Confirm it on fresh seeds."),
    ],
)  # fmt: skip
def test_words(code: Code, values: dict[str, object], sentence: str) -> None:
    assert words(note(code, **values)) == sentence  # type: ignore[arg-type]
