"""The words for what there is to say of a front."""

from collections.abc import Mapping

from assay.model.note import Code
from assay.model.runs.exclusion import Exclusion
from assay.model.tradeoffs.notes import FrontNote as Says
from assay.view.text.notes.exclusions import reason
from assay.view.text.notes.template import Said, Words


def _unknown_objective(said: Said) -> str:
    more = f" and {said['more']} more" if said["more"] else ""
    near = ", ".join(map(repr, said["close"]))
    return f"There is no metric and no set of objectives {said['name']!r}. There are {near}{more}."


def _reference_of_others(said: Said) -> str:
    wanted = ", ".join(said["objectives"])
    return f"The reference has {said['given']:number}; it must have one finite number for each objective: {wanted}."


def _no_point_has_all(said: Said) -> str:
    if not said["runs"]:
        return "No run is found, so there is no front."
    return f"Of {said['runs']:run} none that counts carries {said['metrics']: and }, so there is no front."


def _not_a_point(said: Said) -> str:
    if not said["runs"]:
        return f"No run matches the filter of the {said['role']}: {said['filter']}."
    why = " and ".join(reason(Exclusion(one), "an objective") for one in said["why"])
    runs = f"{said['runs']:run}{f' ({why})' if why else ''}"
    found = f"The {said['role']}'s filter finds {runs}, none of which is part of this front"
    return f"{found}: {said['filter']}."


def _no_probability(said: Said) -> str:
    who = "No configuration has" if said["n"] == said["of"] else f"{said['n']:,} of {said['of']:configuration} have not"
    noise = f"{who} the {said['needed']} replicates that noise is judged by"
    luck = "" if said["n"] == said["of"] else ", and one that was lucky may beat replicated ones"
    return f"{noise}: without a probability of being on the front, they count as fixed points{luck}."


def _no_volume(said: Said) -> str:
    if said["objectives"] > 3:
        size = f"{said['n']:configuration} over {said['objectives']} objectives"
        return f"No hypervolume: that of {size} would take too long."
    alike = "there is one configuration alone, or all" if said["n"] == 1 else "all configurations"
    return f"No hypervolume: {alike} have the same values, so that there is no room to take a share of."


def _reference_unbeaten(said: Said) -> str:
    if not said["metrics"]:
        return "The hypervolume is 0: nothing is better than the reference point in every objective."
    return f"The hypervolume is 0: in {said['metrics']: and } the reference point is as good as the best, or better."


def _parent_of_others(said: Said) -> str:
    more = f" and {said['n'] - 1:,} more" if said["n"] > 1 else ""
    verb, whose = ("are parents", "they") if more else ("is the parent", "it")
    return f"{said['label']}{more} {verb} of other runs here: what {whose} logged may sum these up."


WORDS: Mapping[Code, Words] = {
    Says.NO_OBJECTIVE_ASKED: "No objective is named; name metrics to trade off, such as accuracy:max and latency:min.",
    Says.NO_METRIC_LOGGED: "No run found logged a metric, so there is nothing to trade off.",
    Says.UNKNOWN_OBJECTIVE: _unknown_objective,
    Says.OBJECTIVE_BOTH_WAYS: "{metric} cannot be high and low at once; name it once, with :max or with :min.",
    Says.REFERENCE_OF_OTHERS: _reference_of_others,
    Says.REFERENCE_TWICE: "The reference names {metric} twice; keep one.",
    Says.SET_NOT_LOGGED: "No run found logged {metrics: or } of the set of objectives {name!r}.",
    Says.SET_WITH_DIRECTION: (
        "{given!r} is no objective: {name!r} is a set of objectives, which takes no direction; each of its metrics has "
        "its own."
    ),
    Says.REFERENCE_UNBEATEN: _reference_unbeaten,
    Says.NO_METRIC_VALUE: "{given!r} is no METRIC=VALUE with a finite number, such as cost_usd=0.",
    Says.SEED_NO_NUMBER: "{given!r} is no seed; it must be a whole number from 0 on.",
    Says.SINGLE_RUNS_BY_PARAMS: (
        "{word!r} makes single runs and stands alone; keep it, or the params to group by: {params}."
    ),
    Says.NO_POINT_HAS_ALL: _no_point_has_all,
    Says.NOT_A_POINT: _not_a_point,
    Says.NO_PROBABILITY: _no_probability,
    Says.TOO_FEW_FOR_NOISE: "{n:replicate} {n:is|are} fewer than the {needed} that noise is judged by",
    Says.NO_VOLUME: _no_volume,
    Says.MEDIANS_UNTESTED: (
        "By medians nothing is called better or worse than the baseline: a comparison over trainings is one of means."
    ),
    Says.ONE_OBJECTIVE: "A single objective ({metric}) is a ranking: nothing is traded off.",
    Says.DIRECTION_OF_NAME: "{metric}: {better} is better, to judge by its name; :max or :min says it.",
    Says.DIRECTION_OF_NOBODY: (
        "Nobody said which way {metric} is better; {better} is assumed here. Say it with :max or :min, or name it in "
        "the policy."
    ),
    Says.SEVERAL_POINTS: "The {role}'s filter finds {n:configuration}; shown is the one with most runs: {label}.",
    Says.SEVERAL_EXPERIMENTS: "From {n:experiment}: data and tasks may differ, and equal seeds make no pairs there.",
    Says.NEGATIVE_VALUES: "{n:score} of {metric} {n:is|are} below 0, which {unit} cannot be: are they known?",
    Says.PARENT_OF_OTHERS: _parent_of_others,
    Says.MANY_OBJECTIVES: (
        "Over {n} objectives most configurations are best at some compromise, so that being on the front says "
        "little: two or three say more."
    ),
    Says.SEEDS_DIFFER: (
        "{n} of {of:configuration} {n:has|have} other seeds than most: their noise is drawn apart, and means are over "
        "different seeds. Compare pairs the seeds that two of them share."
    ),
    Says.TEST_DATA_DIFFER_HERE: (
        "Runs here were tested on {n} sets of data ({sets}): scores on different data need not compare."
    ),
    Says.SEVERAL_TASKS: (
        "Runs here are of different tasks ({params}): scores on an easy one and a hard one do not compare."
    ),
    Says.TOO_ALIKE: (
        "None of {n:configuration} has a probability of 50 % of being on the front: they are too alike for these "
        "replicates, and many that are called beaten may be as good as the best."
    ),
    Says.GROUPS_OF_SEVERAL: (
        "{n:group} of {of:,} {n:holds|hold} runs of several configurations: their spread is not the noise of one."
    ),
    Says.THRESHOLDS_BY_MEANS: "Thresholds are judged on means and their intervals, not on the medians shown.",
    Says.MORE_MAY_BE: "{n:configuration} more may be on the front than the {most} that are looked at in full.",
}
