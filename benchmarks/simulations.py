"""Simulates what the pages on methods say beyond coverage.py: `python -m benchmarks.simulations`.

Writes benchmarks/simulated.json, from which benchmarks.methods makes tables.
"""

import json
import math
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from benchmarks import (
    ablation,
    exactness,
    fronts,
    grouped,
    leak_copies,
    leak_scores,
    leak_worth,
    leaks,
    margins,
    reruns,
    scorecards,
    searches,
    shares,
    unkind,
)
from benchmarks import repeats as repeating
from benchmarks.coverage import LEVEL, near_ceiling, normal
from benchmarks.tables import ALPHA, Cell, Table
from scipy.special import ndtr, ndtri

from assay.analysis.bootstrap.intervals import percentile
from assay.analysis.examples.resampled import of
from assay.analysis.examples.two_way import two_way
from assay.analysis.inference import Ranked, two_sided
from assay.analysis.multiplicity import benjamini_hochberg, holm
from assay.analysis.permutation import relabelled, sign_flips, smallest_p
from assay.analysis.planning import detectable, needed, optimism, upper_std
from assay.analysis.resample import stratified
from assay.analysis.sample import Groups, generator
from assay.analysis.statistics import iqm
from assay.analysis.student import one_mean, welch
from assay.analysis.tasks import difference, improvement, interquartile_mean, profile_band
from assay.model.comparison.question import Statistic

SIMULATED = Path(__file__).with_name("simulated.json")
TRIALS = 3000
FEW_TRIALS = 1000
RESAMPLES = 999


def permutation() -> Table:
    """False alarms and coverage of exact sign flips and relabelling, normal scores."""
    rng, rows = generator(1), list[list[Cell]]()
    for n in (3, 5, 6, 8, 10):
        flips = [sign_flips(rng.normal(size=n), 0, 0) for _ in range(TRIALS)]
        labels = [relabelled(rng.normal(size=n), rng.normal(size=n), 0, 0) for _ in range(TRIALS)] if n < 8 else []
        least = [f"{smallest_p(groups):.2g}" for groups in ((np.empty(n),), (np.empty(n), np.empty(n)))]
        paired, unpaired = (_alarms_and_coverage(tests) for tests in (flips, labels))
        rows.append([n, least[0], *paired, least[1], *unpaired])
    columns = [
        "n",
        "pairs: smallest p",
        "false alarms",
        "coverage",
        "n per side: smallest p",
        "false alarms",
        "coverage",
    ]
    return Table(columns, rows, TRIALS)


def _alarms_and_coverage(tests: Sequence[Ranked]) -> list[Cell]:
    if not tests:
        return [None, None]
    found = [test.interval(LEVEL) for test in tests]
    covered = [i.low <= 0.0 <= i.high for i in found if i]
    return [_share([two_sided(t) < ALPHA for t in tests]), _share(covered) if covered else None]


def permutation_spreads() -> Table:
    """Relabelling where both sides have one mean and different spreads, Welch beside it."""
    rng, rows = generator(2), list[list[Cell]]()
    for one, two, wide in ((5, 5, 1.0), (5, 5, 4.0), (4, 10, 4.0), (10, 4, 4.0)):
        pairs = [(wide * rng.normal(size=one), rng.normal(size=two)) for _ in range(TRIALS)]
        swapped = _share([two_sided(relabelled(a, b, 0, 0)) < ALPHA for a, b in pairs])
        student = _share([two_sided(welch(a, b)) < ALPHA for a, b in pairs])
        rows.append([f"{one} with sd {wide:.0f}, {two} with sd 1", swapped, student])
    return Table(["sides", "relabelling", "Welch t"], rows, TRIALS)


