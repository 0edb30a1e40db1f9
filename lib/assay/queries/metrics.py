"""Which way does a metric get better, and what are its numbers?"""

import re
from collections.abc import Sequence
from itertools import pairwise

from assay.model.metric import Direction, DirectionSource, Metric, MetricUnit
from assay.model.policy import Policy


def _among(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LOWER = _among(
    """
    loss losses error errors err rmse mse mae mape smape nrmse rmsle msle latency duration runtime elapsed time ms
    seconds cost price perplexity ppl wer cer fid lpips regret kl divergence deviance nll brier logloss crossentropy
    bouldin memory size bytes tokens energy emission emissions downtime fail failure failures failed miss hallucination
    toxicity fpr fnr ttft tpot
    """
)
_HIGHER = _among(
    """
    accuracy acc f1 auc auroc precision recall r2 ap map reward return bleu rouge meteor ndcg mrr throughput qps fps iou
    dice jaccard kappa mcc psnr ssim likelihood availability uptime faithfulness relevancy relevance correctness
    similarity groundedness win wins pass success hit match explained tpr tnr
    """
)
_SPREAD = frozenset({"std", "stddev", "stderr", "sem"})
_NEGATED = frozenset({"neg", "negative", "negated"})
_ENDINGS = frozenset({"loss", "drop", "gap", "decrease", "degradation"})
_AMOUNTS = frozenset({"tokens", "bytes"})
_TIMES = frozenset({"s", "sec", "secs", "second", "seconds", "min", "minute", "h", "hour"})
_PHRASES = (
    (r"\b(neg|negative) log likelihood\b", "nll"),
    (r"\bcross entropy\b", "crossentropy"),
    (r"\bfalse (positive|negative|discovery)s?\b", "fpr"),
    (r"\btrue (positive|negative)s?\b", "tpr"),
    (r"\b(time|steps|epochs|iterations) to .*", "time"),
)


def direction(policy: Policy, metric: str, chosen: Direction | None = None) -> tuple[Direction, DirectionSource]:
    """The direction of `metric` and who said so: the reviewer, the policy, the metric's name, or nobody.

    When nobody knows, higher is assumed to be better, and the source `assumed` has to be shown.
    """
    if chosen:
        return chosen, "option"
    if by_policy := policy.metric(metric).direction:
        return by_policy, "policy"
    if by_name := _named(_telling(metric)):
        return by_name, "name"
    return Direction.MAXIMIZE, "assumed"


def _named(words: Sequence[str]) -> Direction | None:
    """What the words say; None where they say nothing, both, or speak of a spread or of a class called negative."""
    if not words or _SPREAD & {*words}:
        return None
    if words[-1] in _ENDINGS and not _NEGATED & {*words}:
        return Direction.MINIMIZE
    rate = any(a == "per" and b in _TIMES for a, b in pairwise(words))
    counted = [word for word in words if not (rate and word in (_AMOUNTS | _TIMES))]
    lower, higher = _LOWER & {*counted}, _HIGHER & {*counted}
    if _NEGATED & {*words}:
        return Direction.MAXIMIZE if _negates(words) and not higher else None
    if lower and higher:
        return None
    if lower:
        return Direction.MINIMIZE
    return Direction.MAXIMIZE if higher or rate or "score" in words else None


def _negates(words: Sequence[str]) -> bool:
    """Whether `neg` stands before what it turns round: `neg_mse`, not `loss_negative`."""
    at = min(i for i, word in enumerate(words) if word in _NEGATED)
    return bool(_LOWER & {*words[at:]}) and not _LOWER & {*words[:at]}


def _telling(metric: str) -> list[str]:
    """The words after the last slash where these say something, else all: `time/fps`, but `toxicity/v1/score`."""
    last = _words(metric.rsplit("/", 1)[-1])
    return last if (_LOWER | _HIGHER) & {*last} else _words(metric.removeprefix("time/"))


def _words(metric: str) -> list[str]:
    """`eval/mAP50` as eval, map: lower case, fixed phrases as one word, numbers at a word's end left out."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[a-z]{2})(?=[A-Z])", "_", metric).lower()
    text = " ".join(re.split(r"[^a-z0-9]+", text)).strip()
    for phrase, word in _PHRASES:
        text = re.sub(phrase, word, text)
    return [word if word in _HIGHER else word.rstrip("0123456789") or word for word in text.split()]


def known(policy: Policy, name: str, chosen: Direction | None = None, values: Sequence[float] = ()) -> Metric:
    """Everything that is known of a metric that has these values; `chosen`: the direction that a reader chose."""
    way, source = direction(policy, name, chosen)
    return Metric(name, way, source, unit(policy, name, values), policy.metric(name).smallest_effect)


def unit(policy: Policy, metric: str, values: Sequence[float]) -> MetricUnit:
    """The policy's unit; a share only while every value lies between 0 and 1 (some log per cent as 78.2)."""
    by_policy = policy.metric(metric).unit or MetricUnit.NONE
    if by_policy is MetricUnit.SHARE and not all(0 <= value <= 1 for value in values):
        return MetricUnit.NONE
    return by_policy


def notable(policy: Policy, names: Sequence[str]) -> tuple[str, ...]:
    """`names` with those first for which the policy says what difference matters; order kept otherwise."""
    return tuple(sorted(names, key=lambda name: policy.metric(name).smallest_effect is None))


_CLOCK = _among(
    """
    time times timestamp latency duration runtime elapsed walltime seconds second secs sec ms minutes hours hour
    throughput qps fps ttft tpot
    """
)


def measured_times(names: Sequence[str]) -> tuple[str, ...]:
    """Those of `names` that speak of a time, or of an amount per time: they vary where nothing else does."""
    return tuple(name for name in names if _CLOCK & {*_words(name)} or name.lower().endswith(("_s", "/s")))
