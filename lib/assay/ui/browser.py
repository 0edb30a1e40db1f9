"""What the browser does beyond Streamlit: keeps choices on Esc, makes each a step back, tells a change of theme."""

from pathlib import Path

import streamlit as st

_MANNERS = st.components.v2.component("assay.browser", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))


def attend() -> None:
    """Once for all pages; a change of theme runs the page again, for figures whose colours are chosen here."""
    _MANNERS(key="browser", on_theme_change=lambda: None)
