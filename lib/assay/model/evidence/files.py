"""The files that training code logs as evidence, and the line that logs each."""

from collections.abc import Mapping

FOLDER = "evidence"
SCORES = f"{FOLDER}/scores.parquet"
SPLITS = f"{FOLDER}/splits.parquet"
ENVIRONMENT = f"{FOLDER}/environment.json"
FEATURE_IMPORTANCE = f"{FOLDER}/feature_importance.parquet"
RECIPE = f"{FOLDER}/recipe.yaml"

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
    FEATURE_IMPORTANCE: "evidence.log_feature_importance(series)",
    RECIPE: "evidence.log_recipe(mapping)",
}
