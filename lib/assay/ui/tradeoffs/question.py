"""What is traded off, and against whom: the row of inputs, all of them in the URL."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import streamlit as st

from assay.errors import SelectionError
from assay.model.comparison.question import Statistic
from assay.model.metric import Direction
from assay.model.policy import Objective
from assay.model.tradeoffs.front import Front
from assay.model.tradeoffs.notes import FrontNote
from assay.model.tradeoffs.question import FrontQuestion, ScorecardQuestion
from assay.model.tradeoffs.scorecard import Scored
from assay.queries import metrics as known_metrics
from assay.queries.runs.inventory import all_keys, keys
from assay.queries.runs.inventory import experiments as held_experiments
from assay.queries.tradeoffs.objectives import objectives
from assay.ui import controls, links, load
from assay.ui.comparison.question import sides_to_pick
from assay.ui.frame import Context
from assay.view.text.escape import markdown, short
from assay.view.text.tradeoffs.scale import ARROWS

SINGLE_RUNS = "none"
STATISTICS = (Statistic.MEAN.value, Statistic.MEDIAN.value)
EXAMPLE = "params.model = 'svc'"
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
_BY_HELP = "Params that make a configuration; `none`: single runs."


@dataclass(frozen=True, slots=True)
class TradeoffsAsked:
    """What was asked; `experiments`: those to choose from while none is chosen."""

    question: FrontQuestion
    experiments: tuple[str, ...] = ()


def ask(context: Context) -> TradeoffsAsked:
    """The row of inputs; the rare ones in a popover that says its state."""
    _picked()
    deleted = controls.is_on("traded-deleted")
    held = load.answer(context.work, held_experiments, deleted)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        nothing = controls.all_of(held) if len(held) == 1 else "choose one"
        experiment = controls.one("Experiment", [e.name for e in held], "traded-experiment", nothing=nothing, width=190)
        within = (experiment,) if experiment else tuple(e.name for e in held) if len(held) == 1 else ()
        carried = load.answer(context.work, all_keys if deleted else keys, within)
        chosen = _objectives(context, carried.metrics)
        filters = sides_to_pick(context, within, deleted=deleted)
        candidate = controls.one("Candidate", filters, "traded-candidate", nothing="none: who leads?", width=230) or ""
        question = FrontQuestion(chosen, within, candidate=candidate)
        with st.popover(_state()):
            question = _rarer(context, question, filters, carried.params)
    links.said_unknown(_KEYS)
    return TradeoffsAsked(question, tuple(e.name for e in held) if not within else ())


def _picked() -> None:
    """What was ticked in a table or clicked in a picture becomes the candidate."""
    if (picked := st.session_state.pop("picked-candidate", None)) is not None:
        st.session_state["traded-candidate"] = picked or None


def pick(filter: str) -> None:
    """Makes the configuration that `filter` finds the candidate of the next rerun."""
    st.session_state["picked-candidate"] = filter


def _objectives(context: Context, metrics: Sequence[str]) -> tuple[Objective, ...]:
    """The metrics chosen, by the names that the input shows, else the policy's usual ones."""
    if not metrics:
        controls.several("Objectives", (), "objective", nothing="no metric is logged")
        return ()
    known = known_metrics.judged(context.work.policy, metrics)
    names = [*known, *(name for name in metrics if name not in known)]
    options = [*(own.name for own in context.work.policy.objectives), *(_shown(context, name) for name in names)]
    usual = objectives(context.work.policy, metrics).objectives
    nothing = ", ".join(_shown(context, one.metric) for one in usual)
    typed = controls.several("Objectives", options, "objective", nothing=nothing, help=_OBJECTIVE_HELP)
    return objectives(context.work.policy, metrics, tuple(map(_written, typed))).objectives if typed else usual


def _shown(context: Context, metric: str) -> str:
    """`f1_score ↑`; without an arrow where nobody said which way is better."""
    way, source = known_metrics.direction(context.work.policy, metric)
    return metric if source == "assumed" else f"{metric} {ARROWS[way]}"


