"""A store or experiment of which everything was deleted: the list says so, and one click shows it."""

import streamlit as st

from assay.model.runs.listing import ListQuestion
from assay.model.runs.store import Keys
from assay.queries.runs import inventory
from assay.ui import controls, load
from assay.ui.frame import Context
from assay.view.text.numbers import count

_KEY = "deleted"


def asked() -> bool:
    """Whether the list is to hold deleted runs, as told by the input below the others."""
    return controls.is_on(_KEY)


def carried(context: Context, within: tuple[str, ...]) -> Keys:
    """What the runs of these experiments carry; of deleted ones too where these are asked for, or all there is."""
    query = inventory.all_keys if asked() or _alone(context, within) else inventory.keys
    return load.answer(context.work, query, within)


def said(context: Context, question: ListQuestion) -> None:
    """Ends the rerun with the way to deleted runs where there are no others and they are not asked for."""
    within = question.experiments
    if question.deleted or not _alone(context, within):
        return
    runs = count(load.answer(context.work, inventory.deleted_runs, within), "run")
    st.info(
        f"All there is here was deleted in MLflow: {runs}, which the store keeps until it is cleaned up.",
        icon=":material/delete:",
    )
    st.button("Show the deleted runs", icon=":material/visibility:", on_click=_show)
    st.stop()


def _show() -> None:
    st.session_state[_KEY] = True


def _alone(context: Context, within: tuple[str, ...]) -> bool:
    """Whether the experiments hold deleted runs and no others."""
    held = load.answer(context.work, inventory.experiments, False)
    alive = [e for e in held if not within or {e.name, e.experiment_id} & {*within}]
    return not alive and load.answer(context.work, inventory.deleted_runs, within) > 0
