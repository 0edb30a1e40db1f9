"""The way to curves, from wherever runs or configurations are shown."""

import streamlit as st

from assay.queries.curves.inventory import curve_of
from assay.ui import links, load
from assay.ui.frame import COMPARE, CURVES, Context

SHARED = ("experiment", "baseline", "candidate", "with-deleted", "ignore")


def link(context: Context, label: str, metric: str, choices: links.Choices) -> None:
    """To the curves of `metric`, or of the first that has any; nothing where none has.

    `choices`: Compare's, of which curves take those that say which runs.
    """
    within = choices.get("experiment") or ()
    experiments = (within,) if isinstance(within, str) else tuple(within)
    found = load.answer(context.work, curve_of, (experiments, choices.get("with-deleted") == "true", metric))
    if found:
        here = CURVES if "curve" in st.query_params else COMPARE
        given = links.query({key: choices.get(key) for key in SHARED} | {"curve": found})
        st.page_link(str(here), label=label, icon=":material/show_chart:", query_params=given)
