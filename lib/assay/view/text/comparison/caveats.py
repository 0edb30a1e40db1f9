"""How far a comparison can be trusted: coverage, what is compared, and the luck of the best of many."""

from assay.analysis import coverage, planning
from assay.analysis.coverage import Coverage
from assay.model.comparison import Candidate, Comparison, Method
from assay.view.text.comparison.names import method as named
from assay.view.text.numbers import count, percent

_LUCK_FROM = 3


def caveats(comparison: Comparison, candidate: Candidate) -> tuple[str, ...]:
    """Sentences for the caption below one candidate's finding, most important first."""
    found = [_checkpoints(comparison, candidate), _coverage(comparison, candidate)]
    return tuple(text for text in found if text)


def luck(comparison: Comparison) -> str:
    """What choosing the best of several candidates adds to its score; empty for fewer than three."""
    sizes = [c.side.replicates for c in comparison.candidates if c.side.replicates]
    if len(sizes) < _LUCK_FROM:
        return ""
    fewest = min(sizes)
    excess = planning.optimism(len(sizes), fewest)
    return (
        f"Best of {len(sizes)} candidates at {count(fewest, 'seed')} looks about {excess:.1f} sd too good: "
        "expect it to shrink."
    )


def _checkpoints(comparison: Comparison, candidate: Candidate) -> str:
    if comparison.baseline.replicates == 1 and candidate.side.replicates == 1:
        return "1 training per side: this compares two checkpoints, not two methods."
    return ""


def _coverage(comparison: Comparison, candidate: Candidate) -> str:
    """The interval's simulated coverage, and the bootstrap's beside it."""
    interval, n = candidate.difference.interval, _n(comparison, candidate)
    if interval is None:
        return ""
    who = f"n = {count(n, 'seed')}, {percent(interval.level)} {named(interval.method)} interval."
    if interval.level != coverage.SIMULATED_LEVEL:
        return who
    if not candidate.difference.paired:
        return f"{who}{_unpaired(comparison, n)}"
    own, boot = coverage.of(comparison.method, n), coverage.of(Method.PERCENTILE, n)
    if own is None or boot is None:
        return who
    plain = comparison.method in (Method.AUTO, Method.T)
    beside = f"; a percentile bootstrap would cover {_range(boot)}" if plain else ""
    return f"{who} Simulated coverage {_range(own)} depending on skew{beside}."


def _unpaired(comparison: Comparison, n: int) -> str:
    """How often an interval of no difference between normal scores holds 0."""
    own = coverage.false_alarms(comparison.method, n, "unpaired")
    boot = coverage.false_alarms(Method.PERCENTILE, n, "unpaired")
    if own is None or boot is None:
        return ""
    plain = comparison.method in (Method.AUTO, Method.T)
    beside = f"; a percentile bootstrap would cover {percent(round(1 - boot, 2))}" if plain else ""
    return f" Simulated coverage {percent(round(1 - own, 2))} for normal scores{beside}."


def _range(share: Coverage) -> str:
    low, high = round(share.low * 100), round(share.high * 100)
    return f"{low} %" if low == high else f"{low}–{high} %"


def _n(comparison: Comparison, candidate: Candidate) -> int:
    if candidate.difference.paired:
        return candidate.difference.pairs
    return min(comparison.baseline.replicates, candidate.side.replicates)
