"""Which way does a metric get better, and what are its numbers?"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from assay.errors import SelectionError
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.question import Aim, Question
from assay.model.metric import NEVER_TWICE, Direction, DirectionSource, Metric, MetricUnit, words_of
from assay.model.note import Note, note
from assay.model.policy import Policy


def _among(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LOWER = _among(
    """
    loss losses error errors err rmse mse mae mape smape nrmse rmsle msle latency duration runtime elapsed time ms
    seconds cost price perplexity ppl wer cer fid lpips regret kl divergence deviance nll brier logloss crossentropy
    bouldin memory size bytes tokens energy emission emissions downtime fail failure failures failed miss hallucination
    toxicity fpr fnr ttft tpot eer mindcf ece mce bpb bpd hausdorff distance kid crps bce ter collision collisions
    violation violations jailbreak jailbreaks forgetting disparity wasserstein mmd meanrank flops macs params drawdown
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
_COUNTED = _among(
    """
    accuracy acc f1 precision recall mcc matthews kappa specificity sensitivity tpr tnr fpr fnr iou dice jaccard
    balanced hit match exact pass success error errors err informedness markedness youden
    """
)
_MAGNITUDE = frozenset({"abs", "absolute", "magnitude"})
_NEGATED = frozenset({"neg", "negative", "negated"})
_ENDINGS = frozenset({"loss", "drop", "gap", "decrease", "degradation"})
_GAINS = frozenset({"improvement", "gain", "reduction", "saving", "savings"})
_TURNING = frozenset({"no", "non", "not", "without", "free", "ratio", "correlation"})
_AMOUNTS = frozenset({"tokens", "bytes", "flops", "macs"})
_TIMES = frozenset({"s", "sec", "secs", "second", "seconds", "min", "minute", "h", "hour"})
_WHOLE = 100.0
_CRUMB = 1e-3
ONE = 1 + _CRUMB
"""What no share is above."""
_PHRASES = (
    (r"\b(neg|negative) log likelihood\b", "nll"),
    (r"\bcross entropy\b", "crossentropy"),
    (r"\bfalse (positive|negative|discovery)s?\b", "fpr"),
    (r"\btrue (positive|negative)s?\b", "tpr"),
    (r"\bfalse alarms?\b", "fpr"),
    (r"\bbits per (byte|char|character|dim|dimension|pixel)\b", "bpb"),
    (r"\bhd95\b", "hausdorff"),
    (r"\bco2\w*", "emission"),
    (r"\b(parity|odds|opportunity) (difference|gap)\b", "disparity"),
    (r"\b(mean|average|avg) rank\b", "meanrank"),
    (r"\bmean reciprocal rank\b", "mrr"),
    (r"\b(num|n|number of|total) (params|parameters)\b", "params"),
    (r"\b(time|steps|epochs|iterations) to .*", "time"),
)


def direction(policy: Policy, metric: str, chosen: Direction | None = None) -> tuple[Direction, DirectionSource]:
    """The direction of `metric` and who said so: the reviewer, the policy, its scorecard, the metric's name, or
    nobody.

    When nobody knows, higher is assumed to be better, and the source `assumed` has to be shown. An attack's success is
    assumed to be a defence's failure.
    """
    if chosen:
        return chosen, "option"
    if by_policy := policy.metric(metric).direction:
        return by_policy, "policy"
    if by_card := dict(policy.ways).get(metric):
        return by_card, "scorecard"
    words = _telling(metric)
    if {"attack", "success"} <= {*words}:
        return Direction.MINIMIZE, "assumed"
    if by_name := _named(words):
        return by_name, "name"
    return Direction.MAXIMIZE, "assumed"


def _named(words: Sequence[str]) -> Direction | None:
    """What the words say; None where they say nothing, both, or speak of a spread or of a class called negative."""
    if not words or _SPREAD & {*words[1:]}:
        return None
    if _GAINS & {*words[-2:]} or words[-2:] == ["skill", "score"]:
        return Direction.MAXIMIZE
    if "bias" in words:
        return Direction.MINIMIZE if _MAGNITUDE & {*words} else None
    if words[0] in _SPREAD:
        return Direction.MINIMIZE
    if _NEGATED & {*words}:
        return Direction.MAXIMIZE if _negates(words) and not _HIGHER & {*words} else None
    return Direction.MINIMIZE if words[-1] in _ENDINGS else _counted(words)