def many_comparisons() -> Table:
    """Ten variants that equal the baseline: in how many experiments any is called different."""
    rng, rows = generator(4), list[list[Cell]]()
    for n in (3, 5, 10):
        some = np.zeros(4)
        for _ in range(FEW_TRIALS):
            base, *others = rng.normal(size=(11, n))
            p_values = [two_sided(welch(other, base)) for other in others]
            some += (
                any(_excludes_zero((np.sort(other), np.sort(base))) for other in others),
                min(p_values) < ALPHA,
                _smallest(benjamini_hochberg(p_values)) < ALPHA,
                _smallest(holm(p_values)) < ALPHA,
            )
        rows.append([n, *(some / FEW_TRIALS).tolist()])
    columns = ["n per side", "percentile bootstrap, uncorrected", "Welch, uncorrected", "Welch, BH", "Welch, Holm"]
    return Table(columns, rows, FEW_TRIALS)


def _excludes_zero(groups: Groups) -> bool:
    found = percentile(groups, LEVEL)
    return not found.low <= 0.0 <= found.high


def _smallest(p_values: list[float | None]) -> float:
    return min(p for p in p_values if p is not None)


def many_effects() -> Table:
    """Five of ten variants truly 2 sd better: what share of these is found, what share of claims is false."""
    rng, rows = generator(5), list[list[Cell]]()
    real = np.arange(10) < 5
    for n in (5, 10):
        claims = {"none": np.zeros(3), "bh": np.zeros(3), "holm": np.zeros(3)}
        for _ in range(TRIALS):
            base, *others = rng.normal(size=(11, n)) + 2.0 * np.append(False, real)[:, None]
            p = [two_sided(welch(other, base)) for other in others]
            for name, adjusted in (("none", p), ("bh", benjamini_hochberg(p)), ("holm", holm(p))):
                claimed = np.array(adjusted, dtype=np.float64) < ALPHA
                wrong = int(claimed[~real].sum())
                claims[name] += (claimed[real].mean(), wrong / max(1, claimed.sum()), wrong > 0)
        for name, text in (("none", "uncorrected"), ("bh", "BH"), ("holm", "Holm")):
            rows.append([n, text, *(claims[name] / TRIALS).tolist()])
    columns = [
        "n per side",
        "correction",
        "true differences found",
        "false among the claims",
        "experiments with a false one",
    ]
    return Table(columns, rows, TRIALS)


def plans() -> Table:
    """Replicates needed for 80 % power, and the power that simulated experiments of that size have."""
    rng, rows = generator(6), list[list[Cell]]()
    for effect in (0.5, 0.8, 1.0, 1.5, 2.0):
        pairs, sides = needed(effect), needed(effect, paired=False)
        assert pairs is not None
        assert sides is not None
        paired = _share([two_sided(one_mean(rng.normal(effect, size=pairs))) < ALPHA for _ in range(TRIALS)])
        shifted = [(rng.normal(effect, size=sides), rng.normal(size=sides)) for _ in range(TRIALS)]
        apart = _share([two_sided(welch(a, b)) < ALPHA for a, b in shifted])
        rows.append([f"{effect:g} sd", pairs, paired, sides, apart])
    return Table(
        ["true difference", "pairs needed", "power with them", "needed per side, unpaired", "power with them"],
        rows,
        TRIALS,
    )


def sights() -> Table:
    """What n replicates can detect, how good the plan's sd is, and how much the best of ten flatters itself."""
    rng, rows = generator(7), list[list[Cell]]()
    truth = float(np.std(near_ceiling(rng, 1_000_000)))
    for n in (3, 5, 10, 20):
        rows.append([
            n, *(f"{detectable(n, paired=paired) or 0:.2f} sd" for paired in (True, False)),
            _share([upper_std(float(normal(rng, n).std(ddof=1)), n) >= 1.0 for _ in range(TRIALS)]),
            _share([normal(rng, n).std(ddof=1) >= 1.0 for _ in range(TRIALS)]),
            _share([upper_std(float(near_ceiling(rng, n).std(ddof=1)), n) >= truth for _ in range(TRIALS)]),
            f"{optimism(10, n):.2f} sd",
        ])  # fmt: skip
    columns = [
        "n",
        "detectable, pairs",
        "detectable, n per side",
        "upper limit holds, normal",
        "plain sd would, normal",
    ]
    return Table([*columns, "upper limit holds, near a ceiling", "best of 10 looks too good by"], rows, TRIALS)


