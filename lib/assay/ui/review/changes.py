"""What changed since each stale signature, and since the evidence was frozen."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assay.ui.review.finding import Looked
from assay.view.text.notes import as_markdown
from assay.view.text.review import changes as text
from assay.view.text.review.people import labels_of


def show_changes(looked: Looked, place: DeltaGenerator) -> None:
    """A card for each signature that no longer holds; what changed since the newest evidence where it is another."""
    found = looked.standing
    labels = labels_of(found)
    with place:
        if found.fresh.reason and not found.other_store:
            st.warning(as_markdown(found.fresh.reason, labels), icon=":material/cloud_off:")
        if found.fresh.changes:
            with st.container(border=True):
                st.subheader(text.of_evidence(found), anchor=False)
                st.table(text.rows(found.fresh.changes, labels, "when frozen"), border="horizontal", alt="What changed")
                st.caption(text.caption(found.fresh.changes))
        for one in text.stale_otherwise(found):
            with st.container(border=True):
                with st.container(horizontal=True, vertical_alignment="bottom"):
                    st.subheader(text.heading(one), anchor=False, width="content")
                    st.caption(text.span(found, one))
                st.table(text.rows(one.changes, labels), border="horizontal", alt="What changed since it was signed")
                st.caption(text.caption(one.changes))
