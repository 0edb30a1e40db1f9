"""The pictures: a map for every pair of objectives, lines from four on, a ranking for one; and the scorecard beside."""

from collections.abc import Sequence
from itertools import combinations

import streamlit as st

from assay.model.rules import RuleBook
from assay.queries import policies
from assay.ui import show
from assay.ui.frame import POLICY
from assay.ui.tradeoffs.question import TradeoffsAnswer, pick
from assay.view.charts.picture import Picture
from assay.view.charts.tradeoffs.lines import lines
from assay.view.charts.tradeoffs.map import picture as pair_map
from assay.view.charts.tradeoffs.ranking import ranking
from assay.view.tables.policy import criteria as thresholds
from assay.view.tables.tradeoffs.scorecard import criteria, regressions
from assay.view.text.escape import code, markdown, sentence
from assay.view.text.numbers import count
from assay.view.text.tradeoffs import pictures as words
from assay.view.text.tradeoffs import scorecard as cards

_LINED = 4


def show_pictures(answer: TradeoffsAnswer) -> None:
    """Left the first picture, right the scorecard; the other pairs below."""
    found = answer.found
    left, right = st.columns([9, 14] if answer.scored else [7, 5], gap="medium")
    with left:
        _first(answer)
    with right:
        _scorecard(answer)
    pairs = list(combinations(range(len(found.metrics)), 2)) if found.points else []
    if len(found.metrics) >= _LINED:
        heading = f"Maps of {count(len(pairs), 'pair')}"
        expander = st.expander(heading, icon=":material/scatter_plot:", key="maps", on_change="rerun")
        if expander.open:
            with expander:
                _maps(answer, pairs)
    else:
        _maps(answer, pairs[1:])


def _first(answer: TradeoffsAnswer) -> None:
    found = answer.found
    if not found.points:
        st.info("There is no configuration to draw.", icon=":material/info:")
    elif len(found.metrics) == 1:
        st.subheader(f"Ranked by {markdown(found.metrics[0].name)}", anchor=False)
        _picture(answer, ranking(found), "ranking")
    elif len(found.metrics) >= _LINED:
        st.subheader(f"All {len(found.metrics)} objectives, the better end up", anchor=False)
        _picture(answer, lines(found), "lines")
    else:
        _map(answer, 0, 1)


def _maps(answer: TradeoffsAnswer, pairs: Sequence[tuple[int, int]]) -> None:
    for first in range(0, len(pairs), 2):
        for column, pair in zip(st.columns(2, gap="medium"), pairs[first : first + 2], strict=False):
            with column:
                _map(answer, *pair)


def _map(answer: TradeoffsAnswer, up: int, across: int) -> None:
    st.subheader(markdown(words.heading(answer.found, across, up)), anchor=False)
    _picture(answer, pair_map(answer.found, across, up), f"map-{up}-{across}")


def _picture(answer: TradeoffsAnswer, shown: Picture, name: str) -> None:
    """A figure whose marks can be clicked; drawn anew with another candidate, so that none stays marked."""
    found = answer.found
    key = f"{name}-{abs(hash((found.question, answer.context.work.snapshot.name)))}"
    show.picture(shown, key, picked=lambda place: pick(found.points[place].filter))


def _scorecard(answer: TradeoffsAnswer) -> None:
    """The candidate's criteria, the score, what was lost; else what to do for one."""
    scored, book = answer.scored, policies.book(answer.context.work.settings.policy)
    if scored is None:
        _without_candidate(answer, book)
        return
    st.subheader(f"Scorecard of {markdown(scored.candidate)}", anchor=False)
    if not scored.judgements:
        st.info(cards.headline(scored), icon=":material/fact_check:")
    else:
        show.table(criteria(scored), f"criteria-{abs(hash(scored.question))}")
        st.markdown(f"**{cards.score(scored)}**" if scored.score is not None else cards.headline(scored))
        each = ", ".join(f"{markdown(own.name)} {cards.group(own)}" for own in scored.groups)
        basis = markdown(cards.basis(scored, book))
        st.caption(" ".join(filter(None, (f"By group: {each}." if each else "", basis))))
        if lines_to_log := cards.to_log(scored):
            st.caption(f"{count(len(lines_to_log), 'line')} would log the rest:")
            st.code("\n".join(lines_to_log), language=None, wrap_lines=True)
    if said := cards.regressions(scored):
        st.markdown(said)
        if scored.regressions:
            with st.expander("What was lost, or may have been", icon=":material/trending_down:"):
                show.table(regressions(scored), f"regressions-{abs(hash(scored.question))}")
    for text in cards.doubts(scored, book):
        st.caption(f":orange[:material/warning:] {sentence(text)}")


def _without_candidate(answer: TradeoffsAnswer, book: RuleBook) -> None:
    card, seen = answer.found.card, answer.found.seen
    st.subheader("Scorecard", anchor=False)
    if card is None or (seen and not any(one.judgements for one in seen.values())):
        nothing = (
            f"No run here logged what {code(card.name)} asks for." if card else "No scorecard speaks of these runs."
        )
        st.info(nothing, icon=":material/fact_check:")
        st.page_link(str(POLICY), label="Scorecards of the policy", icon=":material/rule:")
        return
    asked = f"{code(card.name)} asks for {count(len(card.criteria), 'threshold')}"
    show.table(thresholds(card, book, lined=False), f"thresholds-{card.name}")
    st.caption(f"{asked}. Choose a candidate above, tick a row below or click a mark, and it is judged by them.")
