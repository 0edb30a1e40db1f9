"""The words for what there is to say of an ablation."""

from collections.abc import Mapping, Sequence

from assay.model.ablation.notes import AblationNote as Says
from assay.model.note import Code
from assay.view.text.escape import named
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
    asked = f"--on {param}={next(level for level in levels if level)}"
    return f"Which level of {param} is the full system's, {_either(levels)}? Choose it under Full, or give it: {asked}."


def _no_such_level(said: Said) -> str:
    given = "missing" if said["given"] is None else repr(said["given"])
    return f"{said['param']} is nowhere {given}; it is {_either(said['levels'])}."


def _full_finds_several(said: Said) -> str:
    return (
        f"The filter of the full system finds {_some(said['levels'], len(said['levels']))} of {said['param']}; the "
        "full system has one of them: narrow the filter."
    )


def _two_configurations(said: Said) -> str:
    values = _some(said["values"], len(said["values"]))
    others = f", as {'does' if said['more'] == 1 else 'do'} {said['more']:other param}" if said["more"] else ""
    clause = f", such as {said['filter']}" if said["filter"] else ""
    return (
        f"{said['param']} varies within one arm, {said['arm']} ({values}), and follows from no factor{others}, so its "
        f"runs are several configurations: filter one of them{clause}, name it as a component too, or ignore it "
        f"(under Full, or --ignore {said['param']})."
    )


def _several_studies(said: Said) -> str:
    clause = f", such as {said['filter']}" if said["filter"] else ""
    return (
        f"Runs of {len(said['names'])} studies are found ({_some(said['names'], len(said['names']))}), which are no "
        f"replicates of each other: filter one of them{clause}."
    )


def _no_run_holds(said: Said) -> str:
    if not said["n"]:
        return f"No run found logged {said['params']: and }."
    return f"{said['n']:run} found logged {said['params']: and }, but {said['n']:it has not|none of them has} finished."


def _cell_unscored(said: Said) -> str:
    return "it has no run" if not said["n"] else f"none of {said['n']:run} has a usable score"


def _same_runs(said: Said) -> str:
    arms = f"the arms without {named(said['a'])} and without {named(said['b'])}"
    return f"{said['n']:run} {said['n']:stands|stand} in {arms}: what these say is not independent."


def _not_all_together(said: Said) -> str:
    what = "with everything else on, and there are no Shapley shares"
    return (
        f"{said['n']:,} of {said['of']:combination} of {_some(said['components'], len(said['components']))} "
        f"{said['n']:has|have} no run with a usable score, so pairs are told {what}."
    )


def _changes_beside(said: Said) -> str:
    verb = "changes" if len(said["params"]) == 1 else "change"
    return (
        f"{said['params']: and } {verb} with several components at once: what they do is told apart from none of these."
    )


def _on_of_none(said: Said) -> str:
    if len(said["params"]) == 1:
        return f"{said['params']} is no component here: its level on is not used."
    return f"{said['params']: and } are no components here: their levels on are not used."


def _many_systems(said: Said) -> str:
    luck = f"{said['luck']:.2g}" if said["luck"] < 10 else f"{said['luck']:,.0f}"
    return (
        f"The smallest system is picked from {said['n']:system}: were every one of them just at the limit, about "
        f"{luck} would pass by luck. Confirm it on fresh seeds."
    )


def _some(levels: Sequence[str], n: int) -> str:
    rest = n - len(levels[:_MOST_LEVELS])
    return ", ".join(map(_level, levels[:_MOST_LEVELS])) + (f" and {rest:,} more" if rest > 0 else "")


def _either(levels: Sequence[str]) -> str:
    return " or ".join(map(_level, levels))


def _level(text: str) -> str:
    return named(text) or "not logged"


WORDS: Mapping[Code, Words] = {
    Says.NO_COMPONENT: (
        "No component is named: give the params that switch them (--factors scaling,pca), or the full system and one "
        "filter for each arm (--full, --without NAME=F)."
    ),
    Says.BOTH_WAYS: "Components are named as params or each by a filter (--factors, --without), not both.",
    Says.FACTOR_TWICE: "The factor {name} is named twice; keep one.",
    Says.COMPONENT_TWICE: "The component {name!r} has two filters; keep one, or name the other arm otherwise.",
    Says.ON_TWICE: "{param} is said to be on at two levels; the full system has one of them: keep one.",
    Says.FULL_NEEDED: "A filter for each arm needs one for the full system too (--full).",
    Says.NO_PAIR_GIVEN: "{given!r} is no NAME=F, a component's name and a filter: pca=params.pca = 'off'.",
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
    Says.SEVERAL_STUDIES: _several_studies,
    Says.INTERVALS_ALONE: (
        "Each interval is read alone, and a class with it: {n} of {of:contribution} {n:leaves|leave} out 0 and "
        "{n:is|are} not shown once p is corrected over all."
    ),
    Says.NO_RUN_HOLDS: _no_run_holds,
    Says.ARM_MISSING: "no run of the system without {component} alone",
    Says.FULL_MISSING: "the full system has no run with a usable score",
    Says.CELLS_MISSING: "{n:combination} that this takes {n:has|have} no run with a usable score.",
    Says.CELL_OF_ONE: "one run has no spread, so there is no interval",
    Says.CELL_UNSCORED: _cell_unscored,
    Says.GAINS_ALONE: "of an arm without several components only what it loses and gains has an interval",
    Says.CELLS_WITHOUT_VARIATION: "no variation seen in any cell, so there is no interval and no p value",
    Says.FEW_IN_A_CELL: "{n:run} in the smallest cell {n:is|are} fewer than the {needed} that a claim may rest on",
    Says.NOT_ALL_TOGETHER: _not_all_together,
    Says.TOO_MANY_TOGETHER: (
        "{n:component} were tried together; all combinations are looked at for up to {most}, so only pairs are told of."
    ),
    Says.NO_LIMITS: (
        "nobody said how much of {metric} matters: the policy has no smallest effect for it, so nothing is called "
        "critical or removable"
    ),
    Says.NOBODY_SAID_BETTER: (
        "nobody said which way {metric} is better, so nothing is called critical or removable: choose it "
        "under Full, Better is (--direction), or name it in the policy"
    ),
    Says.SAME_RUNS: _same_runs,
    Says.FILTERS_ALIKE: "{a} and {b} have the same filter: they are one arm under two names, and count as two.",
    Says.TEST_ROWS_DIFFER: (
        "{n:,} of {of:arm} {n:was|were} tested on other rows than the full system, so {n:it is|they are} not paired "
        "with it; the difference need not be the component's."
    ),
    Says.SEEDS_DIFFER_BETWEEN: (
        "Not all {n:cell} share their seeds: what they do together is told from their means, each with its own spread."
    ),
    Says.FOLLOWS: "{param} changes with {component} ({on} with it, {off} without): what that adds includes it.",
    Says.CHANGE_TOGETHER: (
        "{components: and } change together in every run, so there is no telling which of them does it."
    ),
    Says.CHANGES_BESIDE: _changes_beside,
    Says.RUNS_OUTSIDE: "{n:run} {n:does|do} not log {params: and } and {n:is|are} in no arm.",
    Says.ON_OF_NONE: _on_of_none,
    Says.PLANS_DIFFER: "The runs tell {n} different hypotheses; above the answer stands that of most runs.",
    Says.MANY_SYSTEMS: _many_systems,
}
