"""What is wrong with a recipe of the demo, or with its store."""

from assay.model.note import Code
from assay.model.problems import Demos, Recipes
from assay.view.text.notes.template import Words

_WRONG = "{{where}}: {{key}} is {{found}}; it must be {}."

WORDS: dict[Code, Words] = {
    Recipes.NO_RECIPES: "There are no recipes (*.yaml) in {folder}; restore the folder from the repository.",
    Recipes.RECIPE_NO_YAML: "{file} is no YAML: {error}.",
    Recipes.RECIPE_NAMES: (
        lambda said: f"{said['file']}: recipes are {said['names'] or 'none'}; name at least one, each once."
    ),
    Recipes.SOURCE_UNKNOWN: "loader.source_uri is {found}; it must be one of {allowed}.",
    Recipes.RECIPE_NO_MAPPING: "{where} holds {found}; it must be a mapping of keys to values.",
    Recipes.RECIPE_KEY_UNKNOWN: "{where}: unknown key {key!r}; allowed are {allowed}.",
    Recipes.RECIPE_KEY_MISSING: "{where}: {key} is missing; add it.",
    Recipes.WRONG_TYPE: (
        lambda said: _WRONG.format("of type " + f"{said['kinds']}".replace(", ", " or ")).format_map(said)
    ),
    Recipes.NOT_POSITIVE: _WRONG.format("a whole number above 0"),
    Recipes.NO_CHOICE: _WRONG.format("one of {allowed}"),
    Recipes.NO_CLASS: _WRONG.format("a class of scikit-learn, such as sklearn.svm.SVC"),
    Recipes.NOT_FIXED: _WRONG.format("a fixed value, since hyperparameter_tuning is not enabled"),
    Recipes.LOW_ABOVE_HIGH: _WRONG.format("a low below its high"),
    Recipes.LOW_NOT_ABOVE_ZERO: _WRONG.format("a low above 0 with log: true"),
    Recipes.NO_SHARE: _WRONG.format("a share between 0 and 1"),
    Recipes.NO_SHARE_OR_ONE: _WRONG.format("a share above 0, at most 1"),
    Recipes.WRONG_SEEDS: _WRONG.format("at least one whole number from 0, each once"),
    Demos.NOT_WHOLE: "{store} is not a whole MLflow store ({error}); move it away and run `assay demo` again.",
    Demos.NOT_MADE: (
        "The demo cannot be made in {folder}: {error}; name a folder that this user may write, with --data or "
        "ASSAY_DATA."
    ),
    Demos.OTHERS_FILES: "{folder} holds files that are not the demo's; move them away or name another folder.",
    Demos.OTHERS_RUNS: (
        "{store} is the demo of an earlier version and holds {n} runs, experiments or models of others, so it was left "
        "as it is; move it away and run `assay demo` again for the new one."
    ),
}
