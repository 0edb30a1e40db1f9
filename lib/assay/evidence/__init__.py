"""What training code calls so that its runs carry the evidence a review needs."""

from assay.evidence.logs import log_environment, log_feature_importance, log_recipe, log_scores, log_splits
from assay.evidence.seeds import seed_everything

__all__ = [
    "log_environment",
    "log_feature_importance",
    "log_recipe",
    "log_scores",
    "log_splits",
    "seed_everything",
]
