"""The words for what there is to say of a comparison."""

from collections.abc import Mapping, Sequence

from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.metric import MetricUnit
from assay.model.note import Code
from assay.view.text.escape import flat
from assay.view.text.notes.template import Said, Words
from assay.view.text.numbers import count, percent, scale

_MOST_SEEDS = 8


def _no_variation(said: Said) -> str:
    seen = "either side" if said["pairs"] is None else f"{said['pairs']} pairs"
    return f"no variation seen in {seen}, so there is no interval and no p value"


def _few_replicates(said: Said) -> str:
    size = f"{said['n']} {'pairs' if said['paired'] else 'replicates on a side'}"
    return f"{size} are fewer than the {said['needed']} that a verdict may rest on, so there is no p value"


def _few_shared_seeds(said: Said) -> str:
    return f"{said['first']} and {said['second']} share {'one seed' if said['shared'] else 'no seed'}"


def _partly_shared_seeds(said: Said) -> str:
    shared = f"{said['first']} and {said['second']} share only {said['common']} seeds"
    return f"{shared}; {_seeds(said['alone'])} without a partner, so they are compared unpaired."


def _seeds_left_out(said: Said) -> str:
    rests = f"The difference of {said['first']} to {said['second']} rests on the seeds both have"
    return f"{rests}; {_seeds(said['alone'])} without a partner."


def _seed_repeated(said: Said) -> str:
    return (
        f"{said['side']}: {_seeds(said['seeds'])} that of several configurations, so its runs cannot be paired by it."
    )


def _seed_averaged(said: Said) -> str:
    """What several runs of one seed count as, and how far apart they are."""
    spread = "" if said["sd"] is None else f" The sd within a seed is {said['sd']:.2g}."
    one = "the seed counts" if said["seeds"] == 1 else "each seed counts"
    shared = f"{said['side']}: {said['runs']:run} share {said['seeds']:seed}"
    return f"{shared}; they are averaged, so that {one} once.{spread}"


def _seeds(seeds: Sequence[str]) -> str:
    rest = len(seeds) - _MOST_SEEDS
    text = ", ".join(seeds[:_MOST_SEEDS]) + (f" and {rest} more" if rest > 0 else "")
    return f"seed {text} is" if len(seeds) == 1 else f"seeds {text} are"


def _pairs_refused(said: Said) -> str:
    if said["why"] is None:
        return "seeds × examples needs pairs of runs, and pairs were refused"
    return f"{said['why']}; runs are paired by seed only, for pairs by order would be invented"


def _replicates_filtered_out(said: Said) -> str:
    """Replicates that were left out by their score bias what remains."""
    why = "; runs picked by their score look better or worse than they are" if said["by_score"] else ""
    more = f"{said['n']:run} more of the same configuration {said['n']:is|are} left out by its filter"
    return f"{said['side']}: {more}{why}."


def _skewed(said: Said) -> str:
    skew = f"{said['skew']:.1f}".replace("-", "−")
    why = f"its scores are skewed ({skew}, n = {said['n']})"
    return f"{said['side']}: {why}, so a t interval covers less than it says."


def _rests_on_normality(said: Said) -> str:
    return (
        f"{said['side']}: the verdict rests on scores being near normal, for no permutation test could reach "
        f"{said['alpha']:g} here (its smallest p is {said['smallest_p']:.3g}); with {said['enough']} "
        f"{'paired seeds' if said['paired'] else 'runs per side'} one could."
    )


def _coverage(said: Said) -> str:
    """Paired, the range depending on skew; unpaired, that of normal scores."""
    made = f"{said['procedure']} ({said['detail']})" if said["detail"] else said["procedure"]
    who = f"n = {count(said['n'], 'seed')}, {percent(said['level'])} {made} interval"
    if said["low"] is None:
        return f"{who}."
    low, shown = said["bootstrap_low"], _range if said["paired"] else _one
    beside = "" if low is None else f"; a percentile bootstrap would be right {shown(low, said['bootstrap_high'])}"
    given = "depending on skew" if said["paired"] else "for normal scores"
    right = f"in simulations such an interval was right {shown(said['low'], said['high'])} of the time, {given}"
    return f"{who}: {right}{beside}."


def _range(low: float, high: float) -> str:
    ends = round(low * 100), round(high * 100)
    return f"{ends[0]} %" if ends[0] == ends[1] else f"{ends[0]}–{ends[1]} %"


def _one(share: float, _: float) -> str:
    return percent(share)


def _best_of_configurations(said: Said) -> str:
    excess = said["excess"]
    size = (
        f"{said['luck']:.1f} sd" if excess is None else scale(MetricUnit(said["unit"]), (), (excess,)).distance(excess)
    )
    winner = f"{said['side']}: the winner of {said['configurations']} configurations of its experiment"
    equal = f"were all of them equal and as steady, it would look about {size} too good"
    return f"{winner} partly looks good by luck: {equal}. Confirm it on fresh seeds."


