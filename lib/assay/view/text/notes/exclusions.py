"""The words for why a run is in no mean."""

from collections.abc import Mapping

from assay.model.runs.exclusion import Exclusion
from assay.view.text.escape import flat

_WORDS = {
    Exclusion.REPEAT: "exact copy of another run",
    Exclusion.NESTED: "nested below a run that counts",
    Exclusion.NOT_LOGGED: "{metric} not logged",
    Exclusion.NAN: "{metric} is NaN",
    Exclusion.INFINITE: "{metric} is infinite",
    Exclusion.NOT_FINITE: "not finite",
    Exclusion.TOO_LARGE: "{metric} is too large to average",
    Exclusion.UNKNOWN: "{metric} not known",
    Exclusion.VANISHED: "deleted or not in the store",
    Exclusion.WITHOUT_TASK: "without a task",
    Exclusion.OTHER_TASK: "on tasks that are left out",
}


def reason(exclusion: Exclusion, metric: str) -> str:
    """`failed`, `accuracy not logged`."""
    return _WORDS.get(exclusion, exclusion.value).format(metric=metric)


def excluded(reasons: Mapping[Exclusion, int], metric: str, *, unscored: int = 0) -> str:
    """`3 exact copy of another run, 1 failed`, most first; empty when nothing was left out.

    `unscored`: how many more runs have no example scores of this metric.
    """
    known = {reason(exclusion, metric): n for exclusion, n in reasons.items()}
    known[f"without example scores of {metric}"] = unscored
    ordered = sorted(known.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{n:,} {flat(text)}" for text, n in ordered if n)
