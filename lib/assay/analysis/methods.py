"""The inference that each method makes of a mean, of paired differences, or of two groups."""

from assay.analysis.bootstrap.intervals import BOOTSTRAPS, bootstrap
from assay.analysis.inference import Inference
from assay.analysis.permutation import relabelled, sign_flips
from assay.analysis.sample import Groups
from assay.analysis.student import one_mean, welch
from assay.model.comparison.procedure import Technique
from assay.model.comparison.question import Method


def inference(
    groups: Groups, method: Method, resamples: int, seed: int, technique: Technique = Technique.T
) -> Inference:
    """Of the mean of one group, or of mean(first) − mean(second); `auto` is t. Its law is made once, here.

    Needs n ≥ 2 per group and, but under permutation, values that vary. `technique`: what t of one group is called.
    """
    if method in BOOTSTRAPS:
        return bootstrap(groups, method, resamples, seed)
    if method is Method.PERMUTATION:
        return relabelled(*groups, resamples, seed) if len(groups) == 2 else sign_flips(groups[0], resamples, seed)
    return welch(*groups) if len(groups) == 2 else one_mean(groups[0], technique)