def _welch_uneven(said: Said) -> str:
    low, high = said["low"], said["high"]
    sizes = f"{min(said['sizes'])} and {max(said['sizes'])} scores, and skewed ones"
    return (
        f"{said['side']}: {sizes}. In simulations of such sides Welch's t called {low * 100:.0f}–{high * 100:.0f} % of "
        "equal pairs different at the level of 5 %; the same number of runs a side cures that."
    )


def _near_end(said: Said) -> str:
    covers = (
        ""
        if said["covers"] is None
        else f"; in simulations such an interval was right {percent(said['covers'])} of the time"
    )
    return f"{said['side']}: its scores reach within two standard deviations of the end of their scale{covers}."


def _margin_out_of_range(said: Said) -> str:
    most = " and less than the whole scale (of a share 0.01 is one point)" if said["share"] else ""
    allowed = f"it must be a number above 0{most}, in the metric's own unit"
    return f"The margin is {said['given']}; {allowed}: how much worse is still no worse, whichever way is better."


def _two_laws(said: Said) -> str:
    beside = "leaves 0 out" if said["excluded"] else "holds 0"
    return (
        f"McNemar's test decides, which is exact for the examples that changed (p = {said['p']:.3g}); "
        f"Newcombe's interval beside it is an approximation and {beside}."
    )


def _test_data_vary(said: Said) -> str:
    sets = f"{said['side']}: its {said['runs']:run} were tested on {said['n']} different sets of data"
    return (
        f"{sets}, as far as MLflow looks the same ones as the other side's; their spread is that of new test data too."
        if said["shared"]
        else f"{sets}, so that their spread is not that of new seeds alone."
    )


def _several_commits(said: Said) -> str:
    """The first commits by their first letters, those of most runs first."""
    named = [*map(flat, said["names"]), *(["…"] if said["n"] > len(said["names"]) else [])]
    unlogged = f"; {said['unlogged']:run} logged none" if said["unlogged"] else ""
    return (
        f"{said['side']}: its {said['runs']:run} are of {said['n']:commit} ({', '.join(named)}{unlogged}); they are "
        "not replicates of one thing, and their spread is not that of new seeds alone."
    )


