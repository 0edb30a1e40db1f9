"""The words for what there is to say of scorecards."""

from collections.abc import Mapping, Sequence

from assay.model.note import Code
from assay.model.runs.exclusion import Exclusion
from assay.model.tradeoffs.notes import ScorecardNote as Card
from assay.view.text.escape import flat
from assay.view.text.notes.exclusions import reason
from assay.view.text.notes.template import Said, Words

_MOST_NAMED = 5


def _unknown_card(said: Said) -> str:
    known = f"the policy has {_listed(said['known'])}" if said["known"] else "the policy has none"
    return f"There is no scorecard {said['name']!r}; {known}."


def _no_matching_card(said: Said) -> str:
    if not said["experiments"]:
        return f"No run is found, so no scorecard speaks of it; the policy has {_listed(said['known'])}."
    spoken = f"No scorecard of the policy speaks of {_listed(said['experiments'])}"
    return f"{spoken}; it has {_listed(said['known'])}. Choose one (--scorecard), or give one these experiments."


def _effect_unknown(said: Said) -> str:
    return (
        f"The policy names no smallest effect for {_listed(said['metrics'])}: a loss that matters can neither be told "
        "nor excluded there."
    )


def _way_unknown(said: Said) -> str:
    return f"Nobody said which way {_listed(said['metrics'])} gets better: no loss is looked for there."


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(map(flat, names[:_MOST_NAMED])) + more


WORDS: Mapping[Code, Words] = {
    Card.NO_CARDS: "The policy has no scorecard: write one under scorecards, with thresholds and weights.",
    Card.NO_MATCHING_CARD: _no_matching_card,
    Card.UNKNOWN_CARD: _unknown_card,
    Card.NONE_LOGGED: "{side} logged no metric of scorecard {card}, so there is no score.",
    Card.NO_RUN_FOUND: "{side}: no run matches its filter.",
    Card.CRITERION_NOT_LOGGED: "no run that counts logged {metric}",
    Card.CRITERION_UNUSABLE: lambda said: " and ".join(reason(Exclusion(why), said["metric"]) for why in said["why"]),
    Card.TOO_FEW_FOR_STATUS: "{n:replicate} {n:is|are} fewer than the {needed} that a verdict may rest on",
    Card.JUDGED_BY_VALUE: "no variation seen in {n} replicates: judged by the value alone, which is no certainty",
    Card.STRADDLES: "the interval reaches to both sides of the threshold",
    Card.SCALE_UNKNOWN: (
        "{metric} is at most {own:g} here, but other runs of the experiment have {other:g}: shares and per "
        "cent may be mixed, and {own:g} would be either"
    ),
    Card.EFFECT_UNKNOWN: _effect_unknown,
    Card.WAY_UNKNOWN: _way_unknown,
    Card.NOTHING_SHARED: (
        "The two sides have no metric in common whose better way is known, so nothing is said of regressions."
    ),
}
