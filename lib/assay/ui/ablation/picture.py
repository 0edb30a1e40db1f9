"""The pictures: what each component adds, and beside it what a chosen pair does together."""

from typing import Any

import streamlit as st

from assay.model.ablation.answer import Ablation
from assay.ui import show
from assay.ui.ablation.finding import AblationAnswer
from assay.ui.ablation.question import PAIR
from assay.view.charts.ablation.contributions import contributions
from assay.view.charts.ablation.interaction import interaction
from assay.view.charts.picture import Picture
from assay.view.tables.ablation import parts
from assay.view.text.escape import code, markdown, short
from assay.view.text.numbers import count

_FEW = 4
_SHORT, _LONG = 12, 40


def show_pictures(answer: AblationAnswer) -> None:
    """Left the contributions, right the chosen pair, and below all interactions in figures."""
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader("Contribution of each component", anchor=False)
        _picture(contributions(answer.found), "contributions", "Of no component is it known what it adds.")
    with right:
        _interaction(answer)
    _figures(answer.found)


def _interaction(answer: AblationAnswer) -> None:
    found, pair = answer.found, answer.pair
    if pair:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader("Interaction", anchor=False)
            _chooser(answer)
    else:
        st.subheader("Interaction", anchor=False)
    drawn = interaction(found, answer.pairs[pair]) if pair else None
    _picture(drawn, f"interaction-{pair}", _nothing(found))


def _figures(found: Ablation) -> None:
    """Those too that cannot be told."""
    if found.interactions:
        told, of = sum(one.estimable for one in found.interactions), count(len(found.interactions), "interaction")
        said = f"{of}, of which {told:,} can be told" if told < len(found.interactions) else f"All {of}"
        said = "In figures" if told == len(found.interactions) == 1 else said
        with st.expander(said, icon=":material/table_chart:"):
            show.table(parts.interactions(found), "interactions")


def _nothing(found: Ablation) -> str:
    if len(found.names) < 2:
        return "One component has no other to interact with."
    return "No pair of components was tried in all four ways: runs without both tell what two do together."


def _picture(drawn: Picture | None, name: str, nothing: str) -> None:
    if drawn is None:
        st.info(nothing, icon=":material/info:")
    else:
        show.picture(drawn, name)


def _chooser(answer: AblationAnswer) -> None:
    """Which pair is drawn; one that the link asks for and there isn't is said."""
    asked, pairs = st.query_params.get(PAIR, ""), answer.pairs
    if asked and asked not in pairs:
        st.warning(
            f"The link asks for the pair {code(short(asked, 60))}, which is none of these; shown is "
            f"{code(answer.pair)}.",
            icon=":material/link_off:",
        )
    key, few = f"pair-{abs(hash(tuple(pairs)))}", len(pairs) <= _FEW
    st.session_state[key] = answer.pair
    room = _SHORT if few else _LONG

    def label(pair: str) -> str:
        return " × ".join(markdown(short(name, room)) if few else short(name, room) for name in pairs[pair].components)

    def take() -> None:
        st.query_params[PAIR] = st.session_state[key]

    manner: dict[str, Any] = {"format_func": label, "key": key, "label_visibility": "collapsed", "on_change": take}
    if few:
        st.radio("Pair", list(pairs), horizontal=True, width="content", **manner)
    else:
        st.selectbox("Pair", list(pairs), **manner)