WORDS: Mapping[Code, Words] = {
    Says.NO_SCORE: "one side has no score to compare",
    Says.SIDE_EMPTY: "no finished run with a finite score of this metric",
    Says.ONE_REPLICATE: "one replicate on a side has no spread, so there is no interval and no p value",
    Says.SIDE_OF_ONE: "one replicate has no spread, so there is no interval",
    Says.NO_VARIATION: _no_variation,
    Says.SIDE_WITHOUT_VARIATION: (
        "no variation seen in {n} replicates, which is no certainty, so there is no interval"
    ),
    Says.FEW_REPLICATES: _few_replicates,
    Says.FEW_REARRANGEMENTS: "too few rearrangements for a permutation interval at this level",
    Says.FEW_RESAMPLES: "too few resamples for an interval at this level",
    Says.REARRANGED_ALONE: "no variation seen on either side: p is that of rearrangements, and there is no interval",
    Says.UNPAIRED_STD: "unpaired: there are no paired differences to have an sd",
    Says.TWO_WAY_ONLY: (
        "t of the variance over seeds × examples: it has no sd, bootstrap, permutation or effect size of its own"
    ),
    Says.NO_MARGIN: (
        "nobody said how much worse {metric} may get: the policy has no smallest effect for it, and no margin was "
        "given."
    ),
    Says.WORSE_IS_UNKNOWN: (
        "nobody said which way {metric} is better, so there is no telling what is worse; choose it under Method, "
        "Better is (--direction)."
    ),
    Says.SEEDS_NOT_LOGGED: "not every run of {names: and } has a logged seed",
    Says.SEED_NOT_UNIQUE: "a seed stands for more than one configuration",
    Says.FEW_SHARED_SEEDS: _few_shared_seeds,
    Says.PARTLY_SHARED_SEEDS: _partly_shared_seeds,
    Says.SEEDS_LEFT_OUT: _seeds_left_out,
    Says.SEED_REPEATED: _seed_repeated,
    Says.SEED_AVERAGED: _seed_averaged,
    Says.PAIRS_REFUSED: _pairs_refused,
    Says.SEVERAL_CONFIGURATIONS: (
        "{side}: its runs belong to {n} configurations; their spread is not the noise of one."
    ),
    Says.REPLICATES_FILTERED_OUT: _replicates_filtered_out,
    Says.RUNS_SHARED: "{side}: {n:run} of the baseline's stand here too; the two sides are not independent.",
    Says.OTHER_EXPERIMENTS: (
        "{side}: its runs come from {own}, the baseline's from {baseline}. Data and tasks may differ there: equal "
        "seeds make no pairs, and the difference need not be the model's."
    ),
    Says.SEVERAL_COMMITS: _several_commits,
    Says.TRAINING_DATA_VARY: (
        "{side}: its {runs:run} were trained on {n} different sets of data; they are not replicates of one thing, and "
        "their spread is not that of new seeds alone."
    ),
    Says.TEST_DATA_DIFFER: (
        "{side}: tested on other data than the baseline: {own}, the baseline on {baseline}. The difference need not be "
        "the model's."
    ),
    Says.TEST_DATA_NAMED_OTHERWISE: (
        "{side}: tested on data of the baseline's digest under another name ({own}, the baseline on {baseline}), so "
        "that nobody can tell whether it is the same."
    ),
    Says.TEST_DATA_VARY: _test_data_vary,
    Says.TEST_DATA_NOT_LOGGED: (
        "{side}: {n:,} of {runs:run} logged no test data, so that nobody can tell whether it is the same."
    ),
    Says.TEST_DATA_WITHOUT_DIGEST: (
        "{side}: test data was logged without a digest, so that nobody can tell whether it is the same."
    ),
    Says.IDENTICAL_SCORES: "{side}: no variation seen in {n} replicates.",
    Says.SKEWED: _skewed,
    Says.CHECKPOINTS: "1 training per side: this compares two checkpoints, not two methods.",
    Says.SIDE_IS_CHECKPOINT: "{side}: 1 training per side, so this compares two checkpoints, not two methods.",
    Says.SINGLE_TRAINING: "{side}: one side is a single training, whose luck cannot be told from its merit.",
    Says.RESTS_ON_NORMALITY: _rests_on_normality,
    Says.COVERAGE: _coverage,
    Says.BEST_OF_SEVERAL: (
        "The winner of {candidates} candidates at {n:seed} partly looks good by luck: were all of them equal, the best "
        "would look about {excess:.1f} sd of one run too good. Confirm it on fresh seeds."
    ),
    Says.BEST_OF_CONFIGURATIONS: _best_of_configurations,
    Says.DIRECTION_ASSUMED: (
        "Nobody said which way {metric} is better, so nothing is called better or worse: choose it under Method, "
        "Better is (--direction), or name it in the policy."
    ),
    Says.OFF_SCALE: (
        "{metric} is a share by the policy, but its scores lie neither all between 0 and 1 nor all between 1 and 100: "
        "are scales mixed? Its smallest effect is not used."
    ),
    Says.BASELINES_DIFFER: (
        "Candidates share different examples with the baseline: its row is over those it shares with {side}, and each "
        "difference over the candidate's own."
    ),
    Says.WELCH_UNEVEN: _welch_uneven,
    Says.NEAR_END: _near_end,
    Says.TWO_LAWS: _two_laws,
    Says.LATEST_NOT_BEST: (
        "{side}: compared is the latest value of {metric}, and {n} of {of} runs were better at an earlier step, most "
        "of all {run}: {best:.4g} at step {step}, the latest of {steps} steps is {latest:.4g}."
    ),
    Says.UNADJUSTED: (
        "{side}: its interval alone would show it, but it is one of {family} that were compared, and p corrected for "
        "that is {p:.2g}."
    ),
    Says.PLAN_NEEDS_SPREAD: "Planning needs a spread: run at least 2 seeds per side.",
    Says.PLAN_WITHOUT_SPREAD: "No spread was seen, so there is nothing to plan with.",
    Says.PLAN_BEYOND_A_MILLION: "not even a million replicates would show this difference",
    Says.STATISTIC_NEEDS_EXAMPLES: (
        "The statistic '{statistic}' needs the unit 'examples', not '{unit}': a resample of some five seeds says "
        "nothing about a quantile. Choose examples under Method, Resampled (--unit examples)."
    ),
    Says.UNKNOWN_OPTION: "There is no {what} {given!r}; allowed are '{allowed:', '}'.",
    Says.LEVEL_OUT_OF_RANGE: "The {what} is {given!r}; it must be a number from 0.5 to below 1, such as 0.95.",
    Says.EFFECT_OUT_OF_RANGE: "The difference to detect is {given!r}; it must be a number above 0, such as 0.5.",
    Says.MARGIN_OUT_OF_RANGE: _margin_out_of_range,
    Says.TOO_MANY_CANDIDATES: (
        "{n:,} candidates are more than the {most} that one comparison takes: p corrected over so many shows hardly "
        "anything. Narrow them down first, best on Runs."
    ),
    Says.MARGIN_WITHOUT_AIM: "A margin belongs to the aims no-worse and same; better has none. Choose one (--aim).",
}
