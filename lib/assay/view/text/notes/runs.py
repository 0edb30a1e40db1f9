"""The words for what there is to say of runs and of what was asked of them."""

from collections.abc import Mapping

from assay.model.note import Code
from assay.model.runs.notes import RunNote as Says
from assay.view.text.notes.template import Said, Words


def _unknown_name(said: Said) -> str:
    kind = said["kind"]
    where = "The store has" if kind == "experiment" else "The runs looked at carry"
    if not said["close"]:
        return f"There is no {kind} {said['name']!r}. {where} no {kind} at all."
    more = f" and {said['more']} more" if said["more"] else ""
    return f"There is no {kind} {said['name']!r}. {where} {', '.join(map(repr, said['close']))}{more}."


def _unknown_value(said: Said) -> str:
    more = f" and {said['more']} more" if said["more"] else ""
    values = f"its values are {', '.join(map(repr, said['close']))}{more}"
    return f"No run looked at has {said['value']!r} as its {said['kind']} {said['key']!r}; {values}."


def _whose(said: Said) -> str:
    return f"{said['side']}: " if said["side"] else ""


def _may_repeat(said: Said) -> str:
    why = "same configuration and metrics, no logged seed, and digits that several trainings may share by chance"
    return f"{_whose(said)}{said['n']:run} may repeat another one: {why}. Nothing is left out for it; log seeds."


def _told_apart(said: Said) -> str:
    runs = f"{_whose(said)}{said['n']:run} of the same params and seed differ in {said['by']}"
    return f"{runs}; if that says what was changed, group by it or filter on it."


def _param_always_differs(said: Said) -> str:
    every = f"{_whose(said)}{said['param']} is another one in each of {said['n']:run}, so that none has a replicate"
    return f"{every}. If it says nothing about the configuration, ignore it (--ignore {said['param']})."


def _folds_depend(said: Said) -> str:
    why = f"{_whose(said)}its replicates are {said['folds']:,} values of {said['param']}. Folds share training data"
    if said["widening"] is None:
        return f"{why}, so that intervals are too short."
    return f"{why}: intervals should be about {said['widening']:.1f} times as wide (Nadeau and Bengio)."


WORDS: Mapping[Code, Words] = {
    Says.MAY_REPEAT: _may_repeat,
    Says.SEED_SHARED: (
        "{runs:run} share {seeds:seed} of the same configuration but not their digits: averaged, each seed counts once."
    ),
    Says.TOLD_APART: _told_apart,
    Says.PARAM_ALWAYS_DIFFERS: _param_always_differs,
    Says.FOLDS_DEPEND: _folds_depend,
    Says.PICKED_BY_SCORE: (
        "The filter picks runs by {metrics}: means of what passes look better or worse than they are."
    ),
    Says.NOT_FINITE: "{n:,} logged as NaN or infinite: in no mean of {metric}.",
    Says.TOO_LARGE: "{n:,} too large to average: in no mean of {metric}.",
    Says.NOT_KNOWN: ("{n:,} logged as {values: or }, which the policy takes for not known: in no mean of {metric}."),
    Says.UNKNOWN_NAME: _unknown_name,
    Says.UNKNOWN_VALUE: _unknown_value,
    Says.DELETED_EXPERIMENT: (
        "Experiment {name!r} was deleted in MLflow; restore it there, or look at deleted runs too (--all)."
    ),
    Says.UNKNOWN_RUN: "There is no run {run_id!r} in this store; it may have been removed for good.",
    Says.SEVERAL_RUNS: "{n:run} are meant by {given}, among them {ids}; give more of the id.",
}
