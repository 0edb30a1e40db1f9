"""What happened in a review, and the journal's head."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay.queries.review import reading
from assay.ui.review.finding import Looked
from assay.view.text.review import timeline as text
from assay.view.text.review.people import shown_hash

_IN_SIGHT = 12


def show_timeline(looked: Looked, place: DeltaGenerator) -> None:
    """The newest lines, older ones behind their number, and where the journal's chain ends."""
    lines = text.lines(looked.standing.review)
    head = reading.head(looked.desk)
    with place, st.container(border=True):
        st.subheader("Timeline", anchor=False)
        st.markdown("  \n".join(lines[:_IN_SIGHT]))
        if older := lines[_IN_SIGHT:]:
            with st.expander(f"{len(older):,} older"):
                st.markdown("  \n".join(older))
        st.caption(f"UTC. Head of the journal: {shown_hash(head.hash)}, entry {head.seq:,}.")
