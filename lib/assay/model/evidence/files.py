"""The files that training code logs as evidence, and the line that logs each."""

from collections.abc import Mapping

FOLDER = "evidence"
SCORES = f"{FOLDER}/scores.parquet"
SPLITS = f"{FOLDER}/splits.parquet"
ENVIRONMENT = f"{FOLDER}/environment.json"
FEATURE_IMPORTANCE = f"{FOLDER}/feature_importance.parquet"
CHANGES = f"{FOLDER}/changes.patch"
"""What was not committed; of a clean tree there is none."""
RECIPE = f"{FOLDER}/recipe.yaml"
PREPROCESSING = f"{FOLDER}/preprocessing"
"""A folder with a file `NAME.json` for each step."""

TAG = "assay.evidence"
"""What tags of a run begin with that say which evidence it has: the SHA-256 of each file."""

TEST_ROWS_TAG = f"{TAG}.test_rows"
"""The tag that says which test rows a run was scored on: equal where they are."""

COMMIT_TAG = f"{TAG}.commit"
"""The tag that says which commit the code was of, so that no file has to be asked."""


def tag_of(path: str) -> str:
    """The tag of an evidence file: `assay.evidence.splits`, `assay.evidence.preprocessing.scaler`."""
    name = path.removeprefix(f"{FOLDER}/").rpartition(".")[0]
    return f"{TAG}.{name.replace('/', '.')}"


LABEL, PREDICTION, PROBABILITY = "label", "prediction", "probability"
PREDICTIONS = (LABEL, PREDICTION, PROBABILITY)
"""Columns of the scores that are neither a metric nor, unless asked for, something to slice by."""

INPUTS = ("input", "inputs", "text", "question", "query", "prompt")
IMAGES = ("image", "image_path")
LABELS = (LABEL, "target", "targets", "expected", "ground_truth")
ANSWERS = (PREDICTION, "output", "outputs", "answer")
"""Columns of the scores that single examples are shown with, the first that is there: the text that went in, the path
of an image among the run's artifacts, what was right, and what the run said."""

LOGGED_BY: Mapping[str, str] = {
    SCORES: "evidence.log_scores(frame)",
    SPLITS: "evidence.log_splits(frame)",
    ENVIRONMENT: "evidence.log_environment()",
    CHANGES: "evidence.log_environment(changes=True)",
    FEATURE_IMPORTANCE: "evidence.log_feature_importance(series)",
    RECIPE: "evidence.log_recipe(mapping)",
    PREPROCESSING: "evidence.log_preprocessing(step, train, held_out)",
}
