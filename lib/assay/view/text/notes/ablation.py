"""The words for what there is to say of an ablation."""

from collections.abc import Mapping, Sequence

from assay.model.ablation.notes import AblationNote as Says
from assay.model.note import Code
from assay.model.runs.exclusion import Exclusion
from assay.view.text.escape import named
from assay.view.text.notes.exclusions import excluded
from assay.view.text.notes.template import Said, Words

_MOST_LEVELS = 8


def _one_level(said: Said) -> str:
    if said["level"] is None:
        return f"No run found logged {said['param']}, so there is no telling what it adds."
    return f"{said['param']} is {said['level']!r} in every run found, so there is no telling what it adds."


def _many_levels(said: Said) -> str:
    return (
        f"{said['param']} has {said['n']:level} ({_some(said['levels'], said['n'])}); a component is on or off: filter "
        "two of them."
    )


def _which_is_on(said: Said) -> str:
    param, levels = said["param"], said["levels"]
    asked = f"--on {param}={levels[0]}"
    return (
        f"Which level of {param} is the full system's, {_either(levels)}? Choose it under Full, or give it: {asked}."
    )


def _no_such_level(said: Said) -> str:
    return f"{said['param']} is nowhere {said['given']!r}; it is {_either(said['levels'])}."


def _full_finds_several(said: Said) -> str:
    return (
        f"The filter of the full system finds {_some(said['levels'], len(said['levels']))} of {said['param']}; the full "
        "system has one of them: narrow the filter."
    )


def _two_configurations(said: Said) -> str:
    values = _some(said["values"], len(said["values"]))
    return (
        f"{said['param']} varies within {_arm(said['arm'])} ({values}) and follows from no factor, so its runs are "
        f"several configurations: filter one of them, such as {said['filter']}, or ignore it "
        f"(--ignore {said['param']})."
    )


def _cells_missing(said: Said) -> str:
    first = _cell(said["first"])
    return f"{first} has no run" if said["n"] == 1 else f"{said['n']:cell} have no run, such as {first}"


def _same_runs(said: Said) -> str:
    return f"{said['n']:run} {said['n']:stands|stand} in {_arm(said['a'])} and in {_arm(said['b'])}: they are not independent."


def _changes_beside(said: Said) -> str:
    verb = "changes" if len(said["params"]) == 1 else "change"
    return f"{said['params']: and } {verb} with several components at once: what they do is told apart from none of these."


def _runs_left_out(said: Said) -> str:
    reasons = {Exclusion(why): n for why, n in zip(said["why"], said["counts"], strict=True)}
    return f"Left out of every arm: {excluded(reasons, said['metric'])}."


def _many_systems(said: Said) -> str:
    return (
        f"The smallest system is picked from {said['n']:system}: were every one of them just at the limit, about "
        f"{said['luck']:.2g} would pass by luck. Confirm it on fresh seeds."
    )


def _some(levels: Sequence[str], n: int) -> str:
    rest = n - len(levels[:_MOST_LEVELS])
    return ", ".join(map(named, levels[:_MOST_LEVELS])) + (f" and {rest:,} more" if rest > 0 else "")


def _either(levels: Sequence[str]) -> str:
    return " or ".join(map(named, levels))


def _arm(text: str) -> str:
    return f"the arm {text!r}" if text else "the full system"


def _cell(off: Sequence[str]) -> str:
    names = [*map(named, off)]
    told = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
    return f"the system without {told}" if names else "the full system"


WORDS: Mapping[Code, Words] = {
    Says.NO_COMPONENT: (
        "No component is named: give the params that switch them (--factors scaling,pca), or the full system and one "
        "filter for each arm (--full, --without NAME=F)."
    ),
    Says.BOTH_WAYS: "Components are named as params or each by a filter (--factors, --without), not both.",
    Says.FACTOR_TWICE: "The factor {name} is named twice; keep one.",
    Says.COMPONENT_TWICE: "The component {name!r} has two filters; keep one, or name the other arm otherwise.",
    Says.FULL_NEEDED: "A filter for each arm needs one for the full system too (--full).",
    Says.NO_PAIR_GIVEN: "{given!r} is no {option}: a name, an equals sign and what finds its runs.",
    Says.NO_LEVEL_GIVEN: "{given!r} is no PARAM=LEVEL, such as model=large.",
    Says.ONE_LEVEL: _one_level,
    Says.MANY_LEVELS: _many_levels,
    Says.WHICH_IS_ON: _which_is_on,
    Says.NO_SUCH_LEVEL: _no_such_level,
    Says.FULL_FINDS_NOTHING: "No run matches the filter of the full system: {filter}.",
    Says.FULL_FINDS_SEVERAL: _full_finds_several,
    Says.SEVERAL_EXPERIMENTS_HOLD: (
        "Runs with these components are in several experiments ({names}): data and tasks may differ there, so choose "
        "one (--experiment)."
    ),
    Says.TWO_CONFIGURATIONS: _two_configurations,
    Says.NO_RUN_HOLDS: "No run found logged {params: and }.",
    Says.ARM_MISSING: "no run of the system without {component} alone",
    Says.FULL_MISSING: "the full system has no run with a usable score",
    Says.CELLS_MISSING: _cells_missing,
    Says.CELL_OF_ONE: "{n:cell} of one run {n:has|have} no spread, so there is no interval",
    Says.CELL_UNSCORED: "{n:cell} {n:has|have} no run with a usable score",
    Says.CELLS_WITHOUT_VARIATION: "no variation seen in any cell, so there is no interval and no p value",
    Says.FEW_IN_A_CELL: "{n:run} in the smallest cell {n:is|are} fewer than the {needed} that a claim may rest on",
    Says.TOO_MANY_TOGETHER: (
        "all combinations of {n:component} are too many to look at: effects are told of at most {most} together"
    ),
    Says.NO_LIMITS: (
        "nobody said how much of {metric} matters: the policy has no smallest effect for it, so nothing is called "
        "critical or removable"
    ),
    Says.NOBODY_SAID_BETTER: (
        "nobody said which way {metric} is better, so nothing is called critical or removable: choose it (--direction), "
        "or name it in the policy"
    ),
    Says.SAME_RUNS: _same_runs,
    Says.FILTERS_ALIKE: "{a} and {b} have the same filter, so one of them tells nothing new.",
    Says.TEST_ROWS_DIFFER: (
        "{n:,} of {of:arm} {n:was|were} tested on other rows than the full system, so {n:it is|they are} not paired "
        "with it; the difference need not be the component's."
    ),
    Says.SEEDS_DIFFER_BETWEEN: (
        "{n:cell} {n:has|have} other seeds than the full system: effects that need {n:it|them} are told from means, "
        "unpaired."
    ),
    Says.FOLLOWS: "{param} changes with {component} ({on} with it, {off} without): what that adds includes it.",
    Says.CHANGES_BESIDE: _changes_beside,
    Says.RUNS_OUTSIDE: "{n:run} {n:does|do} not log {params: and } and {n:is|are} in no arm.",
    Says.RUNS_LEFT_OUT: _runs_left_out,
    Says.PLANS_DIFFER: "The runs tell {n} different hypotheses; none of them stands above the answer.",
    Says.MANY_SYSTEMS: _many_systems,
    Says.CEILING: "{metric} ends at 100 %, and the best cells are near it: part of a negative interaction is that end.",
}
