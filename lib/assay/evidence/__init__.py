"""What training code calls so that its runs carry the evidence a review needs."""

from assay.evidence.ablation.study import AblationStudy
from assay.evidence.environment import log_environment
from assay.evidence.hashing import hash_rows
from assay.evidence.importance import log_feature_importance
from assay.evidence.preprocessing import log_preprocessing
from assay.evidence.recipe import log_recipe
from assay.evidence.scores import log_scores
from assay.evidence.seeds import seed_everything
from assay.evidence.splits import log_splits

__all__ = [
    "AblationStudy",
    "hash_rows",
    "log_environment",
    "log_feature_importance",
    "log_preprocessing",
    "log_recipe",
    "log_scores",
    "log_splits",
    "seed_everything",
]