def seeds_and_examples() -> Table:
    """False claims about a method from 1,000 examples, by how much they and the seeds differ."""
    rng, rows = generator(8), list[list[Cell]]()
    for example_sd, seed_sd in ((0.0, 0.0), (0.2, 0.0), (0.2, 0.005), (0.2, 0.01), (0.2, 0.02)):
        alarms = [0, 0, 0, 0]
        for _ in range(TRIALS):
            by_example = example_sd * rng.normal(size=1000)
            table = by_example + seed_sd * rng.normal(size=(10, 1)) + 0.22 * rng.normal(size=(10, 1000))
            alarms[0] += two_sided(one_mean(table[0])) < ALPHA
            for place, seeds in enumerate((3, 5, 10), start=1):
                found = two_way(table[:seeds])
                alarms[place] += found is not None and two_sided(found) < ALPHA
        spreads = [f"{100 * example_sd:.0f} points", f"{100 * seed_sd:.1f} points"]
        rows.append([*spreads, *(count / TRIALS for count in alarms)])
    columns = [
        "sd between examples",
        "sd between seeds",
        "1 training per side, examples only",
        "two-way, 3 seeds",
        "5 seeds",
        "10 seeds",
    ]
    return Table(columns, rows, TRIALS)


def over_tasks() -> Table:
    """Coverage of what is said over tasks; n − 1 of n runs drawn anew where nothing else is said, the tasks stay."""
    rng, rows = generator(9), list[list[Cell]]()
    better = float(ndtr(0.5 / 2**0.5))
    for tasks, n in ((5, 3), (5, 5), (5, 10), (20, 3), (20, 5), (20, 10)):
        levels = np.linspace(-1.5, 1.5, tasks)
        middle = interquartile_mean([level + rng.normal(size=40_000) for level in levels], resamples=1).estimate
        above = float(ndtr(levels).mean())
        covered = np.zeros(5)
        for trial in range(FEW_TRIALS):
            ours, theirs = ([level + shift + rng.normal(size=n) for level in levels] for shift in (0.0, -0.5))
            one, two = (interquartile_mean(side, resamples=RESAMPLES, seed=trial * 2 + i) for i, side in
                        enumerate((ours, theirs)))  # fmt: skip
            pooled = iqm(np.concatenate(ours))
            ends = [
                stratified([n] * tasks, pooled, resamples=RESAMPLES, seed=trial).interval(LEVEL),
                one.interval(LEVEL),
                difference(one, two).interval(LEVEL),
                improvement(ours, theirs, resamples=RESAMPLES, seed=trial).interval(LEVEL),
            ]
            low, high = profile_band(ours, np.zeros(1), LEVEL, resamples=RESAMPLES, seed=trial)
            truths = (middle, middle, 0.5, better)
            inside = [i is not None and i.low <= t <= i.high for i, t in zip(ends, truths, strict=True)]
            covered += (*inside, bool(low[0] <= above <= high[0]))
        rows.append([tasks, n, *(covered / FEW_TRIALS).tolist()])
    columns = [
        "tasks",
        "runs per task",
        "interquartile mean, all n drawn",
        "interquartile mean",
        "its difference",
        "probability of improvement",
        "profile at one threshold",
    ]
    return Table(columns, rows, FEW_TRIALS)


