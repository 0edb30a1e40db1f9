"""What is traded off, and against whom: the row of inputs, all of them in the URL."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

import streamlit as st

from assay.errors import SelectionError
from assay.model.comparison.question import Statistic
from assay.model.criteria import Objective, ObjectiveSet, Scorecard
from assay.model.metric import Direction
from assay.model.policy import Policy
from assay.model.tradeoffs.front import Front
from assay.model.tradeoffs.notes import FrontNote
from assay.model.tradeoffs.question import SINGLE_RUNS, CardQuestion, FrontQuestion, ScorecardQuestion
from assay.model.tradeoffs.scorecard import Scored
from assay.queries import metrics as known_metrics
from assay.queries.runs.inventory import all_keys, keys
from assay.queries.runs.inventory import experiments as held_experiments
from assay.queries.tradeoffs.cards import directed, speaking
from assay.queries.tradeoffs.grouping import group_by
from assay.queries.tradeoffs.objectives import objectives
from assay.queries.tradeoffs.reference import metric_value, point
from assay.ui import controls, links, load
from assay.ui.frame import Context
from assay.ui.sides import sides_to_pick
from assay.view.text.escape import markdown, short
from assay.view.text.tradeoffs.scale import ARROWS

STATISTICS = (Statistic.MEAN.value, Statistic.MEDIAN.value)
# Inputs that other pages have too bear names of this page's own: else the other page's value would stand here.
_KEYS = (
    *("traded-experiment", "objective", "traded-candidate", "traded-baseline", "traded-card", "traded-where"),
    *("traded-by", "traded-ignore", "traded-statistic", "unknown", "reference", "seed", "traded-deleted"),
)
_OBJECTIVE_HELP = (
    "A metric, a set of the policy, or `METRIC:max` and `METRIC:min` for a direction of your own. One is a ranking."
)
_UNKNOWN_HELP = "`cost=0`: scores that mean that nobody knows; they count nowhere. Several with a comma between."
_REFERENCE_HELP = "The hypervolume's reference point, `f1_score=0.5, cost=2`, as logged. Fix it to compare two links."
_LONGEST_SEED = 18
_BY_HELP = "Params that make a configuration; `none`: single runs."


@dataclass(frozen=True, slots=True)
class TradeoffsAsked:
    """What was asked; `experiments`: those to choose from while none is chosen.

    `objective_set`: what the policy calls these objectives, "" where they are nobody's set; `chosen`: by the reader.
    """

    question: FrontQuestion
    experiments: tuple[str, ...] = ()
    objective_set: str = ""
    chosen: bool = True


def ask(context: Context) -> TradeoffsAsked:
    """The row of inputs; the rare ones in a popover that says its state."""
    _picked()
    controls.said_toggle("traded-deleted")
    deleted = controls.is_on("traded-deleted")
    held = load.answer(context.work, held_experiments, deleted)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        within = controls.within(held, "traded-experiment", width=190)
        carried = load.answer(context.work, all_keys if deleted else keys, within)
        usual = load.answer(context.work, speaking, CardQuestion(within, deleted=deleted))
        named = load.answer(context.work, speaking, CardQuestion(within, controls.current("traded-card"), deleted))
        typed = _typed(context.work.policy, named, carried.metrics)
        filters = sides_to_pick(context, within, deleted=deleted)
        candidate = controls.one("Candidate", filters, "traded-candidate", nothing="none: who leads?", width=230) or ""
        with st.popover(_state()):
            whole = _rarer(context, usual, filters, carried.params)
    links.said_unknown(_KEYS)
    if not within:
        return TradeoffsAsked(FrontQuestion(()), tuple(e.name for e in held))
    chosen = objectives(context.work.policy, carried.metrics, typed) if carried.metrics else ObjectiveSet("", ())
    return TradeoffsAsked(
        whole(FrontQuestion(chosen.objectives, within, candidate=candidate)), (), chosen.name, chosen=bool(typed)
    )


def _picked() -> None:
    """What was ticked in a table or clicked in a picture becomes the candidate."""
    if (picked := st.session_state.pop("picked-candidate", None)) is not None:
        st.session_state["traded-candidate"] = picked or None


def pick(filter: str) -> None:
    """Makes the configuration that `filter` finds the candidate of the next rerun."""
    st.session_state["picked-candidate"] = filter


def _typed(policy: Policy, card: Scorecard | None, metrics: Sequence[str]) -> tuple[str, ...]:
    """The metrics and sets that are chosen, as the command takes them; sets are offered where all of them is logged.

    `card`: the one that will be used, which says of directions what the front has from it.
    """
    if not metrics:
        controls.several("Objectives", (), "objective", nothing="no metric is logged")
        return ()
    usual = objectives(policy, metrics).objectives
    policy = directed(policy, card)
    known = known_metrics.judged(policy, metrics)
    names = [*known, *(name for name in metrics if name not in known)]
    sets = (own for own in policy.objectives if all(one.metric in metrics for one in own.objectives))
    options = [*(own.name for own in sets), *(_shown(policy, name) for name in names)]
    nothing = ", ".join(_shown(policy, one.metric) for one in usual)
    typed = controls.several("Objectives", options, "objective", nothing=nothing, help=_OBJECTIVE_HELP)
    return tuple(map(_written, typed))


def _shown(policy: Policy, metric: str) -> str:
    """`f1_score ↑`; without an arrow where nobody said which way is better."""
    way, source = known_metrics.direction(policy, metric)
    return metric if source == "assumed" else f"{metric} {ARROWS[way]}"


def _written(text: str) -> str:
    """`f1_score:max` for what the input shows as `f1_score ↑`; as it is where an arrow says what is known anyway."""
    for way, arrow in ARROWS.items():
        if text.endswith(f" {arrow}"):
            return f"{text.removesuffix(arrow).rstrip()}:{'max' if way == Direction.MAXIMIZE else 'min'}"
    return text


def _state() -> str:
    """`Against params.model = 'svc', card digits`: what is chosen in the popover."""
    # After Back the inputs still hold what was left, until they are drawn: the address alone is right.
    base, card = (st.query_params.get(key, "") for key in ("traded-baseline", "traded-card"))
    against = f"Against {markdown(short(_told(base), 24))}" if base else "No baseline"
    return f"{against}, card {markdown(short(card, 20))}" if card else against


def _told(filter: str) -> str:
    """What a filter of one param says of it."""
    found = re.fullmatch(r"params\.\S+ = '([^']*)'", filter)
    return found[1] if found else filter


def _rarer(
    context: Context, usual: Scorecard | None, filters: Sequence[str], params: Sequence[str]
) -> Callable[[FrontQuestion], FrontQuestion]:
    """Baseline, scorecard, what makes a configuration, which runs: what makes a question whole.

    `usual`: the card that is used where none is chosen. The whole raises SelectionError for what there isn't, once
    every input is there.
    """
    cards = [card.name for card in context.work.policy.scorecards]
    baseline = controls.one("Baseline", filters, "traded-baseline", nothing="none") or ""
    card = controls.one(
        "Scorecard", cards, "traded-card", nothing=f"{usual.name}, policy" if usual else "none that matches"
    )
    where = controls.filter_text("Filter", "traded-where", nothing="metrics.accuracy > 0.9")
    by = controls.several(
        "Group by", [SINGLE_RUNS, *params], "traded-by", nothing="everything but the seed", help=_BY_HELP
    )
    ignore = controls.several("Ignore params", params, "traded-ignore", nothing="those of the policy")
    usual_statistic = Statistic.MEAN.value
    statistic = controls.one("Statistic", STATISTICS, "traded-statistic", nothing=usual_statistic) or usual_statistic
    unknown = controls.text("Values that mean unknown", "unknown", nothing="those of the policy", help=_UNKNOWN_HELP)
    reference = controls.text("Reference point", "reference", nothing="worst + 10 %", help=_REFERENCE_HELP)
    seed = controls.text("Seed of the draws", "seed", nothing="0")
    deleted = controls.toggle("Deleted runs too", "traded-deleted", said=True)

    def whole(asked: FrontQuestion) -> FrontQuestion:
        return replace(
            asked,
            filter=where,
            deleted=deleted,
            group_by=group_by(by),
            ignore=tuple(ignore),
            statistic=cast(
                Literal[Statistic.MEAN, Statistic.MEDIAN],
                Statistic(controls.known("statistic", statistic, STATISTICS)),
            ),
            baseline=baseline,
            unknown=tuple((name, (value,)) for name, value in _values(unknown)),
            reference=_point(reference, asked.objectives),
            card=card or "",
            seed=_seed(seed),
        )

    return whole


def _values(typed: str) -> list[tuple[str, float]]:
    """`cost=0, latency=-1` as pairs; raises SelectionError for anything else."""
    return [metric_value(part) for part in filter(None, map(str.strip, typed.split(",")))]


def _point(typed: str, asked: Sequence[Objective]) -> tuple[float, ...]:
    """The reference point in the order of the objectives; one of other objectives, as they change, is left out."""
    found = point(_values(typed), list(dict.fromkeys(one.metric for one in asked)))
    if found is None:
        st.caption(
            ":orange[:material/link_off:] The reference point is one of other objectives and was left out; in its "
            "place stands the worst of the experiment and 10 % of its range."
        )
    return found or ()


def _seed(typed: str) -> int:
    if typed and not (typed.isdecimal() and len(typed) <= _LONGEST_SEED):
        raise SelectionError(FrontNote.SEED_NO_NUMBER, given=typed)
    return int(typed or 0)


@dataclass(frozen=True, slots=True)
class TradeoffsAnswer:
    """What was asked with what was found; `scored`: the candidate's scorecard, None without a candidate."""

    context: Context
    found: Front
    objective_set: str = ""
    chosen: bool = True
    scored: Scored | None = None

    @property
    def choices(self) -> links.Choices:
        """Every choice by name, those too that policy or page made, so that a later default changes nothing."""
        asked, volume = self.found.question, self.found.hypervolume
        reference = asked.reference or (volume.reference if volume else ())
        values = (
            asked.experiments[:1],
            [one.text for one in _told_ways(self.found)],
            asked.candidate,
            asked.baseline,
            asked.card or (self.found.card.name if self.found.card else None),
            asked.filter,
            (SINGLE_RUNS,) if asked.group_by is None else asked.group_by,
            asked.ignore,
            None if asked.statistic is Statistic.MEAN else asked.statistic.value,
            _said((name, value) for name, values in asked.unknown for value in values),
            _said(zip((m.name for m in self.found.metrics), reference, strict=bool(reference))),
            str(asked.seed) if asked.seed else None,
            "true" if asked.deleted else None,
        )
        return dict(zip(_KEYS, values, strict=True))


def _told_ways(found: Front) -> list[Objective]:
    """The objectives with the directions that somebody told; a link makes nobody's guess a choice."""
    return [Objective(metric.name, None if metric.assumed else metric.direction) for metric in found.metrics]


def carding(found: Front) -> ScorecardQuestion:
    """The scorecard of the configuration that is the candidate here, against the one that is the baseline."""
    asked = found.question
    candidate, baseline = (
        found.points[place].filter if place is not None else text
        for place, text in ((found.candidate, asked.candidate), (found.baseline, asked.baseline))
    )
    which = (asked.experiments, asked.filter, asked.deleted, asked.ignore, asked.unknown)
    return ScorecardQuestion(candidate, baseline, asked.card, *which)


def _said(values: Iterable[tuple[str, float]]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in values)
