"""The pictures: what each component adds, and beside it what a chosen pair does together."""

import streamlit as st

from assay.model.ablation.answer import Ablation, TriedPair
from assay.ui import show
from assay.ui.ablation.finding import AblationAnswer
from assay.view.charts.ablation.contributions import contributions
from assay.view.charts.ablation.interaction import interaction
from assay.view.tables.ablation import parts
from assay.view.text.escape import code, markdown, short
from assay.view.text.numbers import count

PAIR = "ablated-pair"
_FEW = 4
_SHORT, _LONG = 12, 40


def show_pictures(answer: AblationAnswer) -> None:
    """Left the contributions, right the pair."""
    found = answer.found
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader("Contribution of each component", anchor=False)
        show.picture(contributions(found), "contributions")
    with right:
        pairs = _drawable(found)
        if not pairs:
            st.subheader("Interaction", anchor=False)
            st.info("No pair of components was tried in all four ways.", icon=":material/grid_view:")
            _interactions(answer)
            return
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader("Interaction", anchor=False, width="content")
            chosen = _chosen(pairs)
        show.picture(interaction(found, pairs[chosen]), f"interaction-{chosen}")
        _interactions(answer)


def _drawable(found: Ablation) -> dict[str, TriedPair]:
    """The pairs that have all four cells, the strongest interaction first."""
    pairs = sorted((one for one in found.pairs if one.square), key=_strength, reverse=True)
    return {written(one): one for one in pairs}


def _strength(pair: TriedPair) -> float:
    return abs(pair.interaction.effect.value or 0.0) if pair.interaction else 0.0


def _interactions(answer: AblationAnswer) -> None:
    """All of them in figures, those too that cannot be told."""
    found = answer.found
    if found.interactions:
        told = sum(one.estimable for one in found.interactions)
        of = count(len(found.interactions), "interaction")
        said = f"All {of}" if told == len(found.interactions) else f"{of}, of which {told:,} can be told"
        with st.expander(said, icon=":material/grid_view:"):
            show.table(parts.interactions(found), "interactions")


def written(pair: TriedPair) -> str:
    """`scaling × pca`, as the address has it."""
    return " × ".join(pair.components)


def _chosen(pairs: dict[str, TriedPair]) -> str:
    """The pair that is drawn, the first unless the address or the reader chooses; one there isn't is said."""
    asked, first = st.query_params.get(PAIR, ""), next(iter(pairs))
    if asked and asked not in pairs:
        said = f"The link asks for the pair {code(short(asked, 60))}, which is none of these; shown is {code(first)}."
        st.warning(said, icon=":material/link_off:")
    key = f"pair-{abs(hash(tuple(pairs)))}"
    st.session_state[key] = asked if asked in pairs else first
    room = _SHORT if len(pairs) <= _FEW else _LONG

    def label(own: str) -> str:
        return " × ".join(markdown(short(name, room)) for name in pairs[own].components)

    def take() -> None:
        _draw(st.session_state[key] or "")

    if len(pairs) <= _FEW:
        st.segmented_control(
            "Pair", list(pairs), format_func=label, key=key, label_visibility="collapsed", on_change=take
        )
    else:
        st.selectbox("Pair", list(pairs), format_func=label, key=key, label_visibility="collapsed", on_change=take)
    return st.session_state[key] or first


def _draw(pair: str) -> None:
    """Writes the pair that is drawn into the address."""
    if pair:
        st.query_params[PAIR] = pair
    else:
        st.query_params.pop(PAIR, None)
