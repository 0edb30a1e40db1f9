"""From what loss on is a component of a metric critical, and below what can it go?"""

from assay.analysis.ablation import classes
from assay.model.ablation.policy import ClassLimits
from assay.model.metric import Metric
from assay.queries import metrics
from assay.workspace import Workspace


def limits(work: Workspace, metric: str) -> tuple[Metric, ClassLimits | None]:
    """What the policy says of `metric`, whatever is logged of it; no limits where nobody knows what matters."""
    known = metrics.known(work.policy, metric)
    return known, classes.limits(work.policy.ablation, known)
