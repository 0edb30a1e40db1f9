"""What the gate asks of the candidate: the criteria, and what was waived of them."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay.model.review.policy import GateCriterion
from assay.ui import links, show
from assay.ui.review.finding import Looked
from assay.view.text.review import criteria as text
from assay.view.text.review.places import place as place_of


def show_criteria(looked: Looked, place: DeltaGenerator) -> None:
    """The table, what deserves a look, and a card of the waivers."""
    found = looked.standing
    with place:
        if not found.gate.criteria:
            return
        st.subheader("Criteria", anchor=False)
        st.table(text.rows(found, lambda one: _address(looked, one)), border="horizontal", alt="Criteria of the gate")
        show.warnings(text.warnings(found))
        waived = [one for one in found.gate.criteria if one.waiver]
        if waived:
            with st.container(border=True):
                st.subheader("Waiver" if len(waived) == 1 else "Waivers", anchor=False)
                for one in waived:
                    assert one.waiver is not None
                    head, reason = text.waiver(one.waiver, one.criterion)
                    st.markdown(f":orange[:material/front_hand:] {head}")
                    st.caption(reason)


def _address(looked: Looked, criterion: GateCriterion) -> str:
    found = place_of(looked.standing, criterion)
    return links.address(*found) if found else ""
