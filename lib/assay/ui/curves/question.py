"""Which curves to draw and how: the row of inputs, all of them in the URL."""

from dataclasses import dataclass

import streamlit as st

from assay.errors import SelectionError
from assay.model.curves.notes import CurveNote
from assay.model.curves.question import CurvesQuestion, Manner, Over, Spread
from assay.queries.curves.inventory import curved
from assay.queries.runs.inventory import experiments as held_experiments
from assay.ui import controls, links, load
from assay.ui.comparison.question import EXAMPLE, with_deleted
from assay.ui.frame import Context
from assay.ui.sides import sides_to_pick
from assay.view.text.escape import markdown

OVERS, SPREADS = (tuple(one.value for one in kind) for kind in (Over, Spread))
WINDOWS = ("5", "11", "25", "51", "101")
_NONE = "none"
_KEYS = (
    *("curve", "experiment", "baseline", "candidate", "over", "smoothing", "band", "from", "to", "axis"),
    *("with-deleted", "ignore"),
)
_OVER_HELP = "`step`: as logged. `time`: since the first value of a run, so that slow and fast runs can be told apart."
_WINDOW_HELP = (
    "Each mean becomes the mean of so many neighbouring places, half of them before and half after it; fewer near the "
    "ends, so that these are not bent."
)
_BAND_HELP = "`all seeds`: lowest to highest. `interval`: the t interval of the mean at each place by itself."
_ENDS_HELP = "Steps, or seconds over time. Nearer ends are read more finely where there are many steps."


@dataclass(frozen=True, slots=True)
class Asked:
    """What to read, and how it is to be drawn."""

    question: CurvesQuestion
    manner: Manner

    @property
    def choices(self) -> links.Choices:
        """Every choice by name."""
        asked = self.question
        values = (
            asked.metric, asked.experiments[:1], asked.baseline, asked.candidates, asked.over.value,
            f"{self.manner.window}" if self.manner.window > 1 else None, self.manner.spread.value,
            controls.current("from"), controls.current("to"), controls.current("axis"),
            "true" if asked.deleted else None, asked.ignore,
        )  # fmt: skip
        return dict(zip(_KEYS, values, strict=True))


def ask(context: Context) -> Asked:
    """The row of inputs; the rarer ones in popovers that say their state."""
    links.crossed("curves")
    experiments = load.answer(context.work, held_experiments, with_deleted())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        experiment = controls.one(
            "Experiment", [e.name for e in experiments], "experiment", nothing=controls.all_of(experiments), width=150
        )
        within = () if experiment is None else (experiment,)
        known = load.answer(context.work, curved, (within, with_deleted()))
        metric = controls.one("Curve of", known, "curve", nothing="a metric", width=160) or ""
        filters = sides_to_pick(context, within, deleted=with_deleted(), task=controls.current("task"))
        baseline = controls.one("Baseline", filters, "baseline", nothing=EXAMPLE, width=180) or ""
        candidates = controls.several("Candidates", filters, "candidate", nothing="params.model = 'forest'")
        over = controls.one("Over", OVERS, "over", nothing=Over.STEP.value, help=_OVER_HELP, width=96)
        manner = _manner()
        ends = _ends()
    links.said_unknown(_KEYS)
    question = CurvesQuestion(
        metric, baseline, tuple(candidates), within, Over(controls.known("over", over or Over.STEP.value, OVERS)),
        *ends, deleted=with_deleted(), ignore=tuple(st.query_params.get_all("ignore")),
    )  # fmt: skip
    return Asked(question, manner)


def _manner() -> Manner:
    with st.popover(f"Smoothing: {markdown(controls.current('smoothing') or _NONE)}"):
        window = controls.one("Mean of neighbouring places", WINDOWS, "smoothing", nothing=_NONE, help=_WINDOW_HELP)
    with st.popover(f"Band: {markdown(controls.current('band') or Spread.SEEDS.value)}"):
        spread = controls.one("About each mean", SPREADS, "band", nothing=Spread.SEEDS.value, help=_BAND_HELP)
    places = int(controls.known("smoothing", window, WINDOWS)) if window else 1
    return Manner(places, Spread(controls.known("band", spread or Spread.SEEDS.value, SPREADS)))


def _ends() -> tuple[float | None, float | None]:
    first, last = controls.current("from"), controls.current("to")
    state = f"{first or 'first'} to {last or 'last'}" if first or last else "all"
    with st.popover(f"Part: {markdown(state)}"):
        given = [
            controls.text(label, key, nothing=nothing, help=_ENDS_HELP)
            for label, key, nothing in (("From", "from", "the first"), ("To", "to", "the last"))
        ]
    return _number(given[0]), _number(given[1])


def _number(given: str) -> float | None:
    """What was typed; raises SelectionError for what is no number."""
    if not given:
        return None
    try:
        value = float(given.replace(",", ""))
    except ValueError:
        value = float("nan")
    if not abs(value) < float("inf"):
        raise SelectionError(CurveNote.NO_NUMBER, given=given)
    return value
