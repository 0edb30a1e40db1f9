"""Inputs bound to the URL: no default depends on data, and what a link holds that we don't know is said."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from assay.errors import SelectionError
from assay.model.comparison.notes import ComparisonNote
from assay.model.note import Value
from assay.model.runs.store import Experiment
from assay.view.text.escape import code, flat, markdown, short
from assay.view.text.numbers import count

FILTER_HELP = (
    "MLflow's search language over `metrics.`, `params.`, `tags.`, `datasets.` and `attributes.`, joined by `and`:  \n"
    "`metrics.accuracy > 0.9 and params.model = 'svc'`  \n"
    "`attributes.status = 'FAILED'`  \n"
    "`params.model LIKE 'text-%'`  \n"
    "`run_id IN ('…', '…')`"
)

_FEW = 20
_MOST_OFFERED = 12


def one(
    label: str,
    options: Sequence[str],
    key: str,
    *,
    nothing: str,
    help: str | None = None,
    width: int | Literal["stretch"] = "stretch",
) -> str | None:
    """One of `options`, or what the reader or the link wrote; None while nothing is chosen, said by `nothing`."""
    chosen = st.selectbox(
        label,
        options,
        index=None,
        key=key,
        placeholder=nothing,
        accept_new_options=True,
        help=help,
        width=width,
        bind="query-params",
    )
    return chosen or None


def several(
    label: str,
    options: Sequence[str],
    key: str,
    *,
    nothing: str,
    help: str | None = None,
    width: int | Literal["stretch"] = "stretch",
    everything: bool = False,
) -> list[str]:
    """Any of `options` and what was typed; empty while nothing is chosen, said by `nothing`.

    `everything`: a few options can be chosen all at once.
    """
    return list(
        st.multiselect(
            label,
            options,
            key=key,
            placeholder=nothing,
            accept_new_options=True,
            select_all=_FEW if everything else False,
            help=help,
            width=width,
            bind="query-params",
        )
    )


def filter_text(label: str, key: str, *, nothing: str = "", width: int | Literal["stretch"] = "stretch") -> str:
    """An MLflow filter; parsed by the query, which says what is wrong with it."""
    typed = st.text_input(label, key=key, placeholder=nothing, help=FILTER_HELP, width=width, bind="query-params")
    return typed or ""


def search(label: str, key: str, *, nothing: str, help: str) -> str:
    """Words to look for, followed while they are typed."""
    typed = st.text_input(
        label, key=key, type="search", live="300ms", placeholder=nothing, help=help, width=190, bind="query-params"
    )
    return (typed or "").strip()


def text(
    label: str, key: str, *, nothing: str, help: str | None = None, width: int | Literal["stretch"] = "stretch"
) -> str:
    """What the reader or the link wrote, without spaces around it; empty while nothing is."""
    typed = st.text_input(label, key=key, placeholder=nothing, help=help, width=width, bind="query-params")
    return (typed or "").strip()


def positive(wrong: ComparisonNote, typed: str, **more: Value) -> float | None:
    """What was typed as a number above 0, None for nothing; else raises SelectionError of the note `wrong`."""
    if not typed:
        return None
    try:
        value = float(typed.replace(",", "."))
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise SelectionError(wrong, given=typed, **more)
    return value


def switch(label: str, options: Sequence[str], key: str) -> str:
    """One of a few fixed options, the first unless chosen; an unknown one in the link is said."""
    _said(key, options, instead=options[0])
    return st.radio(
        label, options, key=key, horizontal=True, label_visibility="collapsed", width="content", bind="query-params"
    )


def toggle(label: str, key: str, *, help: str | None = None, said: bool = False) -> bool:
    """On or off; anything else in the link is said, unless it is `said` further up."""
    if not said:
        said_toggle(key)
    return st.toggle(label, key=key, help=help, bind="query-params")


def within(held: Sequence[Experiment], key: str, *, width: int) -> tuple[str, ...]:
    """The one experiment that is chosen, or that there is; empty while it is to be chosen."""
    nothing = all_of(held) if len(held) == 1 else "choose one"
    names = [experiment.name for experiment in held]
    chosen = one("Experiment", names, key, nothing=nothing, width=width)
    return (chosen,) if chosen else tuple(names) if len(names) == 1 else ()


def all_of(experiments: Sequence[Experiment]) -> str:
    """What stands where no experiment is chosen: that it is all of them, or which one there is."""
    return flat(experiments[0].name) if len(experiments) == 1 else f"all {len(experiments)} with runs"


def current(key: str) -> str:
    """What an input further down will hold: what was chosen, else what the link says; for labels above it."""
    return str(st.session_state.get(key) or st.query_params.get(key, ""))


def is_on(key: str) -> bool:
    """The same for a toggle."""
    return current(key).lower() == "true"


def list_of(key: str) -> list[str]:
    """The same for an input of several values."""
    return list(st.session_state.get(key) or st.query_params.get_all(key))


def keep(key: str) -> None:
    """Remembers an input while it is out of sight; Streamlit forgets what is not shown."""
    if key in st.session_state:
        st.session_state[key] = st.session_state[key]


def said_toggle(key: str) -> None:
    """What `toggle` says of the link, for one in a popover: before that is opened."""
    _said(key, ("true", "false"), instead="false")


def _said(key: str, options: Sequence[str], *, instead: str) -> None:
    """Names what the link holds under `key` that isn't an option, before the input replaces it."""
    given = st.query_params.get(key)
    if given and given not in options and key not in st.session_state:
        st.warning(
            f"The link asks for {code(key)} = {code(short(given, 60))}, which there isn't; shown is {code(instead)}.",
            icon=":material/link_off:",
        )


def known(what: str, given: str, options: Sequence[str]) -> str:
    """`given` when it is one of `options`; else raises SelectionError that names them."""
    if given not in options:
        raise SelectionError(ComparisonNote.UNKNOWN_OPTION, what=what, given=given, allowed=tuple(options))
    return given


def share(what: str, given: str) -> float:
    """`given` as a number from 0.5 to below 1; else raises SelectionError."""
    try:
        number = float(given)
    except ValueError:
        number = 0.0
    if not 0.5 <= number < 1:
        raise SelectionError(ComparisonNote.LEVEL_OUT_OF_RANGE, what=what, given=given)
    return number


def take(key: str, given: str | list[str]) -> None:
    """Gives an input a value as its reader would; for buttons further down."""
    st.session_state[key] = given


def offer(offered: Sequence[tuple[str, str | list[str]]], key: str, *, icon: str, what: str) -> None:
    """A button for each label, in Markdown, that gives the input `key` its value; of many how many more there are."""
    for label, given in offered[:_MOST_OFFERED]:
        st.button(label, icon=icon, type="tertiary", key=f"choose-{given}", on_click=take, args=(key, given))
    if rest := offered[_MOST_OFFERED:]:
        st.caption(f"{count(len(rest), f'more {what}')} above.")


def experiment(names: Sequence[str], why: str, key: str) -> None:
    """The experiments to choose from where the input `key` holds none; `why`: one is needed."""
    with st.container(border=True):
        st.header("Choose an experiment", anchor=False)
        st.markdown(why)
        labelled = [(markdown(short(name, 60)), name) for name in names]
        offer(labelled, key, icon=":material/science:", what="experiment")