def _written(text: str) -> str:
    """`f1_score:max` for what the input shows as `f1_score ↑`; as it is where an arrow says what is known anyway."""
    for way, arrow in ARROWS.items():
        if text.endswith(f" {arrow}"):
            return f"{text.removesuffix(arrow).rstrip()}:{'max' if way == Direction.MAXIMIZE else 'min'}"
    return text


def _state() -> str:
    """`Against params.model = 'svc', card digits`: what is chosen in the popover."""
    base, card = controls.current("traded-baseline"), controls.current("traded-card")
    against = f"Against {markdown(short(base, 24))}" if base else "No baseline"
    return f"{against}, card {markdown(short(card, 20))}" if card else against


def _rarer(context: Context, asked: FrontQuestion, filters: Sequence[str], params: Sequence[str]) -> FrontQuestion:
    """Baseline, scorecard, what makes a configuration, which runs; raises SelectionError for what there isn't."""
    cards = [card.name for card in context.work.policy.scorecards]
    usual = context.work.policy.scorecard(asked.experiments) if asked.experiments else None
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
    deleted = controls.toggle("Deleted runs too", "traded-deleted")
    return FrontQuestion(
        asked.objectives,
        asked.experiments,
        where,
        deleted,
        None if SINGLE_RUNS in by else tuple(by),
        tuple(ignore),
        cast(
            Literal[Statistic.MEAN, Statistic.MEDIAN],
            Statistic(controls.known("statistic", statistic, STATISTICS)),
        ),
        baseline,
        asked.candidate,
        tuple((name, (value,)) for name, value in _values(unknown)),
        _point(reference, asked.objectives),
        card or "",
        _seed(seed),
    )


def _values(typed: str) -> list[tuple[str, float]]:
    """`cost=0, latency=-1` as pairs; raises SelectionError for anything else."""
    found = []
    for part in filter(None, map(str.strip, typed.split(","))):
        name, _, text = part.rpartition("=")
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not name.strip() or not math.isfinite(value):
            raise SelectionError(FrontNote.NO_METRIC_VALUE, given=part)
        found.append((name.strip(), value))
    return found


def _point(typed: str, asked: Sequence[Objective]) -> tuple[float, ...]:
    """The reference point in the order of the objectives; raises SelectionError where one is missing or too many."""
    given, names = dict(_values(typed)), list(dict.fromkeys(one.metric for one in asked))
    if given and set(given) != set(names):
        raise SelectionError(FrontNote.REFERENCE_OF_OTHERS, objectives=tuple(names), given=len(given))
    return tuple(given[name] for name in names) if given else ()


def _seed(typed: str) -> int:
    if typed and not typed.isdecimal():
        raise SelectionError(FrontNote.SEED_NO_NUMBER, given=typed)
    return int(typed or 0)


@dataclass(frozen=True, slots=True)
class TradeoffsAnswer:
    """What was asked with what was found; `scored`: the candidate's scorecard, None without a candidate."""

    context: Context
    found: Front
    scored: Scored | None = None

    @property
    def choices(self) -> links.Choices:
        """Every choice by name, those too that policy or page made, so that a later default changes nothing."""
        asked, volume = self.found.question, self.found.hypervolume
        reference = asked.reference or (volume.reference if volume else ())
        ways = {Direction.MAXIMIZE: "max", Direction.MINIMIZE: "min"}
        values = (
            asked.experiments[:1],
            [f"{metric.name}:{ways[metric.direction]}" for metric in self.found.metrics],
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

    @property
    def carding(self) -> ScorecardQuestion:
        """What is asked of the candidate's scorecard."""
        return carding(self.found.question)


def carding(asked: FrontQuestion) -> ScorecardQuestion:
    """The scorecard of the same candidate against the same baseline."""
    return ScorecardQuestion(
        asked.candidate, asked.baseline, asked.card, asked.experiments, asked.filter, asked.deleted, asked.ignore
    )


def _said(values: Iterable[tuple[str, float]]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in values)
