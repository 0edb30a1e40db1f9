"""What the policy says of leakage: from where on a check warns or fails, and what names of metrics mean."""

from dataclasses import dataclass
from typing import Literal

from assay.model.evidence.splits import SplitRole
from assay.model.metric import words_of
from assay.model.patterns import any_match, starred

_OTHER_KINDS = frozenset((
    "availability", "change", "count", "counts", "decrease", "degradation", "delta", "diff", "difference", "drop",
    "duration", "epochs", "err", "error", "errors", "gain", "gap", "improvement", "increase", "iterations",
    "latency", "loss", "losses", "ms", "num", "number", "rank", "ranking", "seconds", "sem", "std", "stddev",
    "stderr", "steps", "support", "threshold", "time", "train", "var", "variance",
))  # fmt: skip
"""Words of what is told of a score and is none: `rank_test_accuracy`, `accuracy_drop`, `split0_train_auc`."""


@dataclass(frozen=True, slots=True)
class LeakagePolicy:
    """From where on a check of leakage warns or fails; shares of 1, features by shell wildcards, case ignored.

    `rows`: `sampled` where equal rows may arise by chance, `unique` where any is a copy. `duplicate_rows`,
    `temporal_overlap`: shares of the test rows. `split_sizes`: fewest test rows. `test_looks`: most configurations that
    one test set is to judge. `fold_spread`: sd of a share over folds. `top_features`: how many of the most important
    ones are looked at; `feature_share`: of all importance, for one of them. `suspicious_metrics`: words of a name,
    several with `_` between. `train`, `validation`, `test`: how metrics are named, `*` for what they share.
    """

    rows: Literal["sampled", "unique"] = "sampled"
    duplicate_rows: float = 0.05
    temporal_overlap: float = 0.01
    split_sizes: int = 30
    train_test_gap: float = 0.2
    suspicious_score: float = 0.99
    suspicious_metrics: tuple[str, ...] = ("accuracy", "acc", "f1", "f1score", "auc", "auroc", "precision", "recall")
    fold_spread: float = 0.05
    test_looks: int = 10
    feature_share: float = 0.8
    top_features: int = 5
    identifier_features: tuple[str, ...] = ("id", "*_id", "uuid", "*_uuid", "index", "row", "row_number")
    target_features: tuple[str, ...] = ("target", "*_target", "label", "*_label", "y", "outcome", "*_outcome")
    expected_features: tuple[str, ...] = ()
    train: tuple[str, ...] = ("train[-_/.]*", "training[-_/.]*", "mean_train_*", "*[-_/.]train", "*[-_/.]training")
    validation: tuple[str, ...] = ("val[-_/.]*", "valid[-_/.]*", "validation[-_/.]*", "*[-_/.]val")
    test: tuple[str, ...] = ("test[-_/.]*", "eval[-_/.]*", "mean_test_*", "*[-_/.]test", "*[-_/.]eval", "*")

    def parted(self, name: str) -> tuple[SplitRole, str] | None:
        """Which rows a metric is of, and what it measures, in lower case: `train_Accuracy` is accuracy of the training
        rows.

        The first pattern that fits decides, those of train before validation before test; None where none fits.
        """
        named = ((SplitRole.TRAIN, self.train), (SplitRole.VALIDATION, self.validation), (SplitRole.TEST, self.test))
        parts = ((role, starred(name, pattern)) for role, patterns in named for pattern in patterns)
        return next(((role, measured) for role, measured in parts if measured), None)

    def is_suspicious_kind(self, name: str) -> bool:
        """Whether a metric is a held-out score of a kind that hardly ever comes near 1.

        What is told of such a score is none: a rank, a spread, a loss, a time it took.
        """
        part, words = self.parted(name), words_of(name)
        if part is None or part[0] is SplitRole.TRAIN or _OTHER_KINDS.intersection(words):
            return False
        return any_match(f"_{'_'.join(words)}_", (f"*_{kind}_*" for kind in self.suspicious_metrics))