def other_statistics() -> Table:
    """Coverage of percentile intervals of one side's statistic, scores log-normal as losses are."""
    rng, rows = generator(11), list[list[Cell]]()
    tail = float(ndtri(0.9))
    inside, total = float(ndtr(tail - 1.0) - ndtr(-tail - 1.0)), float(ndtr(tail) - ndtr(-tail))
    truths = {
        Statistic.MEDIAN: 1.0,
        Statistic.TRIMMED_MEAN: math.exp(0.5) * inside / total,
        Statistic.P90: math.exp(tail),
        Statistic.P95: math.exp(float(ndtri(0.95))),
        Statistic.P99: math.exp(float(ndtri(0.99))),
    }
    for n in (10, 30, 100, 1000):
        covered = dict.fromkeys(truths, 0)
        for trial in range(FEW_TRIALS):
            scores = np.exp(rng.normal(size=n))
            for statistic, truth in truths.items():
                found = stratified([n], of(scores, statistic), resamples=RESAMPLES, seed=trial).interval(LEVEL)
                covered[statistic] += found is not None and found.low <= truth <= found.high
        rows.append([n, *(count / FEW_TRIALS for count in covered.values())])
    return Table(["examples", *(statistic.term for statistic in truths)], rows, FEW_TRIALS)


def repeats() -> Table:
    """False alarms of Welch's t when runs are counted more often than they were trained."""
    rng, rows = generator(10), list[list[Cell]]()
    for n in (3, 5, 10):
        pairs = [(rng.normal(size=n), rng.normal(size=n)) for _ in range(TRIALS)]
        alarms = [_share([two_sided(welch(np.tile(a, k), np.tile(b, k))) < ALPHA for a, b in pairs]) for k in (1, 2, 3)]
        rows.append([n, *alarms])
    return Table(["trainings per side", "each counted once", "twice", "three times"], rows, TRIALS)


def _share(hits: list[bool]) -> float:
    return float(np.mean(hits))


TABLES: dict[str, Callable[[], Table]] = {
    "permutation": permutation,
    "permutation-spreads": permutation_spreads,
    "shares": shares.shares,
    "share-differences": shares.differences,
    "many-comparisons": many_comparisons,
    "many-effects": many_effects,
    "plans": plans,
    "welch-sides": unkind.welch_sides,
    "skewed-examples": unkind.skewed_examples,
    "margin-claims": margins.false_claims,
    "margin-plans": margins.plans,
    "sights": sights,
    "seeds-and-examples": seeds_and_examples,
    "over-tasks": over_tasks,
    "other-statistics": other_statistics,
    "repeats": repeats,
    "repeats-rule": repeating.rule,
    "repeats-found": repeating.found,
    "clusters": grouped.clusters,
    "seeds-and-clusters": grouped.both,
    "endpoints": exactness.endpoints,
    "winners": searches.winners,
    "deciding": searches.deciding,
    "scorecard-statuses": scorecards.statuses,
    "scorecard-cards": scorecards.cards,
    "scorecard-many": scorecards.many,
    "scorecard-losses": scorecards.losses,
    "front-equal": fronts.equal,
    "front-known": fronts.known,
    "front-alike": fronts.alike,
    "front-objectives": fronts.objectives,
    "front-missing": fronts.missing,
    "front-singles": fronts.singles,
    "front-baselines": fronts.baselines,
    "leak-honest": leaks.honest,
    "leak-planted": leaks.planted,
    "leak-copies": leak_copies.alarms,
    "leak-power": leak_copies.power,
    "leak-drift": leak_copies.drift,
    "leak-equal": leak_scores.equal,
    "leak-better": leak_scores.better,
    "leak-folds": leak_scores.folds,
    "leak-looks": leak_scores.looks,
    "leak-worth": leak_worth.coverage,
    "ablation-intervals": ablation.intervals,
    "ablation-seeds": ablation.seeds,
    "ablation-alarms": ablation.alarms,
    "ablation-classes": ablation.classed,
    "ablation-smallest": ablation.smallest,
    "ablation-cases": ablation.cases,
    "rerun-agreement": reruns.agreement,
    "rerun-drawn": reruns.drawn,
}


def main(names: list[str]) -> None:
    """Simulates all tables, or those named, and keeps the others."""
    known = json.loads(SIMULATED.read_text(encoding="utf-8")) if SIMULATED.exists() else {}
    for name in names or TABLES:
        began = time.perf_counter()
        known[name] = TABLES[name]().plain()
        sys.stdout.write(f"{name}: {time.perf_counter() - began:.0f} s\n")
    ordered = {name: known[name] for name in TABLES if name in known}
    SIMULATED.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
