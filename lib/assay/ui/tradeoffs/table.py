"""The front as a table, what was left out, and the ways on."""

from collections.abc import Mapping

import streamlit as st

from assay.model.tradeoffs.front import Place
from assay.ui import export, links, show
from assay.ui.tradeoffs.question import TradeoffsAnswer, carding, pick
from assay.view.objects.front import front as front_object
from assay.view.objects.scorecard import scorecard as card_object
from assay.view.tables.column import Table
from assay.view.tables.tradeoffs import front as tables
from assay.view.tables.tradeoffs.scorecard import criteria, regressions
from assay.view.text.escape import markdown, short
from assay.view.text.numbers import count
from assay.view.text.tradeoffs import report
from assay.view.text.tradeoffs.account import account

FRONT, EXCLUDED, CARD, LOST = "On the front, and what may be on it", "Left out", "Scorecard", "Regressions"


def show_front(answer: TradeoffsAnswer) -> None:
    """Ticking a row makes it the candidate."""
    found = answer.found
    if not found.points:
        _left_out(answer)
        return
    st.subheader(FRONT, anchor=False)
    places = tables.rows(found)
    key = f"front-{abs(hash((found.question, answer.context.work.snapshot.name)))}"
    show.preset(key, [places.index(found.candidate)] if found.candidate in places else [])

    def ticked(rows: list[int]) -> None:
        pick(found.points[places[rows[0]]].filter if rows else "")

    show.choice(tables.front(found), key, one=True, ticked=ticked)
    st.caption(f"{account(found)} Tick a row to make it the candidate.")
    if others := tables.beaten(found):
        more = count(len(found.points) - len(places), "configuration")
        asked = any(found.points[place].place is Place.BEATEN for place in places)
        with st.expander(f"Beaten too: {more}" if asked else f"Beaten: {more}", icon=":material/arrow_downward:"):
            show.table(tables.front(found, others), f"beaten-{key}")
            if len(others) < len(found.points) - len(places):
                st.caption(f"The first {len(others)}; the CSV below has all.")
    _left_out(answer)


def _left_out(answer: TradeoffsAnswer) -> None:
    if answer.found.left_out:
        with st.expander(EXCLUDED, icon=":material/block:"):
            show.table(tables.excluded(answer.found), "excluded")


def show_ways_on(answer: TradeoffsAnswer) -> None:
    """To Compare with the candidate against the baseline, the link to here, and what can be taken along."""
    found, asked = answer.found, answer.found.question
    if found.points:
        export.offer(answer.context, parcel(answer))
    with st.container(horizontal=True, vertical_alignment="center"):
        if found.candidate is not None:
            name = markdown(short(found.points[found.candidate].label, 40))
            against = found.baseline is not None and found.baseline != found.candidate
            label = f"Compare {name} with the baseline" if against else f"Compare {name}"
            same = carding(found)
            choices = {
                "experiment": asked.experiments[:1],
                "metric": [metric.name for metric in found.metrics],
                "baseline": same.baseline,
                "candidate": (same.candidate,),
                "with-deleted": "true" if asked.deleted else None,
                "ignore": asked.ignore,
            }
            links.to_compare(label, choices)
            if against and not asked.deleted:
                sides = {"baseline": same.baseline, "candidate": same.candidate}
                links.to_open({**sides, "metric": found.metrics[0].name, "in": asked.experiments[:1]})
        links.copy("tradeoffs", answer.choices)
        links.to_runs("Back to runs")
    if found.candidate is not None and asked.unknown:
        st.caption("What means unknown here stays behind: Compare takes the policy's unknown values alone.")


def parcel(answer: TradeoffsAnswer) -> export.Parcel:
    """Every table, the sentences for the report, and every number."""
    found = answer.found
    return export.Parcel(
        about=" ".join(metric.name for metric in found.metrics),
        path="tradeoffs",
        choices=answer.choices,
        tables=lambda: made(answer),
        sentences=lambda: report.reports(found, answer.scored),
        result=lambda: {
            "tradeoffs": front_object(found, answer.objective_set),
            "scorecard": card_object(answer.scored) if answer.scored else None,
        },
    )


def made(answer: TradeoffsAnswer) -> Mapping[str, Table]:
    """The tables that the page shows, by heading."""
    found, scored = answer.found, answer.scored
    shown = {FRONT: tables.front(found)}
    if scored and scored.judgements:
        shown[CARD] = criteria(scored)
    if scored and scored.regressions:
        shown[LOST] = regressions(scored)
    if found.left_out:
        shown[EXCLUDED] = tables.excluded(found)
    return shown