def _counted(words: Sequence[str]) -> Direction | None:
    """What words that stand for themselves say together; amounts per time are a rate."""
    rate = any(a == "per" and b in _TIMES for a, b in pairwise(words))
    known = {word for word in words if not (rate and word in (_AMOUNTS | _TIMES))}
    lower, higher = _LOWER & known, _HIGHER & known
    if lower:
        return None if higher or _TURNING & {*words} else Direction.MINIMIZE
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
    text = " ".join(words_of(metric))
    for phrase, word in _PHRASES:
        text = re.sub(phrase, word, text)
    return [word if word in _HIGHER else word.rstrip("0123456789") or word for word in text.split()]


def known(policy: Policy, name: str, chosen: Direction | None = None, values: Sequence[float] = ()) -> Metric:
    """Everything that is known of a metric that has these values; `chosen`: the direction that a reader chose."""
    way, source = direction(policy, name, chosen)
    return Metric(name, way, source, *logged(policy, name, values))


def asked(policy: Policy, question: Question, place: int, values: Sequence[float] = ()) -> Metric:
    """The metric at `place` of a question, with the margin where its aim has one; `values`: all scores compared.

    Raises SelectionError for a margin that is no number above 0, or no share of 1 where the scores are.
    """
    first = place == 0
    found = known(policy, question.metrics[place], question.direction if first else None, values)
    if question.aim is Aim.BETTER:
        return found
    given = question.margin if first else None
    if given is not None and question.in_points and found.unit is MetricUnit.SHARE:
        given /= _WHOLE
    share = found.unit is MetricUnit.SHARE
    if given is not None and not 0 < given < (1 if share else float("inf")):
        raise SelectionError(ComparisonNote.MARGIN_OUT_OF_RANGE, given=f"{question.margin:g}", share=share)
    margin = found.smallest_effect if given is None else given
    return replace(found, margin=margin, margin_given=given is not None)


def unit(policy: Policy, metric: str, values: Sequence[float]) -> MetricUnit:
    """The unit alone."""
    return logged(policy, metric, values)[0]


def logged(policy: Policy, metric: str, values: Sequence[float]) -> tuple[MetricUnit, float | None]:
    """Unit and smallest effect as the policy says them, in the unit that these values are really logged in.

    Shares that are all logged per cent (78.2) have their smallest effect in points. What is neither, or both, has no
    unit and none: one score of 80 among shares makes nobody's margin a hundred times wider.
    """
    said = policy.metric(metric)
    by_policy = said.unit or MetricUnit.NONE
    if by_policy is not MetricUnit.SHARE or all(-_CRUMB <= value <= ONE for value in values):
        return by_policy, said.smallest_effect
    if all(value == 0 or ONE < value <= _WHOLE + _CRUMB for value in values):
        return MetricUnit.PERCENT, None if said.smallest_effect is None else said.smallest_effect * _WHOLE
    return MetricUnit.NONE, None


def off_scale(policy: Policy, metric: Metric) -> tuple[Note, ...]:
    """That shares by the policy are none as they were logged."""
    known = policy.metric(metric.name).unit is MetricUnit.SHARE and metric.unit is MetricUnit.NONE
    return (note(ComparisonNote.OFF_SCALE, metric=metric.name),) if known else ()


def judged(policy: Policy, names: Sequence[str]) -> tuple[str, ...]:
    """Those of `names` whose direction the policy says, in its order: the team's primary metric first."""
    places = {name: policy.place(name) for name in names if policy.metric(name).direction}
    return tuple(sorted(places, key=lambda name: places[name]))


def notable(policy: Policy, names: Sequence[str]) -> tuple[str, ...]:
    """`names` with those first for which the policy says what difference matters; order kept otherwise."""
    return tuple(sorted(names, key=lambda name: policy.metric(name).smallest_effect is None))


_CLOCK = _among(
    """
    time times timestamp latency duration runtime elapsed walltime seconds second secs sec ms minutes hours hour
    throughput qps fps ttft tpot
    """
)


def of_counts(name: str) -> bool:
    """Whether a metric is a function of how many examples were right: two of these are one witness, not two."""
    return bool(_COUNTED & {*_words(name)})


@lru_cache(maxsize=64)
def measured_among(policy: Policy, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `names` that vary where nothing else does: times, amounts per time, and what is paid for them.

    The policy decides where it says so, then the unit, then the name.
    """

    def one(name: str) -> bool:
        said = policy.metric(name)
        return (said.unit in NEVER_TWICE or _named_measured(name)) if said.measured is None else said.measured

    return tuple(name for name in names if one(name))


def _named_measured(name: str) -> bool:
    """By its words, or because MLflow itself logs it of the machine."""
    return bool(_CLOCK & {*_words(name)}) or name.lower().endswith(("_s", "/s")) or name.startswith("system/")
